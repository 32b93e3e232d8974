"""What a clerk's desk beside the terminal tells, and what it waits for. One of a visit carries its `attempt` (I2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CounterTook:
    """A clerk's desk wants the terminal for a case; it gets it when nobody is served and nothing lies there (I13)."""


@dataclass(frozen=True, slots=True)
class CounterFreed:
    """The clerk's desk needs the terminal no more."""


@dataclass(frozen=True, slots=True)
class CounterDay:
    """Whether the day of the clerk's desk beside the terminal is open: only then is anybody served (money and sheets
    stand in its book)."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class SheetsShown:
    """The clerk shows the resident the sheets that came out."""

    attempt: int


@dataclass(frozen=True, slots=True)
class SheetsRefused:
    """Nobody will say of them that they are right: the resident is gone, or it could not be written down."""

    attempt: int


@dataclass(frozen=True, slots=True)
class RightNoted:
    """It is on disk that the resident has said that the sheets are right."""

    attempt: int
