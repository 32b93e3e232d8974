"""The clerk's window: what is typed and pressed there, what is shown of the resident, and what is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import PinPad
from kiosk.counter import scenes as at
from kiosk.counter.case import FieldTyped
from kiosk.counter.desk import Desk
from kiosk.counter.touches import DeskKey, DeskPressed, DeskTouch, SecretTyped, TabChosen
from kiosk.flow.state import Terminal
from kiosk.screens import samples
from kiosk.screens.clerk_window import ClerkWindow
from kiosk.screens.fingers import walk
from kiosk.screens.panel import PORTRAIT
from kiosk.screens.sample_visits import COUNTER, NOW, SITE
from kiosk.screens.window import KioskWindow
from tests.kiosk.counter.desk_walk import AKI


class TwoWindows:
    def __init__(self) -> None:
        self.told: list[DeskTouch] = []
        self.pad = PasswordPad()
        self.resident = KioskWindow(PORTRAIT, SITE, PinPad(), lambda _: None, lambda: NOW, still=True)
        self.clerk = ClerkWindow(COUNTER, self.pad, self.told.append, lambda: NOW, self.resident.image, still=True)

    def show(self, desk: Desk, terminal: Terminal) -> None:
        self.resident.show(terminal)
        self.clerk.show(desk, terminal, self.resident.screen(terminal))
        self.clerk.settle()


@pytest.fixture
def two(qtbot: QtBot) -> Iterator[TwoWindows]:
    windows = TwoWindows()
    windows.clerk.open(full_screen=False)
    windows.resident.open(full_screen=False)
    qtbot.waitExposed(windows.clerk.view)
    yield windows
    windows.clerk.close()
    windows.resident.close()


def test_text_is_typed_letter_by_letter_and_a_password_only_counted(two: TwoWindows) -> None:
    two.show(Desk(), samples.ALL["01-start"])
    two.clerk.type("mark", "K1")
    assert two.told == [FieldTyped("mark", "K"), FieldTyped("mark", "K1")]
    two.told.clear()
    two.clerk.type("secret", "a -")
    assert two.told == [SecretTyped(1), SecretTyped(2), SecretTyped(3)]
    assert two.pad.take().utf8() == b"a -"
    two.told.clear()
    two.clerk.type("code", "１2x")
    assert two.told[-1] == FieldTyped("code", "12")


def test_a_long_password_stays_in_its_box(two: TwoWindows) -> None:
    shown = []
    for characters in (0, 32):
        second = at.SignIn(mark="K2", characters=characters)
        two.show(Desk(staff=AKI, scene=at.BeforeTwo(at.PayOwed(1), second)), samples.ALL["01-start"])
        two.clerk.touch("code")
        shown.append(two.clerk.image().convertToFormat(QImage.Format.Format_RGB32))
    field = next(item for item in walk(two.clerk.view.contentItem()) if item.objectName() == "field:secret")
    box = field.mapRectToScene(field.boundingRect()).toAlignedRect()
    assert shown[0].copy(box) != shown[1].copy(box)
    for picture in shown:
        painter = QPainter(picture)
        painter.fillRect(box, 0)
        painter.end()
    assert shown[0] == shown[1]


def test_what_was_typed_stays_when_the_page_comes_back_late(two: TwoWindows) -> None:
    two.show(Desk(), samples.ALL["01-start"])
    two.clerk.type("mark", "K12")
    two.show(Desk(scene=at.SignIn(mark="K1")), samples.ALL["01-start"])
    two.clerk.type("mark", "7")
    assert two.told[-1] == FieldTyped("mark", "K127")
    two.show(Desk(scene=at.SignIn(round=1)), samples.ALL["01-start"])
    two.clerk.type("mark", "N")
    assert two.told[-1] == FieldTyped("mark", "N")


def test_pages_are_turned_and_the_desk_locked_by_its_keys(two: TwoWindows) -> None:
    two.show(Desk(scene=at.Home(), staff=AKI), samples.ALL["01-start"])
    two.clerk.touch("tab-cases")
    two.clerk.touch("lock")
    assert two.told == [TabChosen(at.Tab.CASES), DeskPressed(DeskKey.LOCK)]


def test_the_clerk_sees_the_residents_screen_but_nothing_while_a_pin_is_typed(two: TwoWindows, tmp_path: Path) -> None:
    choosing, confirming = (_seen(two, name, tmp_path) for name in ("04-purpose", "06-confirm"))
    assert choosing != confirming
    empty, typed = (_seen(two, name, tmp_path) for name in ("pin-empty", "pin-complete"))
    assert empty == typed
    assert empty not in (choosing, confirming)


def _seen(two: TwoWindows, name: str, folder: Path) -> bytes:
    two.show(Desk(scene=at.Home(), staff=AKI), samples.ALL[name])
    two.clerk.picture(folder / "clerk.png")
    return (folder / "clerk.png").read_bytes()
