"""Stored settings that this build can't read: rows of an older or newer build, or made by hand. While one would count,
nobody knows what was set, and nothing is served by a guess. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Stored(Enum):
    """Of what a stored row is."""

    KINDS = "kinds"
    FEES = "fees"
    HOURS = "hours"
    TAX_YEARS = "tax-years"
    CLOSURES = "closures"
    PURPOSES = "purposes"
    PROFILE = "profile"
    RETENTION = "retention"
    IDENTITY = "identity"
    CARD_MAKER = "card-maker"
    REFUSALS = "refusals"
    COMMISSIONS = "commissions"


OF_KINDS = frozenset({Stored.KINDS, Stored.FEES, Stored.HOURS, Stored.TAX_YEARS})
"""Without any of them a kind is not offered."""

OF_ALL = frozenset({Stored.CLOSURES, Stored.PROFILE})
"""Without them nothing is: whether it is closed, and in whose name, counts for every kind."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What is set of something can't be read: from `since` until `until` (Unix seconds; None: while nothing else is
    set). `name` is the word of the kind, or of what else there is one of each; `why` is for whoever runs the server."""

    of: Stored
    name: str
    since: int
    until: int | None
    why: str
    refused: bool = False
    """It can be read, and counts as it is, but is refused where it is set: nobody could set it like this any more."""

    def counts(self, at: int) -> bool:
        """Whether it would count at an instant (Unix seconds)."""
        return self.since <= at and (self.until is None or at < self.until)


def unread_at(unread: Iterable[Unread], at: int, of: Iterable[Stored] = Stored) -> tuple[Unread, ...]:
    """What of these can't be read that would count at an instant (Unix seconds)."""
    wanted = frozenset(of)
    return tuple(each for each in unread if each.of in wanted and each.counts(at))
