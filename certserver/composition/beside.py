"""Runs an iterator in a process of its own, so that reading and checking use one processor while writing uses another.
It never has more than a few items on their way."""

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import TypeVar

from certserver.errors import StorageError

T = TypeVar("T")

_DONE = None


def beside(make: Callable[[], Iterator[T]]) -> Iterator[T]:
    """What the iterator yields, in its order. Raises `StorageError` when its process ends by itself. A pipe holds less
    than one batch: the other process is ahead by what it has at hand."""
    context = multiprocessing.get_context("fork")
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(make, reading, writing), daemon=True)
    process.start()
    writing.close()
    try:
        while True:
            try:
                found = reading.recv()
            except EOFError:
                raise StorageError("the process that reads the delivery ended by itself: see its message") from None
            if found is _DONE:
                return
            yield found
    finally:
        reading.close()
        process.join()


def _run(make: Callable[[], Iterator[T]], reading: Connection, writing: Connection) -> None:
    reading.close()
    try:
        for item in make():
            writing.send(item)
        writing.send(_DONE)
    except BrokenPipeError:
        # Whoever wanted the items wants no more.
        return
