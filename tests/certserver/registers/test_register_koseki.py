"""Koseki, tax, damage and numbers: exact values (I10), what a measure covers (I14), numbers that open nowhere else
(I11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from certserver.errors import StorageError
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import KosekiStatus, RegisterDate, StatusNow, TaxStatus, Withholding
from certserver.registers.numbers import NumberVault
from certserver.registers.repository import (
    read_koseki_snapshot,
    read_koseki_status,
    read_snapshot,
    read_status,
)
from certserver.registers.snapshot import RegisterSnapshot, ResidentNumbers, Wanted, wanted_for
from certserver.registers.tax_writing import write_damage, write_tax
from certserver.registers.versions import SnapshotKey
from certserver.registers.withholding import put_brought_on_people, write_koseki_withholding, write_withholding
from certserver.registers.writing import write_numbers
from certserver.rules.eligibility import status_of
from certserver.rules.protection import is_withheld
from certserver.storage.registers import residents
from koufu.evidence.words import CertificateKind
from tests.support.koseki import make_damage, make_koseki, make_person, make_tax
from tests.support.register_changes import write_koseki_pending
from tests.support.registers import MIHON, empty_database, enter_household

pytestmark = pytest.mark.usefixtures("either_database")

KOSEKI = Wanted(koseki=True)
NUMBERS = ResidentNumbers("123456789018", "12345678901")


def numbered(length: int) -> bytes:
    return bytes(range(length))


VAULT = NumberVault(bytes(32), numbered)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", "kengo", "misaki")
        yield connection
    database.close()


def koseki_now(connection: Connection, resident_id: str = "kengo") -> Koseki:
    snapshot = read_snapshot(connection, MIHON, resident_id, KOSEKI)
    assert snapshot is not None
    assert snapshot.koseki is not None
    return snapshot.koseki.koseki


def status_now(connection: Connection) -> KosekiStatus:
    status = read_status(connection, MIHON, "kengo", KOSEKI)
    assert status is not None
    assert status.koseki is not None
    return status.koseki


def test_i10_a_koseki_comes_back_whole(connection: Connection) -> None:
    whole = replace(make_koseki("koseki", "kengo", None, "misaki"), unfit=True, pending=True)
    bare = replace(make_koseki("bare"), events=(), people=(), supplement_since=None, supplement=(), surname_kana=None)
    write_koseki(connection, MIHON, whole)
    write_koseki(connection, MIHON, bare)
    snapshot = read_snapshot(connection, MIHON, "misaki", KOSEKI)
    assert snapshot is not None
    assert snapshot.koseki is not None
    assert snapshot.koseki.koseki == whole
    assert snapshot.koseki.orderer == whole.people[2]
    elsewhere = read_koseki_snapshot(connection, MIHON, "bare", "p0")
    assert elsewhere is not None
    assert elsewhere.koseki is not None
    assert (elsewhere.household, elsewhere.koseki.koseki, elsewhere.koseki.orderer) == (None, bare, None)
    assert "辻" not in repr((snapshot, elsewhere, whole, whole.people))


def test_a_koseki_that_changed_is_exactly_the_new_one(connection: Connection) -> None:
    write_koseki(connection, MIHON, make_koseki("koseki", "kengo", None, "misaki"))
    smaller = make_koseki("koseki", "kengo", surname="辻󠄃")
    write_koseki(connection, MIHON, smaller)
    assert koseki_now(connection) == smaller
    write_koseki_pending(connection, MIHON, "koseki", pending=True)
    assert koseki_now(connection) == replace(smaller, pending=True)
    assert status_now(connection).pending
    snapshot = read_snapshot(connection, MIHON, "misaki", KOSEKI)
    assert snapshot is not None
    assert snapshot.koseki is None, "nobody is recorded any more who left"


def test_the_koseki_of_a_resident_is_the_one_they_were_not_removed_from(connection: Connection) -> None:
    parents = replace(
        make_koseki("a-parents"), people=(make_person("p0", None), make_person("p1", "kengo", removed=True))
    )
    write_koseki(connection, MIHON, parents)
    snapshot = read_snapshot(connection, MIHON, "kengo", KOSEKI)
    assert snapshot is not None
    assert snapshot.koseki is None
    write_koseki(connection, MIHON, make_koseki("own", "kengo"))
    assert koseki_now(connection).koseki_id == "own"


@pytest.mark.parametrize("second", [("k2", ("kengo",)), ("koseki", ("kengo", "kengo"))], ids=["two koseki", "twice"])
def test_whoever_is_recorded_twice_is_in_no_koseki_for_sure(
    connection: Connection, second: tuple[str, tuple[str, ...]]
) -> None:
    write_koseki(connection, MIHON, make_koseki("koseki", "kengo"))
    assert koseki_now(connection).koseki_id == "koseki"
    koseki_id, residents = second
    write_koseki(connection, MIHON, make_koseki(koseki_id, *residents))
    snapshot, status = (
        read_snapshot(connection, MIHON, "kengo", KOSEKI),
        read_status(connection, MIHON, "kengo", KOSEKI),
    )
    assert snapshot is not None
    assert status is not None
    assert (snapshot.koseki, status.koseki, snapshot.version) == (None, None, status.version)


def test_nothing_is_read_that_is_not_wanted(connection: Connection) -> None:
    write_koseki(connection, MIHON, make_koseki())
    write_tax(connection, MIHON, "kengo", make_tax())
    write_damage(connection, MIHON, "house", make_damage())
    snapshot = read_snapshot(connection, MIHON, "kengo")
    assert snapshot is not None
    assert (snapshot.koseki, snapshot.taxes, snapshot.damages, dict(snapshot.numbers)) == (None, (), (), {})


def test_what_is_wanted_follows_from_the_kinds() -> None:
    assert wanted_for([CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION]) == Wanted()
    assert wanted_for([CertificateKind.KOSEKI_SUPPLEMENT]) == Wanted(koseki=True)
    assert wanted_for([CertificateKind.NON_TAXATION, CertificateKind.DISASTER_VICTIM], numbers=True) == Wanted(
        taxes=True, damages=True, numbers=True
    )


@pytest.mark.parametrize("kinds", [frozenset({kind}) for kind in Withholding] + [frozenset(Withholding)])
def test_i14_a_measure_on_anybody_of_a_koseki_is_seen_by_whoever_orders(
    connection: Connection, kinds: frozenset[Withholding]
) -> None:
    write_koseki(connection, MIHON, make_koseki("koseki", "kengo", None, "misaki"))
    write_withholding(connection, MIHON, "misaki", kinds)
    write_koseki_withholding(connection, MIHON, "koseki", "p1", kinds)
    assert [person.withholding for person in koseki_now(connection).people] == [frozenset(), kinds, kinds]
    assert (status_now(connection).withheld, status_now(connection).withheld_removed) == (2, 0)
    elsewhere = read_koseki_status(connection, MIHON, "koseki", "p1")
    assert elsewhere is not None
    assert elsewhere.koseki == KosekiStatus(True, True, False, False, 2, 0)
    write_withholding(connection, MIHON, "misaki", frozenset())
    write_koseki_withholding(connection, MIHON, "koseki", "p1", frozenset())
    assert not any(person.withholding for person in koseki_now(connection).people)
    assert status_now(connection).withheld == 0


@pytest.mark.parametrize("by_hand", [True, False])
def test_i14_a_resident_is_withheld_by_whichever_register_says_so(connection: Connection, by_hand: bool) -> None:
    """Misaki stands in two koseki, from one of which she was removed; that one alone withholds her."""
    hold = frozenset({Withholding.ISSUANCE_HOLD})
    parents = replace(make_koseki("parents"), people=(make_person("p0"), make_person("p1", "misaki", removed=True)))
    write_koseki(connection, MIHON, make_koseki("koseki", "kengo", "misaki"))
    write_koseki(connection, MIHON, parents)
    before = read_status(connection, MIHON, "kengo", KOSEKI)
    if by_hand:
        write_koseki_withholding(connection, MIHON, "parents", "p1", hold)
    else:
        held = tuple(replace(person, withholding=hold) for person in parents.people[1:])
        put_brought_on_people(connection, SnapshotKey(MIHON, 1), replace(parents, people=held))
    status, snapshot = (read(connection, MIHON, "kengo", KOSEKI) for read in (read_status, read_snapshot))
    assert before is not None
    assert isinstance(status, StatusNow)
    assert isinstance(snapshot, RegisterSnapshot)
    assert [member.withholding for member in status.members] == [frozenset(), hold]
    assert status.koseki is not None
    assert status.koseki.withheld == 1
    assert status_of(snapshot) == status
    assert all(is_withheld(kind, status) for kind in CertificateKind)
    assert status.version != before.version


def test_i14_a_measure_on_somebody_removed_is_counted_apart(connection: Connection) -> None:
    removed = make_person("p1", "misaki", removed=True)
    write_koseki(connection, MIHON, replace(make_koseki(), people=(make_person("p0", "kengo"), removed)))
    write_withholding(connection, MIHON, "misaki", frozenset({Withholding.PROTECTIVE_MEASURE}))
    assert status_now(connection) == KosekiStatus(True, True, False, False, 0, 1)


def test_taxes_and_damages_come_back_whole_newest_first(connection: Connection) -> None:
    bare = replace(make_tax(2024), incomes=(), deductions=(), dependants=(), taxes=(), payments=(), paid_as_of=None)
    for tax in (make_tax(2025, declared=False, tax=0), bare, make_tax(2026)):
        write_tax(connection, MIHON, "kengo", tax)
    for damage in (make_damage("b", date(2026, 6, 1)), make_damage("a", date(2026, 7, 1)), make_damage("c", None)):
        write_damage(connection, MIHON, "house", damage)
    wanted = Wanted(taxes=True, damages=True)
    snapshot = read_snapshot(connection, MIHON, "kengo", wanted)
    status = read_status(connection, MIHON, "kengo", wanted)
    assert snapshot is not None
    assert status is not None
    assert snapshot.taxes == (make_tax(2026), make_tax(2025, declared=False, tax=0), bare)
    assert status.taxes == (
        TaxStatus(2026, True, True, 4_500),
        TaxStatus(2025, True, False, 1_000),
        TaxStatus(2024, True, True, 0),
    )
    assert [damage.damage_id for damage in snapshot.damages] == ["a", "b", "c"]
    assert snapshot.damages[2].cause_day == RegisterDate(None, "令和8年月日不詳")
    assert snapshot.damages[0] == make_damage("a", date(2026, 7, 1))
    assert status.has_damage


def test_i11_numbers_are_stored_encrypted_and_open_for_their_resident_alone(connection: Connection) -> None:
    write_numbers(connection, MIHON, "kengo", NUMBERS, VAULT)
    stored = connection.execute(select(residents.c.individual_number, residents.c.resident_code)).all()
    assert all(b"1234567890" not in value for row in stored for value in row if value)
    snapshot = read_snapshot(connection, MIHON, "misaki", Wanted(numbers=True), VAULT)
    assert snapshot is not None
    assert snapshot.numbers == {"kengo": NUMBERS, "misaki": ResidentNumbers(None, None)}
    assert "1234567890" not in repr((snapshot, snapshot.numbers, NUMBERS))
    of_kengo = residents.c.resident_id == "kengo"
    row = connection.execute(select(residents.c.individual_number, residents.c.resident_code).where(of_kengo)).one()
    individual_number, resident_code = row
    for municipality, resident_id, closed, secret in (
        ("992029", "kengo", row, bytes(32)),
        (MIHON, "misaki", row, bytes(32)),
        (MIHON, "kengo", (resident_code, individual_number), bytes(32)),
        (MIHON, "kengo", row, bytes([1] * 32)),
    ):
        with pytest.raises(StorageError, match="does not open"):
            NumberVault(secret, numbered).open(municipality, resident_id, (closed[0], closed[1]))
    moved = update(residents).where(residents.c.resident_id == "misaki").values(individual_number=individual_number)
    connection.execute(moved)
    with pytest.raises(StorageError, match="does not open"):
        read_snapshot(connection, MIHON, "misaki", Wanted(numbers=True), VAULT)
    with pytest.raises(StorageError, match="nothing is at hand"):
        read_snapshot(connection, MIHON, "kengo", Wanted(numbers=True))


def test_a_change_of_nothing_is_a_fault(connection: Connection) -> None:
    write_koseki(connection, MIHON, make_koseki())
    with pytest.raises(StorageError):
        write_koseki_withholding(connection, MIHON, "koseki", "nobody", frozenset())
    with pytest.raises(StorageError):
        write_tax(connection, MIHON, "nobody", make_tax())
    with pytest.raises(StorageError):
        write_damage(connection, MIHON, "nowhere", make_damage())
    with pytest.raises(StorageError):
        write_numbers(connection, MIHON, "nobody", NUMBERS, VAULT)
    with pytest.raises(StorageError, match="no register"):
        write_tax(connection, "992029", "kengo", make_tax())
