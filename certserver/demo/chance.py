"""Choices by chance that come out the same for the same seed on every machine and Python. Nothing here is secret: these
are no keys."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import shake_256
from typing import Protocol, TypeVar

T = TypeVar("T")

_FINE = 53


class RandomSource(Protocol):
    """What is asked of a seeded generator, such as `random.Random(seed)`."""

    def getrandbits(self, k: int, /) -> int:
        """A number of `k` random bits."""
        ...


class SeededSource:
    """A seeded generator: the same seed gives the same bits for ever."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._calls = 0

    def getrandbits(self, k: int, /) -> int:
        """A number of `k` random bits."""
        self._calls += 1
        length = (k + 7) // 8
        drawn = shake_256(f"{self._seed}/{self._calls}".encode()).digest(length)
        return int.from_bytes(drawn, "big") >> (8 * length - k)


class Dice:
    """Throws for the population."""

    def __init__(self, source: RandomSource) -> None:
        self._source = source

    def key(self) -> str:
        """128 random bits in hex, as registers use for their keys."""
        return f"{self._source.getrandbits(128):032x}"

    def below(self, end: int) -> int:
        """A number from 0 to `end` - 1."""
        return self._source.getrandbits(_FINE) * end >> _FINE

    def between(self, first: int, last: int) -> int:
        """A number from `first` to `last`, both included."""
        return first + self.below(last - first + 1)

    def chance(self, probability: float) -> bool:
        """True with that probability."""
        return self.below(1_000_000) < probability * 1_000_000

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, all alike."""
        return values[self.below(len(values))]

    def pick_early(self, values: Sequence[T]) -> T:
        """One of the values: the sooner it stands, the more often."""
        return values[min(self.below(len(values)), self.below(len(values)))]

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included; `first` when it is later than `last`."""
        return first + timedelta(days=self.below(max((last - first).days, 0) + 1))
