"""Settings and profiles come back as they were entered."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from certserver.pipeline.profile_rows import add_profile, read_profiles
from certserver.pipeline.setting_rows import (
    add_fee,
    add_hours,
    add_kind,
    read_settings,
    set_closures,
    set_purposes,
)
from certserver.rules.settings import Closure
from tests.support.registers import MIHON, empty_database
from tests.support.server_people import profile
from tests.support.server_settings import SETTINGS


def test_settings_come_back(tmp_path: Path) -> None:
    closure = Closure(date(2020, 12, 29), date(2021, 1, 3), True, "年末年始", "New Year")
    with empty_database(tmp_path).writing() as connection:
        for kind in SETTINGS.kinds:
            add_kind(connection, MIHON, kind)
        for fee in SETTINGS.fees:
            add_fee(connection, MIHON, fee)
        for hours in SETTINGS.hours:
            add_hours(connection, MIHON, hours)
        for purposes in SETTINGS.purposes:
            set_purposes(connection, MIHON, purposes.effective_at, reversed(purposes.purposes))
        for closures in ((closure,), (closure, closure), ()):
            set_closures(connection, MIHON, 100 + len(closures), closures)
        set_closures(connection, MIHON, 102, (closure,))
        read = read_settings(connection, MIHON, 7)
        assert read_settings(connection, "131016", 0).kinds == ()
    assert set(read.kinds) == set(SETTINGS.kinds)
    assert set(read.fees) == set(SETTINGS.fees)
    assert set(read.hours) == set(SETTINGS.hours)
    assert [row.purposes for row in read.purposes] == [row.purposes[::-1] for row in SETTINGS.purposes]
    assert [(row.effective_at, row.closures) for row in read.closures] == [
        (100, ()),
        (101, (closure,)),
        (102, (closure,)),
    ]
    assert read.revision == 7


def test_profiles_come_back_oldest_first(tmp_path: Path) -> None:
    with empty_database(tmp_path).writing() as connection:
        add_profile(connection, 200, profile())
        add_profile(connection, 100, profile())
        expected = tuple((since, replace(profile(), since=since)) for since in (100, 200))
        assert read_profiles(connection, MIHON).rows == expected
