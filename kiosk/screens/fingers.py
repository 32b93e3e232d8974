"""Fingers and keyboard of a scripted person on a window: what can be touched, and touching it as a person would."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from kiosk.errors import KioskError

KINDS = ("key", "bench")


class NoSuchControl(KioskError):
    """A scripted person wants to touch what is not on the screen, or can't be touched now."""


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    """All visible items below, in drawing order."""
    below = item.childItems()[::-1]
    while below:
        child = below.pop()
        if child.isVisible():
            yield child
            below += child.childItems()[::-1]


def controls(view: QQuickView, kinds: tuple[str, ...] = KINDS) -> tuple[str, ...]:
    """Names of all that can be touched now."""
    return tuple(name for name, _ in _live(view, kinds))


def touch(view: QQuickView, name: str, kinds: tuple[str, ...] = KINDS) -> None:
    """Presses and lifts in the middle of it. Raises `NoSuchControl`."""
    item = next((item for each, item in _live(view, kinds) if each == name), None)
    if item is None:
        raise NoSuchControl(f"{name}: there are {', '.join(controls(view, kinds))}")
    _scroll_to(item)
    middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    at = QPoint(round(middle.x()), round(middle.y()))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def type_text(view: QQuickView, text: str) -> None:
    """Types into whatever has the keyboard: ASCII by keys, all else as an input method commits it."""
    view.requestActivate()
    QGuiApplication.processEvents()
    for character in text:
        if character.isascii():
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, view, Qt.Key.Key_unknown, character, Qt.KeyboardModifier.NoModifier
            )
        elif (focused := view.focusObject()) is not None:
            event = QInputMethodEvent()
            event.setCommitString(character)
            QGuiApplication.sendEvent(focused, event)


def _scroll_to(item: QQuickItem) -> None:
    """Turns the wheel until the whole of it can be seen, where it stands on a page that is longer than its window."""
    page = next((above for above in _above(item) if above.property("contentY") is not None), None)
    if page is None:
        return
    top, height = item.mapToItem(page, QPointF(0, 0)).y(), page.height()
    beyond = min(0.0, top) + max(0.0, top + item.height() - height)
    if beyond:
        page.setProperty("contentY", page.property("contentY") + beyond)


def _above(item: QQuickItem) -> Iterator[QQuickItem]:
    above: object = item.parentItem()
    while isinstance(above, QQuickItem):
        yield above
        above = above.parentItem()


def _live(view: QQuickView, kinds: tuple[str, ...]) -> Iterator[tuple[str, QQuickItem]]:
    for item in walk(view.contentItem()):
        kind, _, name = item.objectName().partition(":")
        if kind in kinds and name and item.isEnabled() and item.property("live") is not False:
            yield name, item
