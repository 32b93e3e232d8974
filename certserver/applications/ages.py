"""Ages and birthdays that card and X.509 depend on. Pure; the day is an argument."""

from dataclasses import dataclass
from datetime import date

from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.days import full_years


@dataclass(frozen=True, slots=True)
class AloneRow(Dated):
    """From which age somebody applies and sets a PIN alone. Before it, and for an adult ward (成年被後見人), the legal
    representative comes along and sets it, and no signing X.509 is issued."""

    from_age: int


ALONE = AloneRow(15, source="several municipal pages", confirmed=Confirmed.SEEN)


@dataclass(frozen=True, slots=True)
class TermRow(Dated):
    """Which birthday after its issue ends a card of somebody of an age; the highest age that was reached counts."""

    from_age: int
    birthdays: int


_MIYAKONOJO = "municipal page (miyakonojo)"

CARD_TERMS = (
    TermRow(0, 5, source=_MIYAKONOJO, confirmed=Confirmed.SEEN),
    TermRow(20, 10, until=date(2022, 3, 31), source=_MIYAKONOJO, confirmed=Confirmed.SEEN),
    TermRow(18, 10, since=date(2022, 4, 1), source=_MIYAKONOJO, confirmed=Confirmed.SEEN),
)


def card_birthdays(born: date, accepted_on: date) -> int:
    """How many birthdays a card lasts whose application the card maker accepted on a day: 10, or 5 before adult age."""
    age = full_years(born, accepted_on)
    reached = [row for row in in_force(CARD_TERMS, accepted_on) if row.from_age <= age]
    return max(reached, key=lambda row: row.from_age).birthdays


def needs_legal_representative(born: date, day: date, *, adult_ward: bool) -> bool:
    """Whether somebody can't apply alone."""
    return adult_ward or full_years(born, day) < ALONE.from_age


def birthday(born: date, year: int) -> date:
    """The birthday in a year, as validity counts it: 28 February in common years for who was born on the 29th (from
    memory, not confirmed; an age is reached otherwise, see `certserver.days.full_years`)."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def nth_birthday(born: date, issued_on: date, nth: int, *, issue_day_counts: bool) -> date:
    """The nth birthday after the day of issue, where that day itself may be the first."""
    this_year = birthday(born, issued_on.year)
    gone = this_year < issued_on or (this_year == issued_on and not issue_day_counts)
    return birthday(born, issued_on.year + nth - 1 + gone)
