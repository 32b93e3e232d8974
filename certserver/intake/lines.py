"""Reads the lines of a delivery's files one by one, never a file whole, and takes their SHA-256 on the way: what was
checked is what was loaded. A line that can't be read is a finding, and the next one is read."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from certserver.intake.characters import is_ordinary, is_plain
from certserver.intake.findings import Finding, Rule

Note = Callable[[Finding], None]

_CHUNK_BYTES = 1 << 20
_BOM = "\ufeff"


class Unreadable(Exception):
    """A file is not there, or can't be read to its end."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Source:
    """One file of a delivery. `digest` and `lines` (those of content) count once it was read to its end; `lost` says
    that a line could not be read, so that nobody knows its key."""

    def __init__(self, folder: Path, name: str, note: Note) -> None:
        self.name = name
        self.lines = 0
        self.lost = False
        self.note = note
        self._path = folder / name
        self._hash = sha256()

    @property
    def digest(self) -> str:
        """SHA-256 of what was read, in hex."""
        return self._hash.hexdigest()

    def find(self, line: int, field: str, rule: Rule, limit: int | None = None) -> None:
        """Notes a finding in this file."""
        self.note(Finding(self.name, line, field, rule, limit))

    def rows(self, header: Sequence[str]) -> Iterator[tuple[int, list[str], bool]]:
        """Line number and cells of each line under the header of a CSV file, and whether all its texts are plain; the
        header is line 1."""
        columns = len(header)
        expected = list(header)
        lines = self._texts()
        first = next(lines, None)
        if first is None or _cells(first[1].removeprefix(_BOM)) != expected:
            self._lose(1, Rule.HEADER)
            for _ in lines:  # it is read to its end all the same: its digest says whether it is the right file
                self.lines += 1
            return
        for number, text in lines:
            self.lines += 1
            cells = _cells(text)
            if cells is None:
                self._lose(number, Rule.CSV)
            elif len(cells) != columns:
                self._lose(number, Rule.COLUMNS)
            else:
                yield number, cells, '"' not in text and is_plain(text)

    def objects(self) -> Iterator[tuple[int, dict[str, object], bool]]:
        """Line number and object of each line of a file of JSON lines, and whether no character in it needs a closer
        look."""
        decode = json.JSONDecoder(object_pairs_hook=_once).decode
        for number, text in self._texts():
            self.lines += 1
            try:
                found = decode(text)
            except (ValueError, RecursionError):
                found = None
            if isinstance(found, dict):
                yield number, found, "\\" not in text and is_ordinary(text)
            else:
                self._lose(number, Rule.JSON)

    def _lose(self, line: int, rule: Rule) -> None:
        self.lost = True
        self.find(line, "", rule)

    def _texts(self) -> Iterator[tuple[int, str]]:
        number = 0
        for chunk in self._chunks():
            self._hash.update(b"".join(chunk))
            for raw in chunk:
                number += 1
                try:
                    text = raw.decode()
                except UnicodeDecodeError:
                    self.lines += 1
                    self._lose(number, Rule.UTF_8)
                    continue
                yield number, text.removesuffix("\n").removesuffix("\r")

    def _chunks(self) -> Iterator[list[bytes]]:
        """Lines by about a mebibyte. Raises `Unreadable`."""
        try:
            with self._path.open("rb", buffering=_CHUNK_BYTES) as file:
                while chunk := file.readlines(_CHUNK_BYTES):
                    yield chunk
        except OSError as error:
            raise Unreadable(self.name) from error


def _cells(text: str) -> list[str] | None:
    """The cells of a line, or None where it is no CSV. A cell never holds a line break: no register value does."""
    if '"' not in text:
        return text.split(",")
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands twice")
    return found
