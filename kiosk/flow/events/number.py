"""What is told while a holder hears their individual number. No event can hold a figure of it (decision 0011)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeadphonesSeen:
    """Whether headphones are plugged in."""

    attempt: int
    plugged: bool


@dataclass(frozen=True, slots=True)
class NumberCardRead:
    """Tries left of the PIN that the number lies behind, 0 when it is locked; None for a card that keeps no number."""

    attempt: int
    tries_left: int | None


@dataclass(frozen=True, slots=True)
class NumberTold:
    """It was said. Not `whole`: the headphones were pulled out."""

    attempt: int
    whole: bool
