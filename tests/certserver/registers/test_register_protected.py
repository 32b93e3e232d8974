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
from certserver.registers.writing import write_death, write_household, write_move_out
from tests.support.koseki import make_damage, make_koseki, make_tax
from tests.support.registers import MIHON, empty_database, enter_household, make_household

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


SHOWING = {
    PrintedAddress.HOUSEHOLD: (house,),
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
    assert protected(connection)[1] == frozenset(PrintedAddress) - {PrintedAddress.HOUSEHOLD}
    assert protected(connection, Wanted(taxes=True))[1] == {PrintedAddress.TAX}
    assert protected(connection, Wanted())[1] == frozenset()
