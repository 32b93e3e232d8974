"""`koufu-server municipality`: what is shown can be set again, a file is taken whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from certserver.applications.counter_settings import CounterSettings
from certserver.applications.identity import IdentityDocument
from certserver.applications.retention import newest_settings
from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.demo.artwork import official_seal
from certserver.demo.people import MUNICIPALITY
from certserver.ledger.audit import verify
from certserver.municipality import MunicipalityProfile
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.roles import enter_role
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.retention_rows import read_retention
from certserver.pipeline.profile_rows import read_profiles
from certserver.pipeline.setting_rows import read_settings
from certserver.pipeline.staff.registry import add_member
from certserver.ports import JST, unix
from certserver.rules.in_force import closures_at, in_force, newest, purposes_at
from certserver.rules.settings import Advice, ClosuresRow, Ground, PurposesRow, Settings
from certserver.storage.issued import audit_log
from koufu.evidence.words import CertificateKind
from tests.support.homes import a_home
from tests.support.server_settings import SHOP

pytestmark = pytest.mark.xdist_group("server-commands")

SECOND, HELPER = "mihon-futari", "mihon-hoka"

NEW = """
[profile]
prefecture = "見本県"
prefecture_en = "Mihon Prefecture"
name = "見本市"
name_kana = "みほんし"
name_en = "Mihon City"
mayor_title = "見本市長"
mayor_name = "見本　花子"
official_seal = "seal.png"
clauses = [
  {kind = "residence", whole = true, text = "全員"},
  {kind = "residence", whole = false, text = "一部"},
]
[profile.checking]
web_address = "kakunin.mihon.example"
office = "市民課"
phone = "000-000-0000"
hours = "平日"
[profile.window]
place = "市民課"
hours = "平日"
phone = "000-000-0000"
bring = "マイナンバーカード"
place_en = "Citizens Section"
hours_en = "Weekdays"
bring_en = "Your My Number card"

[[kinds]]
kind = "residence"
scopes = ["household", "self"]
options = ["relationship"]
fee = 250
[[kinds.hours]]
opens = "06:30"
closes = "23:00"
[[kinds.hours]]
outlet = "town-hall"
opens = "08:30"
closes = "24:00"
weekdays_only = true
"""


MORE = """
[[closures]]
since = 2026-12-29
until = 2027-01-03
yearly = true
reason = '年末"年始'
reason_en = "Turn of the year"

[[purposes]]
code = "employer"
kind = "residence"
scope = "self"
options = ["relationship"]
"""

ALL_BUT_THE_SEAL = (
    NEW.replace("[profile.checking]", 'individual_forms = ["residence"]\n[profile.checking]').replace(
        '{kind = "residence", whole = false, text = "一部"},',
        '{kind = "residence", whole = false, text = "一部"}, {kind = "income-tax", whole = true, text = "相違ない"},',
    )
    + """
[[kinds.hours]]
outlet = "*post-office"
opens = "09:00"
closes = "17:00"
residents_only = true
[[kinds.exemptions]]
ground = "age"
from_age = 75
fee = 100
[[kinds.exemptions]]
ground = "damage"
fee = 0

[[kinds]]
kind = "income-tax"
scopes = ["self"]
fee = 300
[[kinds.hours]]
opens = "08:00"
closes = "20:00"

[[tax_years]]
kinds = ["income-tax"]
years = [2026, 2025]

[[closures]]
since = 2026-11-03
until = 2026-11-03
reason = "点検"
reason_en = "Maintenance"
outlet = "town-hall"
kinds = ["income-tax", "residence"]

[[purposes]]
code = "passport"
advice = "window-better"
name = "旅券の申請"
name_en = "Passport"
note = "窓口へ"
note_en = "Ask at the window"
[[purposes]]
code = "relief"
advice = "paper-not-needed"

[[application_retention]]
span = "kept"
states = ["delivered", "rejected"]
days = 365
[[application_retention]]
span = "waiting"
states = ["draft"]
days = 14

[identity]
class_a = ["passport", "individual-number-card"]
class_b = ["student-card"]
combinations = ["A+B", "A+PIN"]

[card_maker]
cut_off = "12:30"
maintenance = [2027-02-13, 2027-02-14]
cards_ahead = 12000
"""
)
"""Everything that a file can say."""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    made = a_home(tmp_path)
    database = open_storage(made, load_settings(made))
    with database.writing() as connection:
        for mark in (SECOND, HELPER):
            add_member(connection, MUNICIPALITY, mark, "見本　二", 0)
        enter_role(connection, MUNICIPALITY, HeldRole(SECOND, OfficeRole.APPROVER, date(2026, 1, 1)))
    database.close()
    return made


@pytest.fixture
def set_file(tmp_path: Path) -> Callable[[Path, str], int]:
    (tmp_path / "seal.png").write_bytes(official_seal(("見本県", "見本市", "長之印")))

    def set_file(home: Path, text: str) -> int:
        file = tmp_path / "municipality.toml"
        file.write_text(text)
        return main(["municipality", "set", "--file", str(file), "--home", str(home), "--second", SECOND])

    return set_file


def revision_and_log(home: Path) -> tuple[list[str], int]:
    """What the audit log holds, which must verify, and how long it is."""
    database = open_storage(home, load_settings(home))
    with database.reading() as connection:
        length = verify(connection, MUNICIPALITY).audit_seq
        noted = list(connection.execute(select(audit_log.c.detail)).scalars())
    database.close()
    return noted, length


def fee_at(home: Path, at: datetime) -> int | None:
    database = open_storage(home, load_settings(home))
    with database.reading() as connection:
        offered = in_force(read_settings(connection, MUNICIPALITY, 0), SHOP, unix(at))
    database.close()
    kind = offered.of(CertificateKind.RESIDENCE)
    return None if kind is None else kind.fee


def test_a_municipality_is_set_up_from_one_file(empty: Path, set_file: Callable[[Path, str], int]) -> None:
    assert fee_at(empty, SystemClock().now()) is None
    assert set_file(empty, NEW) == 0
    assert fee_at(empty, SystemClock().now()) == 250
    database = open_storage(empty, load_settings(empty))
    with database.reading() as connection:
        ((_, profile),) = read_profiles(connection, MUNICIPALITY).rows
        hours = read_settings(connection, MUNICIPALITY, 0).hours
    database.close()
    assert (profile.mayor_name, profile.clause(CertificateKind.RESIDENCE, whole=False)) == ("見本　花子", "一部")
    assert sorted((row.outlet, row.opens_at, row.closes_at) for row in hours) == [
        ("*", 390, 1380),
        ("town-hall", 510, 1440),
    ]


def test_i12_what_was_set_is_in_the_audit_log(empty: Path, set_file: Callable[[Path, str], int]) -> None:
    before = revision_and_log(empty)[1]
    assert set_file(empty, NEW) == 0
    noted, length = revision_and_log(empty)
    assert length == before + 1
    assert "draft 1 in force from" in noted[-1]
    assert f'"officer":"operator","second":"{SECOND}"' in noted[-1]


def test_what_is_shown_can_be_set_again(
    empty: Path, set_file: Callable[[Path, str], int], capsys: pytest.CaptureFixture[str]
) -> None:
    def shown() -> str:
        capsys.readouterr()
        assert main(["municipality", "show", "--home", str(empty)]) == 0
        return capsys.readouterr().out

    assert set_file(empty, NEW + MORE) == 0
    first = shown()
    assert set_file(empty, first) == 0
    again = shown()
    assert first.splitlines()[1:] == again.splitlines()[1:]
    assert again.count('outlet = "town-hall"') == 1
    assert 'reason = "年末\\"年始"' in again
    assert 'code = "employer"' in again


def test_everything_that_a_file_can_say_comes_back(
    empty: Path, set_file: Callable[[Path, str], int], capsys: pytest.CaptureFixture[str]
) -> None:
    def stored() -> tuple[Settings, MunicipalityProfile]:
        """Without from when each row counts, and how often something was set."""
        database = open_storage(empty, load_settings(empty))
        with database.reading() as connection:
            settings = read_settings(connection, MUNICIPALITY, 0)
            profile = replace(read_profiles(connection, MUNICIPALITY).rows[-1][1], since=0)
        database.close()
        at = unix(SystemClock().now())
        kinds = [kind for kind in CertificateKind for _ in newest(settings.kinds, kind, at)]
        dated: dict[str, Any] = {
            name: tuple(
                replace(row, effective_at=0) for kind in kinds for row in newest(getattr(settings, name), kind, at)
            )
            for name in ("kinds", "fees", "hours", "tax_years")
        }
        closures, purposes = closures_at(settings, at), purposes_at(settings, at)
        listed: dict[str, Any] = {"closures": (ClosuresRow(0, closures),), "purposes": (PurposesRow(0, purposes),)}
        return replace(settings, revision=0, **dated, **listed), profile

    assert set_file(empty, ALL_BUT_THE_SEAL) == 0
    first = stored()
    capsys.readouterr()
    assert main(["municipality", "show", "--home", str(empty)]) == 0
    assert set_file(empty, capsys.readouterr().out) == 0
    assert stored() == first
    settings, profile = first
    assert profile.individual_forms == (CertificateKind.RESIDENCE,)
    assert [(row.outlet, row.residents_only) for row in settings.hours if row.opens_at == 540] == [
        ("*post-office", True)
    ]
    assert {(row.ground, row.from_age, row.fee) for row in settings.fees if row.kind is CertificateKind.RESIDENCE} == {
        (Ground.ANYBODY, 0, 250),
        (Ground.AGE, 75, 100),
        (Ground.DAMAGE, 0, 0),
    }
    assert [row.years for row in settings.tax_years] == [(2026, 2025)]
    (closure,) = settings.closures[0].closures
    assert closure.outlet == "town-hall"
    assert set(closure.kinds) == {CertificateKind.INCOME_TAX, CertificateKind.RESIDENCE}
    assert [(purpose.code, purpose.advice, purpose.note_en) for purpose in settings.purposes[0].purposes] == [
        ("passport", Advice.WINDOW_BETTER, "Ask at the window"),
        ("relief", Advice.PAPER_NOT_NEEDED, ""),
    ]
    assert _retention(empty) == [
        ("kept", "delivered", 365),
        ("kept", "rejected", 365),
        ("waiting", "draft", 14),
    ]

    counter = _counter(empty)
    assert counter.identity[-1].class_a == (IdentityDocument.PASSPORT, IdentityDocument.INDIVIDUAL_NUMBER_CARD)
    assert counter.maker[-1].cut_off == time(12, 30)
    assert counter.maker[-1].maintenance == (date(2027, 2, 13), date(2027, 2, 14))
    assert counter.maker[-1].cards_ahead == 12_000


def _counter(home: Path) -> CounterSettings:
    database = open_storage(home, load_settings(home))
    with database.reading() as connection:
        settings = read_counter_settings(connection, MUNICIPALITY)
    database.close()
    return settings


@pytest.mark.parametrize(
    "part",
    [
        '[identity]\nclass_a = ["passport"]\nclass_b = ["passport"]\ncombinations = ["A+B"]',
        '[identity]\nclass_a = ["notice-card"]\ncombinations = ["A+B"]',
        '[identity]\nclass_a = ["passport"]\ncombinations = ["B+B+B+face"]',
        '[card_maker]\ncut_off = "25:00"',
        '[card_maker]\ncut_off = "12:00"\ncards_ahead = -1',
    ],
)
def test_what_can_not_be_at_a_counter_is_not_set(empty: Path, set_file: Callable[[Path, str], int], part: str) -> None:
    assert set_file(empty, f"{NEW}\n{part}\n") == 1
    assert _counter(empty) == CounterSettings()


def _retention(home: Path) -> list[tuple[str, str, int]]:
    """For how many days card applications are kept now."""
    database = open_storage(home, load_settings(home))
    with database.reading() as connection:
        settings = newest_settings(read_retention(connection, MUNICIPALITY), SystemClock().now())
    database.close()
    return [(each.span.value, each.state.value, each.days) for each in settings]


@pytest.mark.parametrize(
    "part",
    [
        'span = "kept"\nstates = ["draft"]\ndays = 30',
        'span = "waiting"\nstates = ["delivered"]\ndays = 30',
        'span = "kept"\nstates = ["rejected"]\ndays = 0',
        'span = "kept"\nstates = ["rejected", "rejected"]\ndays = 30',
    ],
)
def test_days_that_can_not_be_are_not_set(empty: Path, set_file: Callable[[Path, str], int], part: str) -> None:
    assert set_file(empty, f"{NEW}\n[[application_retention]]\n{part}\n") == 1
    assert _retention(empty) == []


def test_set_again_for_the_same_second_keeps_the_official_seal(
    empty: Path, set_file: Callable[[Path, str], int]
) -> None:
    later = f"effective = {SystemClock().now().year + 1}-04-01T00:00:00\n"
    assert set_file(empty, later + NEW) == 0
    assert set_file(empty, later + NEW.replace('official_seal = "seal.png"\n', "")) == 0


def test_a_fee_that_rises_later_leaves_everything_else(empty: Path, set_file: Callable[[Path, str], int]) -> None:
    assert set_file(empty, NEW + MORE) == 0
    rise = datetime(SystemClock().now().year + 1, 4, 1)  # noqa: DTZ001 - as an operator types it: Japan's
    kinds = NEW[NEW.index("[[kinds]]") :]
    assert set_file(empty, f"effective = {rise.isoformat()}\n{kinds.replace('250', '280')}") == 0
    in_japan = rise.replace(tzinfo=JST)
    assert fee_at(empty, in_japan - timedelta(seconds=1)) == 250
    assert fee_at(empty, in_japan) == 280
    assert set_file(empty, f"effective = {rise.isoformat()}\n{kinds.replace('250', '300')}") == 0
    assert fee_at(empty, in_japan) == 300
    database = open_storage(empty, load_settings(empty))
    with database.reading() as connection:
        settings = read_settings(connection, MUNICIPALITY, 0)
        profiles = read_profiles(connection, MUNICIPALITY).rows
    database.close()
    assert (len(settings.closures), len(settings.purposes), len(profiles)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("wanted", "instead", "told"),
    [
        ("fee = 250", "fee = -1", "fee"),
        ("fee = 250", "", "fee"),
        ("fee = 250", "fees = 250", "fees"),
        ('kind = "residence"\nscopes', 'kind = "passport"\nscopes', "kind"),
        ('kind = "residence"\nscopes', 'kind = "koseki-full"\nscopes', "can't have household"),
        ('closes = "23:00"', 'closes = "06:00"', "closes before it opens"),
        ('closes = "23:00"', 'closes = "25:00"', "closes"),
        ('  {kind = "residence", whole = false, text = "一部"},\n', "", "certification clause"),
        ('whole = false, text = "一部"', 'whole = false, text = "一部", texts = "x"', "texts"),
        ('official_seal = "seal.png"\n', "", "official_seal is missing"),
        ('"seal.png"', '"nowhere.png"', "nowhere.png"),
        ('"seal.png"', '"municipality.toml"', "not a PNG"),
        ("\n[profile]", "effective = 2020-01-01T00:00:00\n[profile]", "past"),
        ("\n[profile]", "= nonsense\n[profile]", "not TOML"),
        (
            "[[kinds]]",
            '[[closures]]\nsince=2030-01-02\nuntil=2030-01-01\nreason="x"\nreason_en="x"\n[[kinds]]',
            "closure ends before it begins",
        ),
        ("[[kinds]]", '[[purposes]]\ncode="bank"\nkind="income-tax"\nscope="self"\n[[kinds]]', "nobody set"),
    ],
)
def test_a_file_that_does_not_hold_together_sets_nothing(
    empty: Path,
    set_file: Callable[[Path, str], int],
    capsys: pytest.CaptureFixture[str],
    wanted: str,
    instead: str,
    told: str,
) -> None:
    assert wanted in NEW
    before = revision_and_log(empty)
    assert set_file(empty, NEW.replace(wanted, instead, 1)) == 1
    assert told in capsys.readouterr().err
    assert revision_and_log(empty) == before
    assert fee_at(empty, SystemClock().now()) is None


def test_fees_take_two_at_the_command_line_as_well(
    empty: Path, set_file: Callable[[Path, str], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set_file(empty, NEW) == 0
    file = tmp_path / "alone.toml"

    def set_alone(text: str) -> int:
        file.write_text(text)
        return main(["municipality", "set", "--file", str(file), "--home", str(empty)])

    kinds = NEW[NEW.index("[[kinds]]") :]
    assert set_alone(kinds.replace("250", "280")) == 1
    assert "--second" in capsys.readouterr().err
    assert set_alone(kinds.replace("06:30", "07:00")) == 0
    assert fee_at(empty, SystemClock().now()) == 250


@pytest.mark.parametrize("mark", ["operator", "nobody-here", HELPER])
def test_the_second_person_is_another_one_who_may(
    empty: Path, tmp_path: Path, set_file: Callable[[Path, str], int], mark: str
) -> None:
    assert set_file(empty, NEW) == 0
    file = tmp_path / "municipality.toml"
    file.write_text(NEW.replace("250", "280"))
    assert main(["municipality", "set", "--file", str(file), "--home", str(empty), "--second", mark]) == 1
    assert fee_at(empty, SystemClock().now()) == 250
