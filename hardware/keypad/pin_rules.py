"""Which PINs are weak, and what a municipality wants done about it. No rule that refuses weak PINs was found in public
pages; they say "avoid". So refusing is a setting, and usually a weak PIN is warned about."""

import itertools
from dataclasses import dataclass
from datetime import date
from enum import Enum

from hardware.keypad.pin import HolderPin

_FEW = 3
"""As many different characters, or fewer, are too few for a signing PIN."""


class Weakness(Enum):
    """What makes a PIN easy to guess."""

    ALL_SAME = "all-same"
    """1111; of a signing PIN also characters of no more than three kinds."""
    IN_A_ROW = "in-a-row"
    """Each digit one more, or one less, than the one before: 1234, 7890, 4321."""
    REPEATED = "repeated"
    """A pair twice: 1212."""
    BIRTH_DATE = "birth-date"
    """Year, or month and day, of the holder's birth; within a signing PIN all eight or six digits of it."""


@dataclass(frozen=True, slots=True)
class PinPolicy:
    """What the municipality wants done about weak PINs."""

    refuses_weak: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The PIN is taken as it is."""


@dataclass(frozen=True, slots=True)
class Warned:
    """The holder is told why it is weak, and taken at their word if they choose it again."""

    weaknesses: frozenset[Weakness]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The holder has to choose another one."""

    weaknesses: frozenset[Weakness]


PinJudgement = Taken | Warned | NotTaken


def judge(pin: HolderPin, born: date | None, policy: PinPolicy) -> PinJudgement:
    """What becomes of a newly chosen PIN. `born` is the holder's birthday where the counter knows it."""
    found = weaknesses(pin, born)
    if not found:
        return Taken()
    return NotTaken(found) if policy.refuses_weak else Warned(found)


def weaknesses(pin: HolderPin, born: date | None) -> frozenset[Weakness]:
    """Everything that makes it weak. It looks at the characters where they are and keeps none."""
    with pin.view() as typed:
        found = set()
        signing = any(character > ord("9") for character in typed)
        if len(set(typed)) <= (_FEW if signing else 1):
            found.add(Weakness.ALL_SAME)
        steps = {(after - before) % 10 for before, after in itertools.pairwise(typed)}
        if not signing and steps in ({1}, {9}):
            found.add(Weakness.IN_A_ROW)
        if not signing and typed[:2] == typed[2:] and typed[0] != typed[1]:
            found.add(Weakness.REPEATED)
        if born is not None and any(_within(told, typed) for told in _birth_dates(born, signing=signing)):
            found.add(Weakness.BIRTH_DATE)
        return frozenset(found)


def _birth_dates(born: date, *, signing: bool) -> tuple[bytes, ...]:
    forms = ("%Y%m%d", "%y%m%d") if signing else ("%Y", "%m%d", "%d%m", "%y%m")
    return tuple(born.strftime(form).encode("ascii") for form in forms)


def _within(told: bytes, typed: memoryview) -> bool:
    return any(typed[at : at + len(told)] == told for at in range(len(typed) - len(told) + 1))
