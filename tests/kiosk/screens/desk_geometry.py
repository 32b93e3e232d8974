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
    return [each for item in walk(view.contentItem()) for each in (*_words(item), *_typed(item))]


def _words(item: QQuickItem) -> Iterator[str]:
    text = item.property("text")
    if item.property("parts") is None or not text:
        return
    if item.property("forced") and not (str(text).isascii() and str(text).isalnum()):
        yield f"{text!r} is broken by letters"
    place = _place(item)
    if place is None:
        if _ink(item).width() > item.width() + SLACK:
            yield f"{text!r} is {_ink(item).width():.0f} pixels wide in {item.width():.0f}"
        return
    ink, room = item.mapRectToItem(place, _ink(item)), place.boundingRect()
    if not room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(ink):
        yield f"{text!r} of {ink.width():.0f} x {ink.height():.0f} pixels leaves {place.objectName()} of " + (
            f"{room.width():.0f} x {room.height():.0f}"
        )


def _ink(item: QQuickItem) -> QRectF:
    shown, free = item.property("shown"), item.width() - item.property("shown")
    align = item.property("align")
    return QRectF(0 if align == 1 else free if align == 2 else free / 2, 0, shown, item.property("implicitHeight"))


def _typed(item: QQuickItem) -> Iterator[str]:
    if item.objectName().startswith("field:") and item.inherits("QQuickTextEdit"):
        wide, tall = item.property("contentWidth"), item.property("contentHeight")
        if wide > item.width() + SLACK or tall > item.height() + SLACK:
            yield f"what is typed into {item.objectName()} is {wide:.0f} x {tall:.0f} pixels in " + (
                f"{item.width():.0f} x {item.height():.0f}"
            )


def _place(item: QQuickItem) -> QQuickItem | None:
    """The key or field in which something stands."""
    above = item.parentItem()
    while above is not None:
        if above.objectName().startswith(("key:", "box:")) and above.objectName() != "key:":
            return above
        above = above.parentItem()
    return None
