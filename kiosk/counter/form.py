"""Fields of a page: what is typed and picked there, read as money, sheets and times."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

from kiosk.counter.day.counts import DENOMINATIONS, MOST_PIECES, Counts, counts
from kiosk.counter.desk import Desk

MOST_DIGITS = 5
LEAP_YEARS = 9
"""So many years at most until the 29th of February comes again."""


def typed(desk: Desk, name: str, text: str) -> Desk:
    """A field of this page."""
    others = tuple(entry for entry in desk.form if entry[0] != name)
    return replace(desk, form=(*others, (name, text)), notice="")


def cleared(desk: Desk, form: tuple[tuple[str, str], ...] = ()) -> Desk:
    """The page's fields come up anew."""
    return replace(desk, form=form, form_serial=desk.form_serial + 1, notice="")


def piece_field(yen: int) -> str:
    """The name of the field for pieces of one denomination."""
    return f"yen-{yen}"


def money(desk: Desk) -> Counts | None:
    """The pieces that were counted; None when what is typed is no number of pieces."""
    found: dict[int, int] = {}
    for yen in DENOMINATIONS:
        number = whole(desk.entered(piece_field(yen)) or "0", MOST_PIECES)
        if number is None:
            return None
        found[yen] = number
    return counts(found)


def filled(pieces: Counts) -> tuple[tuple[str, str], ...]:
    """Fields that hold these pieces."""
    return tuple((piece_field(yen), str(count)) for yen, count in pieces)


def whole(text: str, most: int) -> int | None:
    """A whole number up to `most`; None when it is none."""
    plain = text.strip()
    if not plain.isdecimal() or not plain.isascii() or len(plain) > MOST_DIGITS:
        return None
    number = int(plain)
    return number if number <= most else None


def day_of(text: str, today: str) -> str | None:
    """A day in ISO 8601, from what a clerk types: 12/2, 1202 (the next one there is), 2026-12-02, 20261202; None when
    it is none. `today` in ISO 8601."""
    parts = [each for each in re.split(r"[-/.．／月日年]", unicodedata.normalize("NFKC", text.strip())) if each]
    if not all(each.isdecimal() and each.isascii() for each in parts):
        return None
    if len(parts) == 1 and len(parts[0]) in (4, 8):
        figures = parts[0]
        parts = [figures[:-4], figures[-4:-2], figures[-2:]] if len(figures) == 8 else [figures[:2], figures[2:]]
    if len(parts) == 3:
        return _day(parts[0], parts[1], parts[2])
    if len(parts) != 2 or not today:
        return None
    years = (int(today[:4]) + more for more in range(LEAP_YEARS))
    days = (_day(str(year), *parts) for year in years)
    return next((each for each in days if each is not None and each >= today), None)


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def time_of_day(text: str) -> str | None:
    """A time as HH:MM, from what a clerk types: 9:30, 930, 0930; None when it is none."""
    figures = text.strip().replace("：", ":").replace(":", "")
    if not figures.isdecimal() or not figures.isascii() or len(figures) not in (3, 4):
        return None
    hours, minutes = int(figures[:-2]), int(figures[-2:])
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else None
