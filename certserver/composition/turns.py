"""Turns for what takes long: a few at once, a few more that wait for a moment, and everybody else is told to come back.
However slow it is, it never holds the threads by which all other pages are answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from certserver.errors import Busy

LONGEST_WAIT_S = 10.0
_RETRY_S = 10


class Turns:
    """`at_once` go on together, `waiting` more wait for at most `longest_wait_s` seconds each."""

    def __init__(self, at_once: int, waiting: int, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._longest_wait_s = longest_wait_s
        self._inside = BoundedSemaphore(at_once + waiting)
        self._turn = BoundedSemaphore(at_once)

    @contextmanager
    def one(self) -> Iterator[None]:
        """One's turn. Raises `Busy`."""
        with _held(self._inside, 0.0), _held(self._turn, self._longest_wait_s):
            yield


@contextmanager
def _held(places: BoundedSemaphore, longest_wait_s: float) -> Iterator[None]:
    if not places.acquire(timeout=longest_wait_s):
        raise Busy(_RETRY_S)
    try:
        yield
    finally:
        places.release()
