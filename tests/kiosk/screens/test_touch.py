"""A key acts on touch-down and counts a finger once; what lies under a sheet or is gone means nothing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from kiosk.flow import scenes
from kiosk.flow.touches import CopiesChanged, Felt, Key, LanguageChosen, OptionSet, Pressed, PurposeChosen, ScopeChosen
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.screens import samples
from kiosk.screens.fingers import NoSuchControl
from kiosk.screens.panel import PORTRAIT
from koufu.evidence.words import Option, Scope
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import items


@pytest.fixture(scope="module")
def finger(qapp: object) -> QPointingDevice:
    return QTest.createTouchDevice()


def _middle(stage: Stage, name: str) -> QPoint:
    item = next(item for item in items(stage.window) if item.objectName() == f"key:{name}" and item.isEnabled())
    middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    return QPoint(round(middle.x()), round(middle.y()))


def _shown(stage: Stage, name: str) -> Stage:
    stage.window.show(samples.ALL[name])
    stage.window.settle()
    stage.touched.clear()
    return stage


def test_a_key_acts_on_touch_down(portrait: Stage, finger: QPointingDevice) -> None:
    stage = _shown(portrait, "01-start")
    at = _middle(stage, "primary")
    QTest.touchEvent(stage.window.view, finger).press(0, at, stage.window.view).commit()
    assert stage.touched == [Pressed(Key.START)]
    QTest.touchEvent(stage.window.view, finger).release(0, at, stage.window.view).commit()
    assert stage.touched == [Pressed(Key.START)]


def test_a_finger_that_rolls_and_stays_counts_once(portrait: Stage, finger: QPointingDevice) -> None:
    stage = _shown(portrait, "04-purpose")
    view, at = stage.window.view, _middle(stage, "purpose-bank")
    QTest.touchEvent(view, finger).press(0, at, view).commit()
    for step in range(1, 12):
        QTest.touchEvent(view, finger).move(0, at + QPoint(step * 20, step), view).commit()
    for step in range(12, 0, -1):
        QTest.touchEvent(view, finger).move(0, at + QPoint(step * 20, step), view).commit()
    QTest.touchEvent(view, finger).release(0, at, view).commit()
    assert stage.touched == [PurposeChosen("bank")]


def test_a_palm_beside_the_keys_does_not_stop_a_finger(portrait: Stage, finger: QPointingDevice) -> None:
    stage = _shown(portrait, "04-purpose")
    view = stage.window.view
    QTest.touchEvent(view, finger).press(0, QPoint(20, 900), view).commit()
    QTest.touchEvent(view, finger).stationary(0).press(1, _middle(stage, "primary"), view).commit()
    assert stage.touched == [Pressed(Key.PRIMARY)]
    QTest.touchEvent(view, finger).release(0, QPoint(20, 900), view).release(
        1, _middle(stage, "primary"), view
    ).commit()


def test_keys_say_what_they_mean(portrait: Stage) -> None:
    stage = _shown(portrait, "05-options")
    for name in ("scope-self", "leave-relationship", "show-domicile", "primary", "back", "cancel"):
        stage.window.touch(name)
    assert stage.touched == [
        ScopeChosen(Scope.SELF),
        OptionSet(Option.RELATIONSHIP, False),
        OptionSet(Option.DOMICILE, True),
        Pressed(Key.PRIMARY),
        Pressed(Key.BACK),
        Pressed(Key.CANCEL),
    ]


def test_a_disabled_key_does_nothing(portrait: Stage) -> None:
    stage = _shown(portrait, "06-confirm")
    at = _middle(stage, "fewer-0")
    QTest.mouseClick(stage.window.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert stage.touched == []
    with pytest.raises(NoSuchControl):
        stage.window.touch("fewer-0")
    stage.window.touch("more-1")
    assert stage.touched == [CopiesChanged(1, 1)]


def test_nothing_under_a_sheet_can_be_touched(portrait: Stage) -> None:
    stage = _shown(portrait, "04-purpose")
    at = _middle(stage, "purpose-bank")
    stage = _shown(portrait, "over-idle")
    QTest.mouseClick(stage.window.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert stage.touched == []
    assert stage.window.controls() == ("primary",)
    stage.window.touch("primary")
    assert stage.touched == [Pressed(Key.DISMISS)]


def test_a_list_is_turned_in_pages(portrait: Stage) -> None:
    stage = _shown(portrait, "members-many")
    assert "member-m5" not in stage.window.controls()
    stage.window.touch("page-later")
    assert "member-m5" in stage.window.controls()
    assert stage.touched == []
    stage.window.touch("page-earlier")
    assert "member-m0" in stage.window.controls()


def test_in_large_type_the_first_page_of_the_basket_only_leads_on(portrait: Stage) -> None:
    terminal = replace(samples.ALL["06-confirm"], presentation=Presentation(large=True))
    portrait.window.show(terminal)
    portrait.window.settle()
    portrait.touched.clear()
    assert "more-0" not in portrait.window.controls()
    portrait.window.touch("edit")
    portrait.window.touch("more-0")
    assert portrait.touched == [CopiesChanged(0, 1)]


def test_a_key_stays_the_same_item_while_only_words_change(portrait: Stage) -> None:
    """Else a finger that is down would lose its key."""
    stage = _shown(portrait, "04-purpose")
    before = [item for item in items(stage.window) if item.objectName().startswith("key:purpose-")]
    stage.window.show(samples.at(scenes.ChoosePurpose("bank")))
    assert [item for item in items(stage.window) if item.objectName().startswith("key:purpose-")] == before


def test_the_keys_can_be_gone_through_one_by_one(portrait: Stage) -> None:
    stage = _shown(portrait, "05-options")
    view = stage.window.view
    stage.listen_to_keys()
    seen = []
    for _ in range(13):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        focused = view.activeFocusItem()
        seen.append(focused.objectName().removeprefix("key:"))
    assert seen[:3] == ["scope-household", "scope-self", "scope-members"]
    assert seen.index("primary") < seen.index("back") < seen.index("cancel") < seen.index("staff")
    while view.activeFocusItem().objectName() != "key:primary":
        QTest.keyClick(view, Qt.Key.Key_Tab)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [touch for touch in stage.touched if touch != Felt()] == [Pressed(Key.PRIMARY)]


def test_a_key_that_dies_while_it_has_the_keyboard_is_left_for_good(portrait: Stage) -> None:
    stage = _shown(portrait, "04-purpose")
    view = stage.window.view
    stage.listen_to_keys()
    QTest.keyClick(view, Qt.Key.Key_Tab)
    while view.activeFocusItem().objectName() != "key:primary":
        QTest.keyClick(view, Qt.Key.Key_Tab)
    stage.window.show(samples.ALL["purpose-empty"])
    stage.window.settle()
    seen = []
    for _ in range(14):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        seen.append(view.activeFocusItem().objectName().removeprefix("key:"))
    assert "back" in seen
    assert "primary" not in seen


def test_the_strip_leads_from_english_straight_back_to_japanese(portrait: Stage) -> None:
    portrait.window.show(replace(samples.ALL["06-confirm"], presentation=Presentation(language=Language.ENGLISH)))
    portrait.window.settle()
    portrait.touched.clear()
    portrait.window.touch("languages")
    assert portrait.touched == [LanguageChosen(Language.JAPANESE)]


def test_a_second_touch_does_not_choose_on_a_screen_that_has_just_come(qapp: object, qtbot: object) -> None:
    stage = Stage(PORTRAIT, still=False)
    stage.window.show(samples.ALL["01-start"])
    stage.window.show(samples.ALL["04-purpose"])
    stage.window.touch("purpose-bank")
    assert stage.touched == []

    def taken() -> bool:
        stage.window.touch("purpose-bank")
        return bool(stage.touched)

    qtbot.waitUntil(taken, timeout=30_000)  # type: ignore[attr-defined]
    assert stage.touched == [PurposeChosen("bank")]
    stage.window.close()
