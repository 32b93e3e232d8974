"""The bytes of a log's file: a line that says how long the file is, then a line an entry (its number, the SHA-256 of
the entry before, its own, what it says), then zeros: room that is there already. Where the chain ends is the end.
Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

FIRST = "0" * 64
"""What stands for the entry before the very first."""
LONGEST_ENTRY = 65_536
"""Bytes of a line that is appended; what a file begins with may be longer."""
LONGEST_FILE = 16_000_000
_HEAD = re.compile(rb"koufu-log/1 ([0-9]{10})\n")
_ENTRY = re.compile(rb"(?=([0-9]{12}) ([0-9a-f]{64}) ([0-9a-f]{64}) )")
_PREFIX = 12 + 1 + 64 + 1 + 64 + 1


class BrokenChain(Exception):
    """The bytes are no log, or not the log that was written. The text says what does not fit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`number` counts all entries from 1, over all files; `before` is the hash of the one before, `own` this one's."""

    number: int
    before: str
    own: str
    said: bytes


@dataclass(frozen=True, slots=True)
class Chain:
    """A file's entries, at least one, oldest first. The next one's place is at the byte `end` of `size`."""

    entries: tuple[Entry, ...]
    end: int
    size: int

    @property
    def first(self) -> Entry:
        """What the file began with."""
        return self.entries[0]

    @property
    def last(self) -> Entry:
        """The newest."""
        return self.entries[-1]


def entry(number: int, before: str, said: bytes) -> Entry:
    """The entry of this number that says so. Raises `ValueError` when that is not one line without zeros."""
    if b"\n" in said or b"\0" in said:
        raise ValueError("an entry is one line")
    return Entry(number, before, _hash(number, before, said), said)


def line(entry: Entry) -> bytes:
    """The entry's bytes."""
    return b"%012d %s %s %s\n" % (entry.number, entry.before.encode(), entry.own.encode(), entry.said)


def fresh(first: Entry, room: int) -> tuple[bytes, int]:
    """The bytes of a file that begins so and has this much room, and where the next entry comes."""
    head, begun = len(b"koufu-log/1 0000000000\n"), line(first)
    size = head + len(begun) + room
    return b"koufu-log/1 %010d\n%s%s" % (size, begun, bytes(room)), head + len(begun)


def parse(content: bytes) -> Chain:
    """The entries in a file's bytes. Only the very last may be cut off: no reader can tell such a one from one that
    never was. Raises `BrokenChain`."""
    head = _HEAD.match(content)
    if head is None:
        raise BrokenChain("it does not begin as a log does")
    if int(head[1]) != len(content):
        raise BrokenChain(f"it has {len(content)} bytes and was made with {int(head[1])}")
    entries: list[Entry] = []
    at = head.end()
    while (found := _entry_at(content, at)) is not None:
        if entries:
            _follows(found, entries[-1])
        entries.append(found)
        at += _PREFIX + len(found.said) + 1
    if not entries:
        raise BrokenChain("its first entry was changed")
    _nothing_after(content, at, entries[-1])
    return Chain(tuple(entries), at, len(content))


def _entry_at(content: bytes, at: int) -> Entry | None:
    prefix = _ENTRY.match(content, at)
    end = content.find(b"\n", at)
    if prefix is None or end < 0:
        return None
    number, before, own = int(prefix[1]), prefix[2].decode(), prefix[3].decode()
    said = content[at + _PREFIX : end]
    return Entry(number, before, own, said) if own == _hash(number, before, said) else None


def _follows(entry: Entry, last: Entry) -> None:
    if entry.number != last.number + 1:
        raise BrokenChain(f"after entry {last.number} comes entry {entry.number}")
    if entry.before != last.own:
        raise BrokenChain(f"entry {entry.number} is of another branch than entry {last.number}")


def _nothing_after(content: bytes, end: int, last: Entry) -> None:
    """What is there beyond the end was cut off while it was written: one entry's bytes, and none in them is whole."""
    rest = content[end:].rstrip(b"\0")
    if len(rest) > LONGEST_ENTRY or any(_entry_at(rest, place) is not None for place in _places(rest)):
        raise BrokenChain(f"entry {last.number + 1} was changed")


def _places(rest: bytes) -> Iterator[int]:
    return (found.start() for found in _ENTRY.finditer(rest))


def linked(former: Chain, chain: Chain) -> None:
    """The one file goes on where the other ended. The last entry of the former may be one that nobody knew to be on
    disk: then another has its number, in the file that came after. Raises `BrokenChain`."""
    first = chain.first
    if (first.number - 1, first.before) not in {(each.number, each.own) for each in former.entries[-2:]}:
        raise BrokenChain(f"entry {first.number} does not follow entry {former.last.number} of the file before")


def _hash(number: int, before: str, said: bytes) -> str:
    return sha256(b"%012d %s " % (number, before.encode()) + said).hexdigest()
