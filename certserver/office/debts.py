"""Debts on slips of terminals, as the office pays them back: against the number on the slip, once."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, select, update

from certserver.errors import NoSuchEntry
from certserver.ledger.audit import AuditEvent
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.storage.debts import debts

LONGEST_NUMBER = 64
"""Characters of a slip's number, and more than one has."""


@dataclass(frozen=True, slots=True)
class Debt:
    """`reference` as on the slip. `cashless`: not confirmed, of a payment without cash, of which the terminal goes on
    asking. In yen: `told` by the terminal, `came_out` of it after all, `paid` at the office,
    which is None as long as nobody paid. Instants in Unix seconds."""

    reference: str
    terminal: str
    told_at: int
    told: int
    confirmed: bool
    cashless: bool
    came_out: int
    paid_at: int | None
    paid_by: str | None
    paid: int | None

    @property
    def due(self) -> int:
        """Yen that are still to be paid back."""
        return max(0, self.told - self.came_out) if self.paid_at is None else 0

    @property
    def twice(self) -> int:
        """Yen that were paid back at the office and came out of the terminal as well."""
        return 0 if self.paid is None else max(0, self.paid + self.came_out - self.told)


def all_debts(desk: Desk, terminal: str | None = None) -> tuple[Debt, ...]:
    """Those with something due first, then those paid twice, then the newest."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return debts_in(connection, desk.municipality, terminal)


def debts_in(connection: Connection, municipality: str, terminal: str | None = None) -> tuple[Debt, ...]:
    """The same, read here."""
    asked = select(debts).where(debts.c.municipality == municipality)
    if terminal is not None:
        asked = asked.where(debts.c.terminal == terminal)
    found = [_debt(row) for row in connection.execute(asked)]
    return tuple(sorted(found, key=lambda each: (not each.due, not each.twice, -each.told_at, each.reference)))


def pay(desk: Desk, reference: str, yen: int, terminal: str | None = None, *, looked: bool = False) -> Debt:
    """Notes that so many yen, all that is due on the slip of this number, were paid back. `looked`: somebody compared
    the device's count first, or asked whoever runs the cashless payments, as it takes where no device vouches for the
    debt. Raises `NoSuchEntry` when there
    is no such number, `Objected` when it was paid, came out after all, must be looked into first, is that of several
    terminals, or another sum is due by now."""
    desk.demand(Right.KEEP_TERMINALS)
    table, number = debts.c, reference.strip().lower()
    wanted = and_(table.municipality == desk.municipality, table.reference == number)
    if terminal is not None:
        wanted = and_(wanted, table.terminal == terminal)
    with desk.changing() as (connection, book):
        found = [_debt(row) for row in connection.execute(select(debts).where(wanted).with_for_update())]
        if not found:
            raise NoSuchEntry(f"no terminal told of a debt with the number {reference}")
        if len(found) > 1:
            raise Objected(Objection.DEBT_OF_SEVERAL, terminals=", ".join(sorted(each.terminal for each in found)))
        debt = found[0]
        if debt.paid_at is not None:
            raise Objected(Objection.DEBT_PAID, number=debt.reference, by=debt.paid_by)
        if not debt.due:
            raise Objected(Objection.DEBT_CAME_OUT, number=debt.reference)
        if not debt.confirmed and not looked:
            why = Objection.DEBT_CASHLESS if debt.cashless else Objection.DEBT_UNCONFIRMED
            raise Objected(why, number=debt.reference)
        if debt.due != yen:
            raise Objected(Objection.DEBT_CHANGED, number=debt.reference, yen=f"{debt.due:,}")
        of_it = and_(wanted, table.terminal == debt.terminal)
        paid = {"paid_at": desk.now(), "paid_by": desk.who.mark, "paid_yen": debt.due}
        connection.execute(update(debts).where(of_it).values(**paid))
        what = f"{debt.due} yen against slip {number}"
        desk.note(book, AuditEvent.DEBT_PAID, {"terminal": debt.terminal, "what": what})
    return debt


def _debt(row: Row[Any]) -> Debt:
    return Debt(
        reference=row.reference.upper(),
        terminal=row.terminal,
        told_at=row.told_at,
        told=row.yen,
        confirmed=row.confirmed,
        cashless=row.cashless,
        came_out=row.came_out,
        paid_at=row.paid_at,
        paid_by=row.paid_by,
        paid=row.paid_yen,
    )
