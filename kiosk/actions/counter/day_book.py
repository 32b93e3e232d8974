"""The book of the clerk's day: every entry on disk, chained by hashes, before anything is done about it; read again at
start, so that a power cut in the day loses nothing. One file for the day at hand, one for each that was closed."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from hardware.ports import Store
from kiosk.actions.whole_file import WholeFile
from kiosk.counter.day.day import Day, NotRecorded
from kiosk.counter.day.entries import Closed, Entry, Opened
from kiosk.counter.day.record import record
from kiosk.errors import ConfigurationError

BOOK = "the book of the day"

FIRST = "0" * 64
"""In the place of a hash before the very first entry."""

_KINDS: dict[str, type] = {each.__name__: each for each in get_args(Entry)}
_ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}


class DayBroken(ConfigurationError):
    """The book does not hold together: somebody changed it, or it is none."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands in the book: when (ISO 8601) and by whom, and the hash of the line before."""

    at: str
    by: str
    entry: Entry
    before: str

    def plain(self) -> dict[str, object]:
        """As it is written."""
        what = type(self.entry).__name__
        return {"at": self.at, "by": self.by, "what": what, "of": _plain(self.entry), "before": self.before}

    @property
    def digest(self) -> str:
        """SHA-256 of the line as it is written."""
        written = json.dumps(self.plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(written.encode()).hexdigest()


class Shelf:
    """Where books are kept: the day at hand in `path`, closed ones beside it under their dates."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def current(self) -> Store:
        """The day at hand."""
        return WholeFile(self._path, BOOK)

    def closed(self, day: str, number: int) -> Store:
        """A closed day; `number` tells several of one date apart."""
        more = f"-{number}" if number else ""
        return WholeFile(self._path.with_name(f"{self._path.stem}-{day}{more}{self._path.suffix}"), BOOK)


class DayBook:
    """Written from several lanes, so `guard` (a lock) is held over each entry; `now` gives local time. Opening one
    raises `DayBroken` when what is stored does not hold together: then somebody must look before the day goes on."""

    def __init__(self, shelf: Shelf, guard: AbstractContextManager[object], now: Callable[[], datetime]) -> None:
        self._shelf = shelf
        self._guard = guard
        self._now = now
        self._lines, self._day = read_book(shelf.current.read())
        self._told: Callable[[Day], None] = lambda _: None

    @property
    def day(self) -> Day:
        """The day as it stands."""
        return self._day

    def tells(self, told: Callable[[Day], None]) -> None:
        """Whom to tell of every change, from whichever lane made it. The next one waits meanwhile: it is only passed
        on."""
        self._told = told

    def write(self, entry: Entry, by: str) -> Day | NotRecorded:
        """Writes an entry down, on disk when this returns; or says why it can't be. Raises `OSError` when it could not
        be written: then it does not stand."""
        with self._guard:
            after = record(self._day, entry)
            if isinstance(after, NotRecorded):
                return after
            lines = self._lines
            if isinstance(entry, Opened) and lines:
                self._put_away(lines)
                lines = lines[-1:]
            line = Line(self._now().isoformat(timespec="seconds"), by, entry, lines[-1].digest if lines else FIRST)
            kept = (*(() if isinstance(entry, Opened) else lines), line)
            self._shelf.current.write(_written(kept))
            self._lines, self._day = kept, after
            # Told in the order in which it was written, whichever lane wrote it.
            self._told(after)
        return after

    def lines(self) -> tuple[Line, ...]:
        """The day's entries, oldest first."""
        return self._lines

    def _put_away(self, lines: tuple[Line, ...]) -> None:
        """A day that was closed is kept under its date; one of the same bytes is there already after a power cut."""
        first = lines[0].entry
        assert isinstance(first, Opened)
        written, number = _written(lines), 0
        while (there := self._shelf.closed(first.day, number).read()) is not None:
            if there == written:
                return
            number += 1
        self._shelf.closed(first.day, number).write(written)


def _written(lines: tuple[Line, ...]) -> bytes:
    return json.dumps(
        {"lines": [line.plain() for line in lines], "last": lines[-1].digest}, ensure_ascii=False, indent=0
    ).encode()


def read_book(stored: bytes | None) -> tuple[tuple[Line, ...], Day]:
    """The lines of a book and the day they add up to. Raises `DayBroken`."""
    if stored is None:
        return (), Day()
    try:
        book = json.loads(stored)
        lines = tuple(_line(each) for each in book["lines"])
        last = book["last"]
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise DayBroken(f"{BOOK} can't be read") from error
    if not lines or not isinstance(lines[0].entry, Opened) or lines[-1].digest != last:
        raise DayBroken("the book of the day does not begin or end as it must")
    before, day = lines[0].before, Day()
    for line in lines:
        if line.before != before:
            raise DayBroken("an entry of the day does not follow the one before it")
        after = record(day, line.entry)
        if isinstance(after, NotRecorded):
            raise DayBroken("an entry of the day does not add up with those before it")
        before, day = line.digest, after
    if any(isinstance(line.entry, Closed) for line in lines[:-1]):
        raise DayBroken("the day goes on after it was closed")
    return lines, day


def _line(plain: dict[str, Any]) -> Line:
    return Line(
        str(plain["at"]), str(plain["by"]), _ADAPTERS[plain["what"]].validate_python(plain["of"]), str(plain["before"])
    )


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case tuple():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value
