"""What the journal tells: whether it can be written, and what was not begun because it can't."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JournalSeen:
    """Whether the journal can be written, and not too much in it waits for the server."""

    works: bool


@dataclass(frozen=True, slots=True)
class NotWritten:
    """What was wanted for the visit was not begun: it must be on disk first, and is not."""

    attempt: int
