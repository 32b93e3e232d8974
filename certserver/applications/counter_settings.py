"""What a municipality sets for its counters, as dated rows: which documents say who somebody is, and when its card
maker works. Where it set nothing this software's rows count. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TypeVar

from certserver.applications.express_dates import MakerCalendar
from certserver.applications.identity import (
    COMBINATIONS,
    DOCUMENTS,
    Combination,
    DocumentClass,
    IdentityDocument,
    IdentityPolicy,
)

CLASSED = frozenset(row.document for row in DOCUMENTS)
"""Documents that a municipality puts into a class, or takes in none; a 通知カード only completes a combination."""
COMBINED = frozenset(row.combination for row in COMBINATIONS)
"""What a municipality may take for an application; what identifies somebody elsewhere follows from the classes."""
MOST_AHEAD = 1_000_000


@dataclass(frozen=True, slots=True)
class IdentitySetting:
    """Documents of either class, and the combinations that are taken, from `effective_at` (Unix seconds) on. For how
    long a document counts at all stays the rows' business. Raises `ValueError` for a document in both classes, one that
    has none, and where nobody could be identified."""

    effective_at: int
    class_a: tuple[IdentityDocument, ...]
    class_b: tuple[IdentityDocument, ...]
    combinations: tuple[Combination, ...]

    def __post_init__(self) -> None:
        listed = (*self.class_a, *self.class_b)
        if len(set(listed)) != len(listed) or not set(listed) <= CLASSED:
            raise ValueError("a document is of one class, and a notice card of none")
        if not self.combinations or not set(self.combinations) <= COMBINED or not self.class_a:
            raise ValueError("some document with a photo is taken, in some combination")

    def policy(self) -> IdentityPolicy:
        """As the rules know it."""
        classes = dict.fromkeys(self.class_a, DocumentClass.A) | dict.fromkeys(self.class_b, DocumentClass.B)
        source = "set by the municipality"
        documents = (
            replace(row, of=classes[row.document], source=source) for row in DOCUMENTS if row.document in classes
        )
        taken = (row for row in COMBINATIONS if row.combination in self.combinations)
        return IdentityPolicy(tuple(documents), tuple(taken))


@dataclass(frozen=True, slots=True)
class MakerSetting:
    """Until when on a day (Japan) the card maker takes express applications, on which days it rests besides, and how
    many cards wait there, as far as the municipality was told; from `effective_at` (Unix seconds) on. Raises
    `ValueError` for a queue out of bounds."""

    effective_at: int = 0
    cut_off: time = MakerCalendar().cut_off
    maintenance: tuple[date, ...] = ()
    cards_ahead: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.cards_ahead <= MOST_AHEAD:
            raise ValueError(f"0 to {MOST_AHEAD} cards are expected")

    def calendar(self) -> MakerCalendar:
        """As the rules know it."""
        return MakerCalendar(self.cut_off, frozenset(self.maintenance))


_Setting = TypeVar("_Setting", IdentitySetting, MakerSetting)


@dataclass(frozen=True, slots=True)
class CounterSettings:
    """All that a municipality ever set of either."""

    identity: tuple[IdentitySetting, ...] = ()
    maker: tuple[MakerSetting, ...] = ()

    def identity_at(self, at: int) -> IdentitySetting | None:
        """What counts at an instant (Unix seconds), None where nothing was set."""
        return _newest(self.identity, at)

    def maker_at(self, at: int) -> MakerSetting | None:
        """The same of the card maker."""
        return _newest(self.maker, at)

    def policy(self, at: int) -> IdentityPolicy:
        """What is taken at an instant (Unix seconds)."""
        found = self.identity_at(at)
        return IdentityPolicy() if found is None else found.policy()


def _newest(settings: Sequence[_Setting], at: int) -> _Setting | None:
    return max((each for each in settings if each.effective_at <= at), key=lambda each: each.effective_at, default=None)
