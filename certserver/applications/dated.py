"""Rows of rules, each with the days on which it counts, where it comes from, and how sure that is. What is not
confirmed is never to be shown to anybody as a rule of the state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar


class Confirmed(Enum):
    """How sure a row is."""

    MINISTRY = "ministry"
    """It stands in the ministry's own slides of 2024."""
    SEEN = "seen"
    """A municipality's page or the trade press says so; only its beginning was read."""
    MEMORY = "memory"
    """Remembered, not looked up."""
    DESIGN = "design"
    """Chosen for this software; no source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A row that counts from `since` to `until`, both days included, in Japan. None: as far as the source tells, ever
    since or for good."""

    since: date | None = None
    until: date | None = None
    source: str
    confirmed: Confirmed

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError("a row ends before it begins")

    def counts(self, day: date) -> bool:
        """Whether the row counts on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def official(self) -> bool:
        """Whether it may be told as what the ministry says."""
        return self.confirmed is Confirmed.MINISTRY


_Row = TypeVar("_Row", bound=Dated)


def in_force(rows: Iterable[_Row], day: date) -> tuple[_Row, ...]:
    """The rows that count on a day, in their order."""
    return tuple(row for row in rows if row.counts(day))
