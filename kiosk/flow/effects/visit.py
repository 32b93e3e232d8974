"""The namespace of a visit, and its place in the journal."""

from dataclasses import dataclass

BEFORE_RESTART = 0
"""The attempt that a restart cut off. Its effects are only those that settle it."""


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A fresh namespace for a new attempt; what an older one held is erased. Answers `VisitOpened`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class EraseVisit:
    """Wipes keys, documents, answers and the PIN pad of the attempt, resets the card. Nothing answers."""

    attempt: int


@dataclass(frozen=True, slots=True)
class CloseVisit:
    """Closes the attempt's place in the journal: everything about it is settled, and a debt stands on paper or is known
    not to be printable. Nothing answers."""

    attempt: int


VisitEffect = OpenVisit | EraseVisit | CloseVisit
