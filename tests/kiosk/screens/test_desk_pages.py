"""The pages of the clerk's window: as they were found good, and without a dead key.
After looking at a change: KOUFU_GOLDEN=write makes these pictures anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.counter import scenes as at
from kiosk.counter.day.day import Stage
from kiosk.counter.day.entries import Served
from kiosk.counter.desk import Desk
from kiosk.counter.effects import WriteDay
from kiosk.counter.packages import PACKAGES
from kiosk.counter.rules import DeskRules
from kiosk.counter.staff import Role, Staff
from kiosk.counter.step import step
from kiosk.counter.touches import DeskTouch
from kiosk.flow.effects import StartTimer, StopTimer
from kiosk.flow.state import Terminal
from kiosk.screens.desk_samples import PAGES
from kiosk.screens.fingers import walk
from kiosk.screens.gallery import DESK_LOOKS
from tests.kiosk.screens.test_clerk_window import TwoWindows
from tests.support.golden_screens import looks_as_before

LOOKED_AT = (
    *((name, "") for name in ("desk-sign-in", "desk-opening", "desk-day", "desk-queue", "desk-money", "desk-change")),
    *((name, "") for name in ("desk-guiding", "desk-custody", "desk-supplies", "desk-destroy", "desk-deposit")),
    ("desk-papers", ""),
    ("desk-papers-asking", "-english"),
    ("desk-supplies", "-english"),
    ("desk-count-cash", "-large"),
)


@pytest.fixture(scope="module")
def two(qapp: object) -> Iterator[TwoWindows]:
    windows = TwoWindows()
    windows.clerk.open(full_screen=False)
    windows.resident.open(full_screen=False)
    yield windows
    windows.clerk.close()
    windows.resident.close()


def shown(two: TwoWindows, name: str, look: str) -> None:
    desk, terminal = PAGES[name]
    language, large = DESK_LOOKS[look]
    two.show(replace(desk, language=language, large=large), terminal)


@pytest.mark.parametrize(("name", "look"), LOOKED_AT)
def test_a_page_looks_as_it_was_found_good(two: TwoWindows, name: str, look: str, root: Path, tmp_path: Path) -> None:
    shown(two, name, look)
    two.clerk.picture(tmp_path / "shown.png")
    assert looks_as_before(tmp_path / "shown.png", root / "tests/golden/screens" / f"{name}{look}.png")


@pytest.mark.parametrize("name", PAGES)
def test_every_key_of_a_page_means_something_to_the_desk(two: TwoWindows, name: str) -> None:
    desk, terminal = PAGES[name]
    desk = replace(desk, notice="")
    model = two.clerk.model(desk, terminal, two.resident.screen(terminal))
    chosen = {control.name for control in model.controls() if control.chosen}
    dead = []
    for key, touch in model.touches().items():
        assert isinstance(touch, DeskTouch)
        after, effects = step(desk, touch, DeskRules(separate=True), PACKAGES)
        done = [effect for effect in effects if not isinstance(effect, StartTimer | StopTimer)]
        if key not in chosen and replace(after, armed=(), timer_runs=0) == desk and not done:
            dead.append(key)
    assert not dead


@pytest.mark.parametrize("name", ["desk-day", "desk-order", "desk-cases", "desk-custody", "desk-supplies"])
def test_that_somebody_did_not_come_is_said_on_every_page_of_the_desk(two: TwoWindows, name: str) -> None:
    desk, terminal = PAGES[name]
    desk = replace(desk, form=(("yen-1", "3"),))
    called = desk.day.called
    assert called is not None
    touch = two.clerk.model(desk, terminal, two.resident.screen(terminal)).touches()["came-not"]
    assert isinstance(touch, DeskTouch)
    after, effects = step(desk, touch, DeskRules(separate=True), PACKAGES)
    assert WriteDay(Served(called.number, came=False), desk.by) in effects
    assert after.form == desk.form


def test_a_field_that_gets_the_keyboard_comes_into_sight(two: TwoWindows, qtbot: QtBot) -> None:
    shown(two, "desk-supplies", "-large")
    two.clerk.view.requestActivate()
    two.clerk.settle()
    field = next(item for item in walk(two.clerk.view.contentItem()) if item.objectName() == "field:yen-1")
    field.forceActiveFocus()
    two.clerk.settle()
    assert field.mapToScene(field.boundingRect().bottomLeft()).y() < two.clerk.view.height() - 100


def said(two: TwoWindows, desk: Desk, terminal: Terminal) -> str:
    return repr(two.clerk.model(desk, terminal, two.resident.screen(terminal))).replace("|", "")


def test_who_counts_is_not_told_beforehand_what_should_be_there(two: TwoWindows) -> None:
    desk, terminal = PAGES["desk-count-things"]
    uncounted = replace(desk.day, stage=Stage.OPEN, cash=None, things=None)
    drawer, blank, kept = "引き出しにあるはず", "トレイの白紙", "預かり品"
    before = said(two, replace(desk, scene=at.Home(), day=uncounted), terminal)
    assert not [words for words in (drawer, blank, f"{len(uncounted.custody)}点") if words in before]
    officer = replace(desk, scene=at.Home(), day=uncounted, staff=Staff("K0001", Role.OFFICER))
    assert drawer in said(two, officer, terminal)
    counting = replace(desk, day=replace(desk.day, things=None))
    assert kept in said(two, counting, terminal)
    assert "A-0007" not in said(two, counting, terminal)
    assert "value='2'" not in said(two, counting, terminal)
    assert "A-0007" in said(two, *PAGES["desk-differs-things"])
    assert drawer in said(two, replace(desk, scene=at.Home()), terminal)
