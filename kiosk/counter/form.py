"""Fields of a page: what is typed and picked there, read as money, sheets and times."""

from dataclasses import replace

from kiosk.counter.day.counts import DENOMINATIONS, MOST_PIECES, Counts, counts
from kiosk.counter.desk import Desk

MOST_DIGITS = 5


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


def time_of_day(text: str) -> str | None:
    """A time as HH:MM, from what a clerk types: 9:30, 930, 0930; None when it is none."""
    figures = text.strip().replace("：", ":").replace(":", "")
    if not figures.isdecimal() or not figures.isascii() or len(figures) not in (3, 4):
        return None
    hours, minutes = int(figures[:-2]), int(figures[-2:])
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else None
