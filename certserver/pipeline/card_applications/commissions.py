"""Commissions of a municipality as rows: what it opened at whose place. An operator enters them; see
`certserver.applications.commissions`."""

from datetime import date

from sqlalchemy import Connection, insert, select

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.dated import Confirmed
from certserver.applications.places import Place, Procedure
from certserver.storage.applications import commissions

_SOURCE = "the municipality's own entry"


def read_commissions(connection: Connection, municipality: str) -> tuple[Commission, ...]:
    """All that were ever entered, by office and day."""
    table = commissions.c
    rows = connection.execute(
        select(commissions).where(table.municipality == municipality).order_by(table.office, table.place, table.since)
    )
    return tuple(
        Commission(
            since=row.since,
            until=row.until,
            source=_SOURCE,
            confirmed=Confirmed.DESIGN,
            municipality=row.municipality,
            office=row.office,
            place=Place(row.place),
            procedures=frozenset(map(Procedure, row.procedures.split())),
            resolution=_paper(row.resolution_cited, row.resolution_day),
            contract=_paper(row.contract_cited, row.contract_day),
            notice=_paper(row.notice_cited, row.notice_day),
        )
        for row in rows
    )


def add_commission(connection: Connection, commission: Commission) -> None:
    """Enters one. SQLAlchemy's `IntegrityError` when the office has one for this place since that day."""
    assert commission.since is not None, "a commission begins on a day"
    connection.execute(
        insert(commissions).values(
            municipality=commission.municipality,
            office=commission.office,
            place=commission.place.value,
            since=commission.since,
            until=commission.until,
            procedures=" ".join(sorted(each.value for each in commission.procedures)),
            **_columns("resolution", commission.resolution),
            **_columns("contract", commission.contract),
            **_columns("notice", commission.notice),
        )
    )


def _paper(cited: str | None, day: date | None) -> DatedPaper | None:
    return None if cited is None or day is None else DatedPaper(cited, day)


def _columns(name: str, paper: DatedPaper | None) -> dict[str, object]:
    return {
        f"{name}_cited": None if paper is None else paper.cited,
        f"{name}_day": None if paper is None else paper.day,
    }
