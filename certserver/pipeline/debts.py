"""Keeps what terminals tell of money that they owe on slips, until the office pays it back. Told twice it is one."""

from sqlalchemy import and_, func, insert, select, update

from certserver.pipeline.parts import Parts
from certserver.ports import unix
from certserver.storage.debts import debts

DEBT, UNCONFIRMED_DEBT, PAID_AFTER_ALL = "debt", "unconfirmed-debt", "paid-after-all"
"""Occasions of a call for staff that are about a debt, as on the wire."""


def keep_debt(parts: Parts, municipality: str, terminal: str, occasion: str, reference: str, yen: int) -> None:
    """What a call for staff says of the debt with this number; of one that was paid back nothing is changed any more.
    Raises `StorageError` when the database does not answer: then the terminal tells it again."""
    if not reference or occasion not in (DEBT, UNCONFIRMED_DEBT, PAID_AFTER_ALL):
        return
    table = debts.c
    this = and_(table.municipality == municipality, table.reference == reference, table.terminal == terminal)
    with parts.database.writing() as connection:
        known = connection.execute(select(table.paid_at, table.came_out).where(this)).one_or_none()
        if occasion == PAID_AFTER_ALL:
            # Told again it is the same money: the most of it counts, not the sum.
            more = func.greatest if connection.dialect.name == "postgresql" else func.max
            connection.execute(
                update(debts).where(this, table.paid_at.is_(None)).values(came_out=more(table.came_out, yen))
            )
            return
        told = {"yen": yen, "confirmed": occasion == DEBT}
        if known is not None:
            connection.execute(update(debts).where(this, table.paid_at.is_(None)).values(**told))
            return
        row = {"municipality": municipality, "reference": reference, "terminal": terminal, "came_out": 0}
        connection.execute(insert(debts).values(**row, **told, told_at=unix(parts.clock.now())))
