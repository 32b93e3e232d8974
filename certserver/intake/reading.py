"""Reads the lines of CSV files into values, field by field, and puts the lines of files that belong to another beside
the line they belong to. Files are ordered by their keys, so that nothing of them is held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from certserver.intake.fields import File
from certserver.intake.findings import Broken, Rule
from certserver.intake.lines import Source

Key = tuple[Any, ...]
Cells = Mapping[str, Any]
"""Field and value; None for an empty cell."""

CHANGE = "change"
PUT, GONE = "put", "gone"
"""What a line of a change file says of its key, in a first field of its own."""

_WITHOUT_OWNER = {"residents.csv": Rule.RESIDENT, "taxes.csv": Rule.TAX, "damages.csv": Rule.DAMAGE}


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One line. `cells` is None where the line has findings or the key is to go; `gone` says the latter. `key` is None
    where it could not be read, or is not in its place."""

    line: int
    key: Key | None
    cells: Cells | None
    gone: bool = False

    def __repr__(self) -> str:
        return f"<Entry of line {self.line}>"


@dataclass(frozen=True, slots=True, repr=False)
class Owner:
    """A line, and by file the lines that belong to it."""

    entry: Entry
    owned: Mapping[str, list[Entry]]

    def __repr__(self) -> str:
        return f"<Owner of line {self.entry.line}>"


def read_entries(source: Source, file: File, *, changes: bool = False) -> Iterator[Entry]:
    """The lines of a file, in its order; those out of order are findings."""
    last: Key | None = None
    leading = 1 if changes and file.owner is None else 0
    reader = _Reader(source, file)
    names = file.header
    for number, cells, plain in source.rows([CHANGE, *file.header] if leading else file.header):
        gone = bool(leading) and cells[0] == GONE
        sound = not leading or cells[0] in (PUT, GONE)
        if not sound:
            source.find(number, CHANGE, Rule.WORD)
        wanted = file.key if gone else len(file.fields)
        values, broken = reader.read(number, cells[leading : leading + wanted], plain=plain)
        if gone and any(cells[leading + wanted :]):
            source.find(number, "", Rule.EMPTY)
            sound = False
        key = None if broken and min(broken) < file.key else reader.key(values)
        if key is not None:
            if last is not None and key <= last:
                source.find(number, file.fields[file.key - 1].name, Rule.TWICE if key == last else Rule.ORDER)
                key, sound = None, False
            else:
                last = key
        sound = sound and not broken
        yield Entry(number, key, dict(zip(names, values, strict=True)) if sound and not gone else None, gone)


def join(
    source: Source | None, owners: Iterator[Entry], others: Sequence[tuple[Source, File, Iterator[Entry]]]
) -> Iterator[Owner]:
    """Each line of the first file with the lines of the others that belong to it. A line that belongs to none is a
    finding, unless the line that it may belong to could not be read."""
    waiting = [_Waiting(*other) for other in others]
    unsure = False
    for owner in owners:
        if owner.key is None:
            unsure = True
            continue
        owned = {}
        for one in waiting:
            one.skip(owner.key, unsure=unsure or (source is not None and source.lost))
            owned[one.file.name] = one.of(owner.key)
        yield Owner(owner, owned)
    for one in waiting:
        one.skip(None, unsure=unsure or (source is not None and source.lost))


class _Waiting:
    """The lines of a file that are yet to find the line they belong to."""

    def __init__(self, source: Source, file: File, entries: Iterator[Entry]) -> None:
        self.file = file
        self._source = source
        self._entries = (entry for entry in entries if entry.key is not None)
        self._next = next(self._entries, None)

    def skip(self, key: Key | None, *, unsure: bool) -> None:
        """Passes over what comes before a key, or over everything."""
        while self._next is not None and (key is None or self._shared(self._next) < key):
            if not unsure:
                rule = _WITHOUT_OWNER[self.file.owner or ""]
                self._source.find(self._next.line, self.file.fields[self.file.shared - 1].name, rule)
            self._next = next(self._entries, None)

    def of(self, key: Key) -> list[Entry]:
        """What belongs to a key."""
        found = []
        while self._next is not None and self._shared(self._next) == key:
            found.append(self._next)
            self._next = next(self._entries, None)
        return found

    def _shared(self, entry: Entry) -> Key:
        assert entry.key is not None
        return entry.key[: self.file.shared]


class _Reader:
    """Reads the cells of one line after the other. In a plain line texts stand as they are."""

    def __init__(self, source: Source, file: File) -> None:
        fields = file.fields
        self._source = source
        self._fields = fields
        self._needed = [at for at, field in enumerate(fields) if field.needed]
        self._longest = min((field.form.text for field in fields if field.form.text), default=0)
        self._all = [(at, field.form.read) for at, field in enumerate(fields)]
        self._other = [(at, field.form.read) for at, field in enumerate(fields) if not field.form.text]
        self._key = range(file.key)

    def read(self, number: int, cells: list[str], *, plain: bool) -> tuple[list[Any], list[int]]:
        """The values of the first so many fields, None for an empty cell, and which of them have a finding."""
        values: list[Any] = [text or None for text in cells]
        broken: list[int] = []
        held = len(values)
        for at, read in self._other if plain and len(max(cells, key=len)) <= self._longest else self._all:
            if at >= held:
                break
            text = values[at]
            if text is not None:
                try:
                    values[at] = read(text)
                except Broken as found:
                    self._find(number, at, found.rule, found.limit)
                    broken.append(at)
        for at in self._needed:
            if at < held and values[at] is None:
                self._find(number, at, Rule.NEEDED, None)
                broken.append(at)
        return values, broken

    def key(self, values: Sequence[Any]) -> Key:
        """The key of a line whose key fields have no finding."""
        return tuple(
            [value.value if isinstance(value, Enum) else value for value in map(values.__getitem__, self._key)]
        )

    def _find(self, number: int, at: int, rule: Rule, limit: int | None) -> None:
        self._source.find(number, self._fields[at].name, rule, limit)
