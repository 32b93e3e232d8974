"""Reading and writing the registers: exact values (I10), moving versions (I3), fresh status (I6), nothing in a repr
(I11)."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from certserver.errors import StorageError
from certserver.registers import rows
from certserver.registers.model import (
    ForeignResident,
    Household,
    RegisterDate,
    RegisteredSeal,
    RegisteredSealStatus,
    Resident,
    Sex,
    Withholding,
)
from certserver.registers.repository import read_status
from certserver.registers.versions import SnapshotKey
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal, write_household, write_registered_seal, write_resident
from certserver.storage.registers import households, registered_seals, residents
from tests.support.register_changes import read_household
from tests.support.registers import MIHON, empty_database, enter_household, make_household, make_resident, make_seal

FOREIGN = ForeignResident(
    nationality="ブラジル",
    residence_status="定住者",
    period_of_stay="3年",
    expires=RegisterDate(date(2028, 1, 20)),
    card_number="AB00000000CD",
    legal_category="中長期在留者",
    alias="見本　マリア",
    alias_kana="ミホン　マリア",
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        yield connection
    database.close()


def test_a_resident_comes_back_whole(connection: Connection) -> None:
    everything = replace(
        make_resident(),
        former_surname="𠮷田",
        former_surname_kana="ヨシダ",
        moved_from="見本県見本市見本町一丁目2番3号",
        remarks="備考",
        foreign=FOREIGN,
        withholding=frozenset(Withholding),
        entered_on=date(2026, 11, 30),
        move_out_planned=date(2026, 12, 1),
        moved_out=date(2026, 12, 2),
        died=date(2026, 12, 3),
    )
    assert all(getattr(everything, field.name) is not None for field in fields(Resident))
    seal = RegisteredSeal("kengo", bytes(range(256)), RegisterDate(None, "平成12年月日不詳"), False, "ミホン　マリア")
    write_household(connection, MIHON, make_household())
    write_resident(connection, MIHON, everything)
    write_registered_seal(connection, MIHON, seal)
    snapshot = read_household(connection, MIHON, "kengo")
    assert snapshot is not None
    assert snapshot.orderer == everything
    assert snapshot.members == (everything,)
    assert snapshot.seal == seal
    assert (snapshot.address, snapshot.householder) == (make_household().address, make_household().householder)


def test_a_resident_with_nothing_optional_comes_back_whole(connection: Connection) -> None:
    bare = replace(
        make_resident(),
        name_kana=None,
        domicile=None,
        koseki_head=None,
        address_since=None,
        notified_on=None,
        previous_address=None,
    )
    write_household(connection, MIHON, make_household())
    write_resident(connection, MIHON, bare)
    snapshot = read_household(connection, MIHON, "kengo")
    assert snapshot is not None
    assert snapshot.orderer == bare
    assert snapshot.seal is None


def test_nobody_is_none(connection: Connection) -> None:
    enter_household(connection, "house", "kengo")
    assert read_household(connection, MIHON, "nobody") is None
    assert read_status(connection, MIHON, "nobody") is None
    assert read_household(connection, "992029", "kengo") is None
    assert read_status(connection, "992029", "kengo") is None


def test_members_stand_in_the_order_of_the_register(connection: Connection) -> None:
    enter_household(connection, "house", "z", "a", "m", "b")
    enter_household(connection, "next-door", "c")
    snapshot = read_household(connection, MIHON, "m")
    assert snapshot is not None
    assert [member.resident_id for member in snapshot.members] == ["z", "a", "m", "b"]
    write_resident(connection, MIHON, snapshot.members[0])
    again = read_household(connection, MIHON, "m")
    assert again is not None
    assert [member.resident_id for member in again.members] == ["z", "a", "m", "b"], "a change moves nobody"


def test_only_the_orderers_seal_is_given(connection: Connection) -> None:
    enter_household(connection, "house", "kengo", "misaki")
    write_registered_seal(connection, MIHON, make_seal("misaki"))
    for resident_id, found in (("kengo", None), ("misaki", make_seal("misaki"))):
        snapshot = read_household(connection, MIHON, resident_id)
        assert snapshot is not None
        assert snapshot.seal == found


# The hard ones of a Japanese register: selectors, supplementary planes, compatibility ideographs, combining marks.
_HARD = "辻󠄂󠄃葛󠄂󠄈邉󠄐󠄞𠮷﨑神︀がか゛゙ÅÅ　 \n'\"%:?\\"
_NAMES = st.text(st.one_of(st.sampled_from(_HARD), st.characters(exclude_categories=["Cs"], exclude_characters="\0")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=_NAMES, address=_NAMES)
def test_i10_names_and_addresses_come_back_character_for_character(
    connection: Connection, name: str, address: str
) -> None:
    write_household(connection, MIHON, Household("house", address, name))
    write_resident(connection, MIHON, replace(make_resident(), name=name, koseki_head=name, former_surname=name))
    snapshot = read_household(connection, MIHON, "kengo")
    assert snapshot is not None
    assert [*map(ord, snapshot.orderer.name)] == [*map(ord, name)]
    assert (snapshot.address, snapshot.householder) == (address, name)
    assert (snapshot.orderer.koseki_head, snapshot.orderer.former_surname) == (name, name)


def test_i6_status_tells_what_changed_since_the_snapshot(connection: Connection) -> None:
    enter_household(connection, "house", "kengo", "misaki")
    status = read_status(connection, MIHON, "kengo")
    assert status is not None
    assert status.seal is RegisteredSealStatus.MISSING
    assert [person.resident_id for person in status.members] == ["kengo", "misaki"]
    write_registered_seal(connection, MIHON, make_seal())
    status = read_status(connection, MIHON, "kengo")
    assert status is not None
    assert status.seal is RegisteredSealStatus.REGISTERED
    cancel_registered_seal(connection, MIHON, "kengo")
    leaving = replace(make_resident("misaki"), move_out_planned=date(2026, 12, 1))
    write_resident(connection, MIHON, leaving)
    status = read_status(connection, MIHON, "kengo")
    assert status is not None
    assert status.seal is RegisteredSealStatus.CANCELLED
    assert status.members[1].move_out_planned == date(2026, 12, 1)
    write_resident(connection, MIHON, replace(make_resident(), moved_out=date(2026, 11, 1), died=date(2026, 11, 2)))
    status = read_status(connection, MIHON, "kengo")
    assert status is not None
    assert status.orderer is not None
    assert (status.orderer.moved_out, status.orderer.died) == (date(2026, 11, 1), date(2026, 11, 2))


@pytest.mark.parametrize("protected", ["kengo", "misaki", "haruto"])
@pytest.mark.parametrize("kinds", [frozenset({kind}) for kind in Withholding] + [frozenset(Withholding)])
def test_i14_a_measure_on_any_member_is_seen_by_whoever_orders(
    connection: Connection, protected: str, kinds: frozenset[Withholding]
) -> None:
    enter_household(connection, "house", "kengo", "misaki", "haruto")
    write_withholding(connection, MIHON, protected, kinds)
    for orderer in ("kengo", "misaki", "haruto"):
        snapshot, status = read_household(connection, MIHON, orderer), read_status(connection, MIHON, orderer)
        assert snapshot is not None
        assert status is not None
        assert status.orderer is not None
        expected = {who: kinds if who == protected else frozenset() for who in ("kengo", "misaki", "haruto")}
        assert {member.resident_id: member.withholding for member in snapshot.members} == expected
        assert {member.resident_id: member.withholding for member in status.members} == expected
        assert status.orderer is not None
        assert status.orderer.withholding == snapshot.orderer.withholding == expected[orderer]
    write_withholding(connection, MIHON, protected, frozenset())
    status = read_status(connection, MIHON, "kengo")
    assert status is not None
    assert not any(member.withholding for member in status.members)


def test_a_change_of_nobody_is_a_fault(connection: Connection) -> None:
    enter_household(connection, "house", "kengo")
    with pytest.raises(StorageError):
        write_resident(connection, MIHON, make_resident(household_id="no-such-house"))
    with pytest.raises(StorageError):
        write_withholding(connection, MIHON, "nobody", frozenset())
    with pytest.raises(StorageError):
        write_registered_seal(connection, MIHON, make_seal("nobody"))
    with pytest.raises(StorageError):
        cancel_registered_seal(connection, MIHON, "kengo")


def test_i11_nothing_personal_shows_in_a_repr(connection: Connection) -> None:
    enter_household(connection, "house", "kengo")
    write_resident(connection, MIHON, replace(make_resident(), foreign=FOREIGN))
    write_registered_seal(connection, MIHON, make_seal())
    shown = repr(
        (read_household(connection, MIHON, "kengo"), read_status(connection, MIHON, "kengo"), make_household())
    )
    shown += repr((make_resident(), FOREIGN, make_seal(), RegisterDate(date(1972, 4, 12)), [make_resident()]))
    for secret in ("辻", "ツジ", "見本", "1972", "ブラジル", "imprint", "AB0000"):
        assert secret not in shown


def test_a_register_date_is_never_empty() -> None:
    for text in (None, ""):
        with pytest.raises(ValueError, match="day or a text"):
            RegisterDate(None, text)


def test_rows_have_a_value_for_every_column() -> None:
    key = SnapshotKey(MIHON, 1)
    known = {column.name for column in residents.c} - {"position"}
    assert set(rows.resident_values(key, make_resident())) == known
    assert set(rows.resident_values(key, replace(make_resident(), foreign=FOREIGN))) == known
    assert set(rows.seal_values(key, make_seal())) == {column.name for column in registered_seals.c}
    assert set(rows.household_values(key, make_household())) == {c.name for c in households.c} - {"version"}
    assert Sex("male") is make_resident().sex
