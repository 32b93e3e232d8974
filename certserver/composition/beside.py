"""Runs iterators in processes of their own, so that reading and checking use every processor while writing goes on.
None is ahead by more than one item."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import TypeVar

from certserver.errors import StorageError

T = TypeVar("T")

AT_ONCE = 2
"""Iterators at work at the same time."""

_DONE = None


def beside(makes: Sequence[Callable[[], Iterator[T]]]) -> Iterator[T]:
    """What the iterators yield: each in its order, begun in theirs. Raises `StorageError` when a process ends by
    itself."""
    context = multiprocessing.get_context("fork")
    waiting = list(makes)
    running: dict[Connection, ForkProcess] = {}
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                reading, writing = context.Pipe(duplex=False)
                process = context.Process(target=_run, args=(waiting.pop(0), reading, writing), daemon=True)
                process.start()
                writing.close()
                running[reading] = process
            for ready in wait(list(running)):
                assert isinstance(ready, Connection), "only pipes are waited for"
                try:
                    found = ready.recv()
                except EOFError:
                    raise StorageError("a process that reads the delivery ended by itself: see its message") from None
                if found is _DONE:
                    running.pop(ready).join()
                    ready.close()
                else:
                    yield found
    finally:
        for reading, process in running.items():
            reading.close()
            process.terminate()
            process.join()


def _run(make: Callable[[], Iterator[T]], reading: Connection, writing: Connection) -> None:
    reading.close()
    for item in make():
        writing.send(item)
    writing.send(_DONE)
