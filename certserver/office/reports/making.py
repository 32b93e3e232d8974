"""What officers do with reports: have one made, hand figures over, set a rate. A report that follows ledger and audit
log says until when it does."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from certserver.errors import ConfigurationError, NotAllowed
from certserver.ledger.audit import OPERATOR
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.reports.catalogue import AT_A_DAY, NATIONWIDE, REPORTS, WITHHOLDING, Asked
from certserver.office.reports.following import Followed, follow_logs
from certserver.office.reports.handing_in import Taken, take_card_figures, take_issued_figures
from certserver.office.reports.months import last_day
from certserver.office.reports.rate_rows import set_rate
from certserver.office.reports.rates import RateRow
from certserver.office.reports.table import Table
from certserver.office.reports.withholding import SMALL
from certserver.office.reports.words import Language, Words, words_in
from certserver.office.rights import Right
from certserver.ports import in_japan

LONGEST_DAYS = 3_700
"""Ten years, of days or of months."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report by its name, between two days, both included. `public`: small numbers are kept back, whoever asks.
    `portions`: how much is added to the sums first at most, None for all that is missing."""

    name: str
    since: date
    until: date
    language: Language = Language.JAPANESE
    nationwide: bool = False
    ten_thousands: bool = False
    public: bool = False
    portions: int | None = None


def make_report(desk: Desk, wanted: Wanted) -> Table:
    """The report. Raises `NotAllowed`, and `ConfigurationError` for one that there is not or can't be so."""
    desk.demand(Right.SEE)
    make = REPORTS.get(wanted.name)
    if make is None:
        raise ConfigurationError(f"there is no report {wanted.name}: {', '.join(REPORTS)}")
    if not 0 <= (wanted.until - wanted.since).days <= LONGEST_DAYS:
        raise Objected(Objection.REPORT_SPAN)
    if wanted.name in WITHHOLDING and not desk.who.may(Right.SEE_SMALL_NUMBERS):
        _require_months(wanted, in_japan(desk.now()).date())
    if wanted.nationwide and desk.actor != OPERATOR:
        raise NotAllowed("figures of other municipalities are for the operator of the server alone")
    if wanted.nationwide and wanted.name not in NATIONWIDE:
        raise ConfigurationError(f"{wanted.name} is of one municipality")
    followed = follow_logs(desk.database, desk.municipality, wanted.portions)
    words = words_in(wanted.language)
    asked = Asked(
        municipality=desk.municipality,
        since=wanted.since,
        until=wanted.until,
        words=words,
        small_numbers=not wanted.public and desk.who.may(Right.SEE_SMALL_NUMBERS),
        nationwide=wanted.nationwide,
        ten_thousands=wanted.ten_thousands,
    )
    with desk.database.reading() as connection:
        table = make(connection, asked)
    return _with_notes(table, words, followed, of_cards=wanted.name in NATIONWIDE)


def _require_months(wanted: Wanted, today: date) -> None:
    """Two spans that differ by a day tell the numbers of that day: whoever may not see small ones asks for whole
    months, none of which still grows. Raises `ConfigurationError`."""
    begins = wanted.name in AT_A_DAY or wanted.since.day == 1
    if not begins or wanted.until != last_day(wanted.until) or wanted.until >= today:
        raise Objected(Objection.WHOLE_MONTHS)


def hand_over_cards(desk: Desk, lines: Iterable[str], *, nationwide: bool = False) -> Taken:
    """Takes in counts of cards and people from a file, all of it or nothing. Raises `NotAllowed` and
    `ConfigurationError`."""
    desk.demand(Right.DRAFT_SETTINGS)
    if nationwide and desk.actor != OPERATOR:
        raise NotAllowed("figures of other municipalities are for the operator of the server alone")
    with desk.changing() as (connection, book):
        taken = take_card_figures(connection, None if nationwide else desk.municipality, lines)
        desk.note_set(book, f"figures of cards handed over: {taken.lines} lines")
    return taken


def hand_over_issued(desk: Desk, lines: Iterable[str]) -> Taken:
    """The same for issued certificates."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        taken = take_issued_figures(connection, desk.municipality, lines)
        desk.note_set(book, f"figures of issued certificates handed over: {taken.lines} lines")
    return taken


def enter_rate(desk: Desk, row: RateRow) -> None:
    """Sets a rate. Raises `NotAllowed` and `ConfigurationError`."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        set_rate(connection, desk.municipality, row)
        desk.note_set(book, f"rate {row.rate.value} at {row.place} from {row.since}: {row.amount}")


def _with_notes(table: Table, words: Words, followed: Followed, *, of_cards: bool) -> Table:
    notes = table.notes
    if table.withholds:
        notes += (words("withheld.note", small=SMALL),)
    if not of_cards and followed.mark.at:
        notes += (words("follows.until", instant=f"{in_japan(followed.mark.at):%Y-%m-%d %H:%M}"),)
    if not of_cards and followed.behind:
        notes += (words("follows.behind", entries=f"{followed.behind:,}"),)
    return replace(table, notes=notes)
