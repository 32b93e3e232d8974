"""The reports there are, by the names under which command line and console offer them, and how each is made of what
the database says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from certserver.office.reports import card_queries, issued_queries, renewal_queries, service_queries
from certserver.office.reports.card_age_table import age_table
from certserver.office.reports.card_month_table import month_table as card_month_table
from certserver.office.reports.card_tables import class_table, overall_table, prefecture_table
from certserver.office.reports.certificate_tables import choice_table, month_table, outlet_table, year_table
from certserver.office.reports.claim_tables import Claim, claims, contract_table, cost_table, subsidy_table
from certserver.office.reports.fee_table import fee_table
from certserver.office.reports.months import last_day
from certserver.office.reports.rate_rows import read_rates
from certserver.office.reports.rates import Rate, RateRow, spans
from certserver.office.reports.renewal_table import renewal_table
from certserver.office.reports.service_tables import ended_table, fault_table, refusal_table, time_table
from certserver.office.reports.table import Table
from certserver.office.reports.visit_steps import Measure
from certserver.office.reports.words import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report is wanted: of which municipality, between which days, both included, for whom. `nationwide`: over
    all municipalities of the database, where a report has that; `small_numbers`: none is kept back."""

    municipality: str
    since: date
    until: date
    words: Words
    small_numbers: bool
    nationwide: bool = False
    ten_thousands: bool = False

    @property
    def whose(self) -> str | None:
        """Whose cards; None for all that there are."""
        return None if self.nationwide else self.municipality

    @property
    def span(self) -> tuple[date, date]:
        """First and last day."""
        return self.since, self.until


Make = Callable[[Connection, Asked], Table]


def _cards(connection: Connection, asked: Asked) -> Table:
    figures = card_queries.figures_overall(connection, asked.whose, asked.until)
    as_of = card_queries.as_of(connection, asked.whose, asked.until)
    return overall_table(asked.words, figures, as_of, small_cells=asked.small_numbers)


def _cards_by_month(connection: Connection, asked: Asked) -> Table:
    before, months = card_queries.figures_by_month(connection, asked.whose, *asked.span)
    as_of = card_queries.as_of(connection, asked.whose, asked.until)
    small, unit = asked.small_numbers, asked.ten_thousands
    return card_month_table(asked.words, before, months, as_of, small_cells=small, ten_thousands=unit)


def _cards_by_class(connection: Connection, asked: Asked) -> Table:
    by_code = card_queries.figures_by_code(connection, asked.whose, asked.until)
    as_of = card_queries.as_of(connection, asked.whose, asked.until)
    return class_table(asked.words, by_code, as_of, small_cells=asked.small_numbers)


def _cards_by_prefecture(connection: Connection, asked: Asked) -> Table:
    by_code = card_queries.figures_by_code(connection, asked.whose, asked.until)
    as_of = card_queries.as_of(connection, asked.whose, asked.until)
    return prefecture_table(asked.words, by_code, as_of, small_cells=asked.small_numbers)


def _cards_by_age(connection: Connection, asked: Asked) -> Table:
    cells = card_queries.figures_by_age(connection, asked.whose, asked.until)
    as_of = card_queries.as_of(connection, asked.whose, asked.until)
    return age_table(asked.words, cells, as_of, small_cells=asked.small_numbers, ten_thousands=asked.ten_thousands)


def _certificates_by_year(connection: Connection, asked: Asked) -> Table:
    copies = issued_queries.copies_by_month(connection, asked.municipality, *asked.span)
    return year_table(asked.words, copies, *asked.span)


def _certificates_by_month(connection: Connection, asked: Asked) -> Table:
    copies = issued_queries.copies_by_month(connection, asked.municipality, *asked.span)
    return month_table(asked.words, copies, *asked.span)


def _certificates_by_option(connection: Connection, asked: Asked) -> Table:
    copies = issued_queries.copies_by_choice(connection, asked.municipality, *asked.span)
    return choice_table(asked.words, copies, *asked.span, small_cells=asked.small_numbers)


def _certificates_by_outlet(connection: Connection, asked: Asked) -> Table:
    copies = issued_queries.copies_by_outlet(connection, asked.municipality, *asked.span)
    return outlet_table(asked.words, copies, *asked.span)


def _fees(connection: Connection, asked: Asked) -> Table:
    sums = issued_queries.by_day_and_outlet(connection, asked.municipality, *asked.span)
    return fee_table(asked.words, sums, *asked.span)


def _time_to_paper(connection: Connection, asked: Asked) -> Table:
    times = service_queries.visits(connection, asked.municipality, Measure.PAPER_WITHIN, *asked.span)
    return time_table(asked.words, times, *asked.span)


def _abandonment(connection: Connection, asked: Asked) -> Table:
    ended = service_queries.visits(connection, asked.municipality, Measure.ENDED, *asked.span)
    return ended_table(asked.words, ended, *asked.span)


def _refusals(connection: Connection, asked: Asked) -> Table:
    refused = service_queries.visits(connection, asked.municipality, Measure.REFUSED, *asked.span)
    return refusal_table(asked.words, refused, *asked.span)


def _faults(connection: Connection, asked: Asked) -> Table:
    return fault_table(
        asked.words,
        issued_queries.by_terminal(connection, asked.municipality, *asked.span),
        service_queries.alarms_by_source(connection, asked.municipality, *asked.span),
        issued_queries.calls_by_terminal(connection, asked.municipality, *asked.span),
        *asked.span,
    )


def _renewals(connection: Connection, asked: Asked) -> Table:
    found = renewal_queries.endings(connection, asked.whose, asked.since.replace(day=1), last_day(asked.until))
    return renewal_table(asked.words, found, *asked.span, small_cells=asked.small_numbers)


def _contract_claims(connection: Connection, asked: Asked) -> Table:
    rates = read_rates(connection, asked.municipality)
    return contract_table(
        asked.words, _commission(connection, asked, rates), _intake(connection, asked, rates), *asked.span
    )


def _subsidy_claims(connection: Connection, asked: Asked) -> Table:
    rates = read_rates(connection, asked.municipality)
    return subsidy_table(asked.words, _intake(connection, asked, rates), rates, *asked.span)


def _cost_per_certificate(connection: Connection, asked: Asked) -> Table:
    rates = read_rates(connection, asked.municipality)
    sums = issued_queries.by_outlet(connection, asked.municipality, *asked.span).values()
    delivered, captured = sum(each.delivered for each in sums), sum(each.captured for each in sums)
    commission = _commission(connection, asked, rates)
    return cost_table(asked.words, delivered, captured, commission, rates, asked.span)


def _commission(connection: Connection, asked: Asked, rates: tuple[RateRow, ...]) -> list[Claim]:
    delivered = {
        (first, place): sums.delivered
        for first, last in spans(rates, *asked.span)
        for place, sums in issued_queries.by_outlet(connection, asked.municipality, first, last).items()
    }
    return claims(delivered, rates, Rate.COMMISSION)


def _intake(connection: Connection, asked: Asked, rates: tuple[RateRow, ...]) -> list[Claim]:
    return claims(service_queries.taken_in(connection, asked.municipality, *asked.span), rates, Rate.INTAKE)


REPORTS: Mapping[str, Make] = {
    "abandonment": _abandonment,
    "cards": _cards,
    "cards-by-age": _cards_by_age,
    "cards-by-class": _cards_by_class,
    "cards-by-month": _cards_by_month,
    "cards-by-prefecture": _cards_by_prefecture,
    "certificates-by-month": _certificates_by_month,
    "certificates-by-option": _certificates_by_option,
    "certificates-by-outlet": _certificates_by_outlet,
    "certificates-by-year": _certificates_by_year,
    "contract-claims": _contract_claims,
    "cost-per-certificate": _cost_per_certificate,
    "faults": _faults,
    "fees": _fees,
    "refusals": _refusals,
    "renewals": _renewals,
    "subsidy-claims": _subsidy_claims,
    "time-to-paper": _time_to_paper,
}
"""Sorted by name."""

AT_A_DAY = frozenset({"cards", "cards-by-age", "cards-by-class", "cards-by-prefecture"})
"""Those that count everything until a day, whenever it began."""

NATIONWIDE = frozenset({"cards", "cards-by-age", "cards-by-class", "cards-by-month", "cards-by-prefecture", "renewals"})
"""Those that can be of all municipalities of the database."""

WITHHOLDING = NATIONWIDE | {"certificates-by-option"}
"""Those that keep small numbers back."""
