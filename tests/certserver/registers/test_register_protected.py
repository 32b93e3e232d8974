"""Addresses that are also those of somebody withheld, wherever that person stands (I14): seen by offer and release
alike, and part of the version (I3, I6)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from certserver.registers.koseki import SupplementAddress
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import PrintedAddress, Withholding
from certserver.registers.repository import read_koseki_snapshot, read_koseki_status, read_snapshot, read_status
from certserver.registers.snapshot import Wanted
from certserver.registers.tax_writing import write_damage, write_tax
from certserver.registers.withholding import write_koseki_withholding, write_withholding
from certserver.registers.writing import write_household, write_resident
from tests.support.koseki import make_damage, make_koseki, make_tax
from tests.support.register_changes import write_death, write_move_out
from tests.support.registers import MIHON, empty_database, enter_household, make_household, make_resident

pytestmark = pytest.mark.usefixtures("either_database")

SHELTER = "見本県見本市緑町三丁目2番7号"
ALL = Wanted(koseki=True, taxes=True, damages=True)
HOLD = frozenset({Withholding.ISSUANCE_HOLD})


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Kengo at home; Sayaka at another address, with a measure on her and nothing in common with him."""
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", "kengo")
        enter_household(connection, "shelter", "sayaka", "kazue")
        write_household(connection, MIHON, make_household("shelter", SHELTER))
        write_koseki(connection, MIHON, make_koseki("koseki", "kengo", None))
        write_withholding(connection, MIHON, "sayaka", frozenset({Withholding.PROTECTIVE_MEASURE}))
        yield connection
    database.close()


def protected(connection: Connection, wanted: Wanted = ALL) -> tuple[str, frozenset[PrintedAddress]]:
    """What is protected of what Kengo can have printed, and its version."""
    snapshot, status = (
        read_snapshot(connection, MIHON, "kengo", wanted),
        read_status(connection, MIHON, "kengo", wanted),
    )
    assert snapshot is not None
    assert status is not None
    assert (snapshot.version, snapshot.protected) == (status.version, status.protected)
    return snapshot.version, snapshot.protected


def supplement(*addresses: str) -> Callable[[Connection], None]:
    """The brother of Kengo, who stands in his koseki and not in this municipality's register, has lived here."""

    def write(connection: Connection) -> None:
        whole = make_koseki("koseki", "kengo", None)
        kengo, brother = whole.supplement
        brother = replace(brother, addresses=tuple(SupplementAddress(address, None) for address in addresses))
        write_koseki(connection, MIHON, replace(whole, supplement=(kengo, brother)))

    return write


def tax(address: str) -> Callable[[Connection], None]:
    record = replace(make_tax(2025), address_on_january_1=address)
    return lambda connection: write_tax(connection, MIHON, "kengo", record)


def damage(**addresses: Any) -> Callable[[Connection], None]:
    record = replace(make_damage(), **addresses)
    return lambda connection: write_damage(connection, MIHON, "house", record)


def house(connection: Connection) -> None:
    write_household(connection, MIHON, make_household("house", SHELTER))


def came_from(**addresses: Any) -> Callable[[Connection], None]:
    """Kengo's son, who moved in with him."""
    resident = replace(make_resident("haruto", "house"), **addresses)
    return lambda connection: write_resident(connection, MIHON, resident)


SHOWING = {
    PrintedAddress.HOUSEHOLD: (house,),
    PrintedAddress.FORMER: (came_from(moved_from=SHELTER), came_from(previous_address=SHELTER)),
    PrintedAddress.TAX: (tax(SHELTER),),
    PrintedAddress.DAMAGE: (damage(place=SHELTER), damage(householder_address=SHELTER)),
    PrintedAddress.SUPPLEMENT: (supplement("見本県例示市栄町1番", SHELTER), supplement(SHELTER, "見本県例示市栄町1番")),
}


@pytest.mark.parametrize(("where", "write"), [(where, write) for where in SHOWING for write in SHOWING[where]])
def test_i14_the_address_of_somebody_withheld_is_seen_wherever_it_stands(
    connection: Connection, where: PrintedAddress, write: Callable[[Connection], None]
) -> None:
    assert protected(connection)[1] == frozenset()
    write(connection)
    covered, found = protected(connection)
    assert found == {where}
    write_withholding(connection, MIHON, "sayaka", HOLD)
    assert protected(connection) == (covered, found), "measure and hold are one"
    write_withholding(connection, MIHON, "sayaka", frozenset())
    lifted, found = protected(connection)
    assert (found, lifted == covered) == (frozenset(), False)


def test_i14_an_address_is_nobodys_secret_after_they_left(connection: Connection) -> None:
    tax(SHELTER)(connection)
    write_move_out(connection, MIHON, "sayaka", planned=date(2026, 7, 1))
    assert protected(connection)[1] == {PrintedAddress.TAX}
    write_move_out(connection, MIHON, "sayaka", moved_out=date(2026, 7, 1))
    assert protected(connection)[1] == frozenset()
    write_move_out(connection, MIHON, "sayaka")
    write_death(connection, MIHON, "sayaka", date(2026, 7, 1))
    assert protected(connection)[1] == frozenset()


def test_i14_the_last_address_of_somebody_withheld_in_another_koseki_is_seen(connection: Connection) -> None:
    first, last = "見本県例示市栄町1番", "見本県例示市港町2番"
    whole = make_koseki("other", None)
    addresses = (SupplementAddress(first, None), SupplementAddress(last, None))
    write_koseki(connection, MIHON, replace(whole, supplement=(replace(whole.supplement[0], addresses=addresses),)))
    write_koseki_withholding(connection, MIHON, "other", "p0", HOLD)
    tax(first)(connection)
    assert protected(connection)[1] == frozenset()
    tax(last)(connection)
    assert protected(connection)[1] == {PrintedAddress.TAX}


def test_nobody_asks_where_somebody_came_from_who_is_gone(connection: Connection) -> None:
    came_from(moved_from=SHELTER)(connection)
    write_move_out(connection, MIHON, "haruto", moved_out=date(2026, 7, 1))
    assert protected(connection)[1] == frozenset()


FAR = "見本県遠市一丁目1番"


def sayakas_koseki(connection: Connection, *, removed: bool) -> None:
    """Her koseki is kept here; its supplement says where she went."""
    whole = make_koseki("hers", "sayaka")
    history = tuple(replace(one, addresses=(SupplementAddress(FAR, None),)) for one in whole.supplement)
    people = (replace(whole.people[0], removed=removed),)
    write_koseki(connection, MIHON, replace(whole, people=people, supplement=history))
    tax(FAR)(connection)


@pytest.mark.parametrize("removed", [False, True])
def test_i14_the_new_address_of_somebody_withheld_who_moved_away_is_seen(connection: Connection, removed: bool) -> None:
    sayakas_koseki(connection, removed=removed)
    write_move_out(connection, MIHON, "sayaka", moved_out=date(2026, 7, 1))
    assert protected(connection)[1] == {PrintedAddress.TAX}


def test_where_somebody_lived_who_left_the_koseki_and_lives_here_is_no_secret(connection: Connection) -> None:
    """Else the parents of a protected woman who married would get no paper any more."""
    sayakas_koseki(connection, removed=True)
    assert protected(connection)[1] == frozenset()
    sayakas_koseki(connection, removed=False)
    assert protected(connection)[1] == {PrintedAddress.TAX}


def test_i14_the_home_of_somebody_withheld_in_the_koseki_register_is_seen(connection: Connection) -> None:
    write_withholding(connection, MIHON, "sayaka", frozenset())
    write_koseki(connection, MIHON, replace(make_koseki("hers", "sayaka"), supplement=()))
    tax(SHELTER)(connection)
    assert protected(connection)[1] == frozenset()
    write_koseki_withholding(connection, MIHON, "hers", "p0", HOLD)
    assert protected(connection)[1] == {PrintedAddress.TAX}


def test_i14_whoever_orders_from_elsewhere_is_told_no_more(connection: Connection) -> None:
    supplement(SHELTER)(connection)
    snapshot = read_koseki_snapshot(connection, MIHON, "koseki", "p1")
    status = read_koseki_status(connection, MIHON, "koseki", "p1")
    assert snapshot is not None
    assert status is not None
    assert (snapshot.version, snapshot.protected) == (status.version, status.protected)
    assert snapshot.protected == {PrintedAddress.SUPPLEMENT}


def test_only_what_is_wanted_is_looked_at(connection: Connection) -> None:
    for write in (tax(SHELTER), damage(place=SHELTER), supplement(SHELTER)):
        write(connection)
    of_household = {PrintedAddress.HOUSEHOLD, PrintedAddress.FORMER}
    assert protected(connection)[1] == frozenset(PrintedAddress) - of_household
    assert protected(connection, Wanted(fee_by_damage=True))[1] == frozenset(), "a fee prints no address"
    assert protected(connection, Wanted(taxes=True))[1] == {PrintedAddress.TAX}
    assert protected(connection, Wanted())[1] == frozenset()
