"""Digits go from the keys to the pad; nothing else ever learns which (I11)."""

import json
import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.flow.touches import Key, PinTyped, Pressed
from kiosk.screens import sample_visits, samples
from kiosk.screens.presenter import present
from kiosk.screens.wire import screen_json
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import items


def _typing(stage: Stage) -> Stage:
    stage.window.show(samples.ALL["pin-empty"])
    stage.window.settle()
    stage.touched.clear()
    stage.pad.clear()
    return stage


def test_i11_the_flow_learns_how_many_digits_and_the_pad_which(portrait: Stage) -> None:
    stage = _typing(portrait)
    for digit in "1397":
        stage.window.touch(f"digit-{digit}")
    assert stage.touched == [PinTyped(1), PinTyped(2), PinTyped(3), PinTyped(4)]
    assert bytes(stage.pad.take().view()) == b"1397"


def test_i11_the_same_from_a_tactile_keypad(portrait: Stage) -> None:
    stage = _typing(portrait)
    view = stage.window.view
    stage.listen_to_keys()
    for key in (Qt.Key.Key_0, Qt.Key.Key_5, Qt.Key.Key_Backspace, Qt.Key.Key_8):
        QTest.keyClick(view, key)
    assert stage.touched == [PinTyped(1), PinTyped(2), PinTyped(1), PinTyped(2)]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert stage.touched[-1] == PinTyped(0)
    stage.window.show(samples.ALL["pin-complete"])
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert stage.touched.pop() == Pressed(Key.PRIMARY)


def test_i11_digits_are_typed_nowhere_else(portrait: Stage) -> None:
    portrait.window.show(samples.ALL["04-purpose"])
    portrait.touched.clear()
    portrait.listen_to_keys()
    QTest.keyClick(portrait.window.view, Qt.Key.Key_7)
    assert portrait.touched == []
    assert repr(portrait.pad) == "<PinPad 0 digits>"


def test_digits_are_taken_back(portrait: Stage) -> None:
    stage = _typing(portrait)
    for name in ("digit-1", "digit-2", "digit-3", "erase-one", "erase-all"):
        stage.window.touch(name)
    assert stage.touched == [PinTyped(n) for n in (1, 2, 3, 2, 0)]
    assert repr(stage.pad) == "<PinPad 0 digits>"


def test_i11_no_digit_is_in_the_screen_that_is_shown() -> None:
    """Two PINs look the same: the model holds a count."""
    model = json.loads(
        screen_json(present(samples.ALL["03-pin"], sample_visits.SITE, now=sample_visits.NOW, landscape=False))
    )
    dots = next(block for block in model["read"] if block["type"] == "PinDots")
    assert dots["digits"] == 2
    assert model["pages"][0][0].keys() == {"type", "gap", "height", "digit", "eraseAll", "eraseOne"}


def test_i11_no_digit_is_spoken_or_logged(portrait: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage = _typing(portrait)
    with caplog.at_level(logging.DEBUG):
        for digit in range(10):
            stage.window.touch(f"digit-{digit}")
            stage.window.touch("erase-all")
    assert not caplog.records
    spoken = {item.property("spoken") for item in items(stage.window) if item.objectName().startswith("key:digit-")}
    assert spoken == {"数字のキー"}
