"""Loading the fictional municipality: everybody comes back as generated, and something is on offer."""

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Connection, func, select

from certserver.demo.artwork import registered_seal
from certserver.demo.chance import SeededSource
from certserver.demo.load import SEED, load, load_demo
from certserver.demo.people import MUNICIPALITY
from certserver.demo.population import generate
from certserver.demo.profile import mihon_profile
from certserver.demo.settings import TOWN_HALL, demo_closures
from certserver.documents.forms import forms_of
from certserver.errors import ConfigurationError
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.profile_rows import read_profiles
from certserver.pipeline.setting_rows import read_settings
from certserver.ports import unix
from certserver.registers.numbers import NumberVault
from certserver.registers.repository import read_snapshot, read_status
from certserver.rules.choices import OPTIONS
from certserver.rules.in_force import in_force, purposes_at
from certserver.storage.registers import registered_seals, residents
from koufu.evidence.words import CertificateKind, Scope
from tests.support.registers import empty_database
from tests.support.server_settings import POST_OFFICE

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
VAULT = NumberVault(bytes(32), lambda count: bytes(count))


def cheap_seal(text: str, diameter_mm: float) -> bytes:
    return f"{text} {diameter_mm}".encode()


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    database = empty_database(tmp_path_factory.mktemp("demo"))
    with database.writing() as connection:
        load_demo(connection, MUNICIPALITY, NOW, VAULT, cheap_seal)
        yield connection
    database.close()


def test_i10_everybody_comes_back_as_generated(connection: Connection) -> None:
    for entry in generate(SeededSource(SEED)).households:
        people = tuple(person.resident for person in entry.people)
        for person in entry.people:
            registers = read_snapshot(connection, MUNICIPALITY, person.resident.resident_id)
            status = read_status(connection, MUNICIPALITY, person.resident.resident_id)
            assert registers is not None
            assert status is not None
            assert registers.version == status.version
            snapshot = registers.household
            assert snapshot is not None
            assert snapshot.orderer == person.resident
            assert snapshot.members == people
            assert (snapshot.address, snapshot.householder) == (entry.household.address, entry.household.householder)
            assert (snapshot.seal is None) == (person.seal is None)
            if snapshot.seal is not None and person.seal is not None:
                assert snapshot.seal.imprint == cheap_seal(person.seal.text, person.seal.diameter_mm)
                assert snapshot.seal.cancelled == person.seal.cancelled


def test_it_is_loaded_once_and_only_as_itself(connection: Connection, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="residents already"):
        load_demo(connection, MUNICIPALITY, NOW, VAULT, cheap_seal)
    with pytest.raises(ConfigurationError, match="992011"):
        load_demo(connection, "131016", NOW, VAULT, cheap_seal)
    database = empty_database(tmp_path)
    with database.writing() as other:
        assert load_demo(other, MUNICIPALITY, NOW, VAULT, cheap_seal) == 2000
        assert other.scalar(select(func.count()).select_from(residents)) == 2000
    database.close()


def test_drawn_seals_are_one_bit_and_of_the_size_they_say(tmp_path: Path) -> None:
    population = generate(SeededSource(SEED), 60)
    database = empty_database(tmp_path)
    with database.writing() as connection:
        load(connection, population)
        imprints = connection.execute(select(registered_seals.c.resident_id, registered_seals.c.imprint)).all()
    database.close()
    diameters = {p.resident.resident_id: p.seal.diameter_mm for p in population.people() if p.seal}
    assert set(diameters) == {row.resident_id for row in imprints}
    for row in imprints:
        with Image.open(io.BytesIO(row.imprint)) as picture:
            assert picture.mode == "1"
            assert picture.width == picture.height == round(diameters[row.resident_id] / 25.4 * 600)


def test_equal_seals_are_drawn_once_and_all_in_seconds(tmp_path: Path) -> None:
    drawn = []

    def count(text: str, diameter_mm: float) -> bytes:
        drawn.append((text, diameter_mm))
        return b"seal"

    database = empty_database(tmp_path)
    with database.writing() as connection:
        load(connection, generate(SeededSource(SEED)), count)
    database.close()
    assert len(drawn) == len(set(drawn)) < 200
    registered_seal("辻", 15.0)
    start = time.process_time()
    for text, diameter_mm in drawn[:4]:
        registered_seal(text, diameter_mm)
    assert (time.process_time() - start) / 4 * len(drawn) < 10, "seconds for all seals"


def test_something_is_on_offer_at_once_and_at_any_hour(connection: Connection) -> None:
    settings = read_settings(connection, MUNICIPALITY, 1)
    offered = in_force(settings, POST_OFFICE, unix(NOW))
    kinds = {kind.kind: kind for kind in offered.kinds}
    assert set(kinds) == set(filter(forms_of, CertificateKind))
    assert {kinds[CertificateKind.RESIDENCE].fee, kinds[CertificateKind.SEAL_REGISTRATION].fee} == {200}
    assert {(kind.opens_at, kind.closes_at, kind.weekdays_only) for kind in offered.kinds} == {(0, 1440, False)}
    assert kinds[CertificateKind.RESIDENCE].scopes[0] is Scope.HOUSEHOLD
    assert set(kinds[CertificateKind.RESIDENCE].options) == OPTIONS[CertificateKind.RESIDENCE]
    assert kinds[CertificateKind.SEAL_REGISTRATION].scopes == (Scope.SELF,)
    codes = [purpose.code for purpose in purposes_at(settings, unix(NOW))]
    assert codes == ["licence", "passport", "bank", "car", "school", "immigration", "pension", "housing", "employer"]
    at_hall = in_force(settings, Outlet(TOWN_HALL, OutletKind.MUNICIPAL), unix(NOW))
    assert {(kind.opens_at, kind.closes_at, kind.weekdays_only) for kind in at_hall.kinds} == {(510, 1035, True)}
    assert in_force(settings, POST_OFFICE, unix(NOW) - 1).kinds == ()
    ((since, profile),) = read_profiles(connection, MUNICIPALITY).rows
    assert (since, profile) == (unix(NOW), replace(mihon_profile(), since=unix(NOW)))


def test_no_demonstration_is_ever_closed_today() -> None:
    day = date(2026, 1, 1)
    for _ in range(3 * 366):
        for closure in demo_closures(day):
            assert closure.since > day
        assert demo_closures(day)[0].since.isoweekday() == 7
        day += timedelta(days=1)
    assert demo_closures(date(2026, 11, 23))[0].since == date(2026, 12, 6)


def test_the_profile_can_certify_what_is_offered() -> None:
    profile = mihon_profile()
    assert "世帯全員" in profile.clause(CertificateKind.RESIDENCE, whole=True)
    assert "世帯の一部" in profile.clause(CertificateKind.RESIDENCE, whole=False)
    assert "印影" in profile.clause(CertificateKind.SEAL_REGISTRATION, whole=False)
    with Image.open(io.BytesIO(profile.official_seal)) as picture:
        assert (picture.mode, picture.size) == ("1", (567, 567))
    assert profile.code == MUNICIPALITY
    assert profile.checking.web_address.endswith(".example")
