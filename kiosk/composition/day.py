"""`koufu-kiosk day`: what stands in the book of a counter's day, in lines, once its chain of hashes holds. Only reads,
so it may run beside the terminal; nothing personal stands in it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

from kiosk.actions.counter.day_book import Line, Shelf, read_book
from kiosk.composition.settings import DAY_BOOK, load_settings
from kiosk.counter.day.counts import Counts


def day(settings_file: Path, date: str | None) -> Iterator[str]:
    """The lines of the day at hand, or of a closed one. Raises `ConfigurationError` when it can't be read or does not
    hold together."""
    shelf = Shelf(load_settings(settings_file).journal.with_name(DAY_BOOK))
    store = shelf.current if date is None else shelf.closed(date, 0)
    lines, now = read_book(store.read())
    if not lines:
        yield "nothing is written down"
        return
    for line in lines:
        yield _told(line)
    ends = ", ".join(now.open_ends()) or "nothing"
    yield f"drawer {now.drawer.total} yen, fees {now.fees} yen, blank {now.blank} sheets, open ends: {ends}"
    yield f"chain holds: {len(lines)} entries, last {lines[-1].digest}"


def _told(line: Line) -> str:
    entry = line.entry
    what = " ".join(f"{each.name}={_plain(getattr(entry, each.name))}" for each in fields(entry))
    return f"{line.at} {line.by or '-'} {type(entry).__name__} {what}".rstrip()


def _plain(value: object) -> str:
    match value:
        case Counts():
            return f"{value.total}({'+'.join(f'{yen}x{count}' for yen, count in value)})"
        case Enum():
            return str(value.value)
        case tuple():
            return f"[{', '.join(_plain(each) for each in value)}]"
        case _ if is_dataclass(value) and not isinstance(value, type):
            return "/".join(_plain(getattr(value, each.name)) for each in fields(value))
        case _:
            return str(value)
