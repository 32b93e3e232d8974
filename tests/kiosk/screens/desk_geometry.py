"""What an eye would complain about on the clerk's window: words broken by letters, or that leave the key, the field or
the column in which they stand."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem, QQuickView

from kiosk.screens.fingers import walk

SLACK = 1.0
"""Pixels: places are rounded."""


def complaints(view: QQuickView) -> list[str]:
    """Of all words that stand on the window now."""
    seen = list(walk(view.contentItem()))
    aside = next(item for item in seen if item.objectName() == "zone:aside")
    return [*(each for item in seen for each in (*_words(item), *_typed(item))), *_below(aside, view.height())]


def _words(item: QQuickItem) -> Iterator[str]:
    text = item.property("text")
    if item.property("parts") is None or not text:
        return
    if item.property("forced") and not _is_number(str(text)):
        yield f"{text!r} is broken by letters"
    place = _place(item)
    if place is None:
        if _ink(item).width() > item.width() + SLACK:
            yield f"{text!r} is {_ink(item).width():.0f} pixels wide in {item.width():.0f}"
        return
    ink, room = item.mapRectToItem(place, _ink(item)), place.boundingRect()
    if not room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(ink):
        yield f"{text!r} of {_size(ink)} leaves {place.objectName()} of {_size(room)}"


def _size(place: QRectF) -> str:
    return f"{place.width():.0f} x {place.height():.0f} pixels"


def _is_number(text: str) -> bool:
    """A document's number: of that many letters and figures no part is a word."""
    return text.isascii() and text.isalnum() and any(each.isdigit() for each in text)


def _ink(item: QQuickItem) -> QRectF:
    shown, free = item.property("shown"), item.width() - item.property("shown")
    align = item.property("align")
    return QRectF(0 if align == 1 else free if align == 2 else free / 2, 0, shown, item.property("implicitHeight"))


def _below(aside: QQuickItem, foot: float) -> Iterator[str]:
    """The part beside the matter is never scrolled."""
    if aside.mapRectToScene(aside.boundingRect()).bottom() > foot + SLACK:
        yield f"what stands beside the matter is {aside.height():.0f} pixels high"


def _typed(item: QQuickItem) -> Iterator[str]:
    if item.objectName().startswith("field:") and item.inherits("QQuickTextEdit"):
        wide, tall = item.property("contentWidth"), item.property("contentHeight")
        if wide > item.width() + SLACK or tall > item.height() + SLACK:
            yield f"in {item.objectName()} of {_size(item.boundingRect())} stand {wide:.0f} x {tall:.0f} pixels"


def _place(item: QQuickItem) -> QQuickItem | None:
    """The key or field in which something stands."""
    above: QQuickItem | None = item.parentItem()
    while above is not None and not _holds(above):
        above = above.parentItem()
    return above


def _holds(item: QQuickItem) -> bool:
    kind, _, name = item.objectName().partition(":")
    return kind in ("key", "box") and bool(name)
