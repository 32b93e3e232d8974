"""What is in the memory of a running process, as its core dump would hold it: every private mapping that can be
written, read through /proc. The process is of the tests' own and stands still meanwhile."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

BLOCK = 1 << 24
"""Bytes read at once; what is looked for may lie across two blocks."""


def descendants(process: int) -> tuple[int, ...]:
    """The process and all below it."""
    found = [process]
    for each in found:
        for task in Path(f"/proc/{each}/task").iterdir():
            with suppress(OSError):
                found += [int(child) for child in (task / "children").read_text().split()]
    return tuple(found)


def found_in_memory(process: int, needles: Sequence[bytes]) -> dict[bytes, int]:
    """How often each lies in the process's memory; those that don't are left out."""
    found: dict[bytes, int] = {}
    longest = max(len(needle) for needle in needles)
    # Most of a memory is zeros, and without them a text is nearly the same in every encoding: what is not in what is
    # left of both can't be in the memory itself.
    likenesses: dict[bytes, list[bytes]] = {}
    for needle in needles:
        likenesses.setdefault(_without_zeros(needle), []).append(needle)
    with _standing_still(process):
        for content in _mappings(process, longest - 1):
            left = _without_zeros(content)
            for likeness, alike in likenesses.items():
                if likeness not in left:
                    continue
                for needle in alike:
                    times = content.count(needle)
                    if times:
                        found[needle] = found.get(needle, 0) + times
    return found


def _without_zeros(content: bytes) -> bytes:
    return content.translate(None, b"\0")


def _mappings(process: int, overlap: int) -> Iterator[bytes]:
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            places, rights, *_ = line.split()
            first, end = (int(place, 16) for place in places.split("-"))
            if "w" not in rights:
                continue
            for start in range(first, end, BLOCK):
                with suppress(OSError):  # what can't be read is in no dump either
                    yield os.pread(memory.fileno(), min(BLOCK + overlap, end - start), start)


@contextmanager
def _standing_still(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
