"""A municipality's own rates as rows and back."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from certserver.errors import ConfigurationError
from certserver.office.reports.rates import Rate, RateRow
from certserver.outlets import check_place
from certserver.storage.reports import report_rates

MOST = 10**12
"""Of a rate, in yen."""


def read_rates(connection: Connection, municipality: str) -> tuple[RateRow, ...]:
    """All rows."""
    rows = connection.execute(select(report_rates).where(report_rates.c.municipality == municipality))
    return tuple(
        RateRow(Rate(row.rate), row.place, date.fromisoformat(row.since), row.amount, row.confirmed, row.source)
        for row in rows
    )


def set_rate(connection: Connection, municipality: str, row: RateRow) -> None:
    """Sets a rate from a day on, in place of what was set for that day. Raises `ConfigurationError`."""
    if not 0 <= row.amount <= MOST or not row.source.strip():
        raise ConfigurationError("a rate is a whole number from 0, and says where it comes from")
    try:
        place = check_place(row.place)
    except ValueError as error:
        raise ConfigurationError(f"{row.place} is no kind of outlet") from error
    its_own = (
        report_rates.c.municipality == municipality,
        report_rates.c.rate == row.rate.value,
        report_rates.c.place == place,
        report_rates.c.since == row.since.isoformat(),
    )
    connection.execute(delete(report_rates).where(*its_own))
    connection.execute(
        insert(report_rates).values(
            municipality=municipality,
            rate=row.rate.value,
            place=place,
            since=row.since.isoformat(),
            amount=row.amount,
            confirmed=row.confirmed,
            source=row.source,
        )
    )
