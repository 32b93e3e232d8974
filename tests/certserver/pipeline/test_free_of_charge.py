"""An order that costs nothing goes the whole way: prepared, released, reported."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from certserver.pipeline.setting_rows import add_fee
from certserver.ports import unix
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import Household, PrintedAddress, Withholding
from certserver.registers.repository import read_snapshot, read_status
from certserver.registers.snapshot import wanted_for
from certserver.registers.tax_writing import write_damage, write_tax
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import write_household, write_resident
from certserver.rules.in_force import Exemption
from certserver.rules.ordering import wanted_for_order
from certserver.rules.protection import is_withheld
from certserver.rules.settings import FeeRow, Ground
from certserver.storage.issued import ledger, settlements
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import CertificateKind, Scope, has_matter
from tests.support.koseki import make_damage, make_koseki, make_tax
from tests.support.registers import MIHON, empty_database, enter_household, make_household, make_resident
from tests.support.server import a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_settings import EVERYTHING
from tests.support.server_visit import RESIDENCE


def test_an_order_without_a_fee_is_issued_and_settled(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        free = FeeRow(CertificateKind.RESIDENCE, unix(server.clock.now()), 0)
        server.configure(lambda connection: add_fee(connection, MUNICIPALITY, free))
        visit = server.visit("kengo")
        (issued,) = visit.issue(RESIDENCE)
        assert issued.file
        visit.report()
        with server.database.reading() as connection:
            assert connection.execute(select(ledger.c.fee)).scalars().all() == [0]
            assert connection.execute(select(settlements.c.captured)).scalars().all() == [0]


SHELTER = "見本県見本市緑町三丁目2番7号"
HELD = frozenset({Withholding.PROTECTIVE_MEASURE})


def enter_shelter(connection: Connection, household_id: str) -> None:
    """Somebody withheld lives in what was the dwelling of a household when it was damaged."""
    write_household(connection, MUNICIPALITY, Household("shelter", SHELTER, "見本　花子"))
    write_resident(connection, MUNICIPALITY, make_resident("sayaka", "shelter"))
    write_withholding(connection, MUNICIPALITY, "sayaka", HELD)
    damaged = replace(make_damage(), place=SHELTER, householder_address=SHELTER)
    write_damage(connection, MUNICIPALITY, household_id, damaged)


def test_i3_a_fee_that_hangs_on_damage_is_released_whoever_lives_there_now(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        free = FeeRow(CertificateKind.RESIDENCE, unix(server.clock.now()), 0, Ground.DAMAGE)
        usual = FeeRow(CertificateKind.RESIDENCE, unix(server.clock.now()), 300)
        server.configure(lambda connection: add_fee(connection, MUNICIPALITY, usual))
        server.configure(lambda connection: add_fee(connection, MUNICIPALITY, free))
        with server.database.writing() as connection:
            enter_shelter(connection, "common")
        (issued,) = server.visit("kengo").issue(RESIDENCE)
        assert issued.file
        with server.database.reading() as connection:
            assert connection.execute(select(ledger.c.fee)).scalars().all() == [0]


@pytest.fixture
def connection(tmp_path: Path, either_database: None) -> Iterator[Connection]:
    """Kengo, all of whose addresses are those of somebody withheld."""
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", "kengo")
        write_household(connection, MIHON, make_household("house", SHELTER))
        write_resident(connection, MIHON, replace(make_resident(), moved_from=SHELTER))
        enter_shelter(connection, "house")
        write_tax(connection, MIHON, "kengo", replace(make_tax(), address_on_january_1=SHELTER))
        history = tuple(
            replace(one, addresses=(replace(one.addresses[0], address=SHELTER),)) for one in make_koseki().supplement
        )
        write_koseki(connection, MIHON, replace(make_koseki("koseki", "kengo", None), supplement=history))
        yield connection
    database.close()


@pytest.mark.parametrize("kind", CertificateKind)
def test_i3_prepare_and_release_want_the_same_of_every_kind(connection: Connection, kind: CertificateKind) -> None:
    by_damage = (Exemption(Ground.DAMAGE, 0, 0),)
    in_force = replace(EVERYTHING, kinds=tuple(replace(each, exemptions=by_damage) for each in EVERYTHING.kinds))
    line = OrderLine(kind, Scope.SELF, matter="2026" if has_matter(kind) else "")
    order = Order(MIHON, "kiosk-1", bytes(16), bytes(32), (line,), "", 300, "standard", 1)
    prepared = read_snapshot(connection, MIHON, "kengo", wanted_for_order(order, in_force))
    released = read_status(connection, MIHON, "kengo", wanted_for([kind]))
    assert prepared is not None
    assert released is not None
    assert prepared.damages, "the fee hangs on it"
    assert (prepared.version, prepared.protected) == (released.version, released.protected)
    assert PrintedAddress.HOUSEHOLD in released.protected
    of_koseki_itself = kind in (CertificateKind.KOSEKI_FULL, CertificateKind.KOSEKI_INDIVIDUAL)
    assert is_withheld(kind, released) != of_koseki_itself
