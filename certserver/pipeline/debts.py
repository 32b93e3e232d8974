"""Keeps what terminals tell of money that they owe on slips, until the office pays it back. Told twice it is one."""

from sqlalchemy import and_, insert, select, update

from certserver.pipeline.parts import Parts
from certserver.ports import unix
from certserver.storage.debts import debts

DEBT, PAID_AFTER_ALL = "debt", "paid-after-all"
UNCONFIRMED_DEBT, UNCONFIRMED_CASHLESS_DEBT = "unconfirmed-debt", "unconfirmed-cashless-debt"
DEBTS = (DEBT, UNCONFIRMED_DEBT, UNCONFIRMED_CASHLESS_DEBT)
"""Occasions of a call for staff that are about a debt, as on the wire."""


def keep_debt(parts: Parts, municipality: str, terminal: str, occasion: str, reference: str, yen: int) -> None:
    """What a call for staff says of the debt with this number. One that was paid back stays what it was; what came out
    of the terminal all the same is noted with it, since it was paid twice then. Raises `StorageError` when the database
    does not answer: then the terminal tells it again."""
    if not reference or occasion not in (*DEBTS, PAID_AFTER_ALL):
        return
    table = debts.c
    this = and_(table.municipality == municipality, table.reference == reference, table.terminal == terminal)
    with parts.database.writing() as connection:
        asked = select(table.paid_at, table.yen, table.came_out).where(this).with_for_update()
        known = connection.execute(asked).one_or_none()
        if occasion == PAID_AFTER_ALL:
            if known is not None:
                # A sum since the debt was told last: told again it is the same money.
                connection.execute(update(debts).where(this).values(came_out=max(known.came_out, yen)))
            return
        # What is owed from now on: what came out before is off it already.
        told = {"yen": yen, "confirmed": occasion == DEBT, "came_out": 0}
        told["cashless"] = occasion == UNCONFIRMED_CASHLESS_DEBT
        if known is None:
            row = {"municipality": municipality, "reference": reference, "terminal": terminal}
            connection.execute(insert(debts).values(**row, **told, told_at=unix(parts.clock.now())))
        elif known.paid_at is None:
            connection.execute(update(debts).where(this).values(**told))
        else:
            connection.execute(update(debts).where(this).values(came_out=max(known.came_out, known.yen - yen)))
