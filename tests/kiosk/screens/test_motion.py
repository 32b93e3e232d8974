"""What moves on a terminal that serves residents, and that nothing is left over when it has moved."""

import pytest
from pytestqt.qtbot import QtBot

from kiosk.screens import samples
from kiosk.screens.panel import PORTRAIT
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import items


@pytest.fixture(scope="module")
def moving(qapp: object) -> Stage:
    return Stage(PORTRAIT, still=False)


def _layers(stage: Stage) -> int:
    zone = next(item for item in items(stage.window) if item.objectName() == "zone:read")
    return len(zone.childItems())


def test_reading_cross_fades_and_leaves_one_screen(moving: Stage, qtbot: QtBot) -> None:
    for name in ("01-start", "02-put-card", "03-pin", "04-purpose", "06-confirm"):
        moving.window.show(samples.ALL[name])
    assert _layers(moving) > 1
    qtbot.waitUntil(lambda: _layers(moving) == 1, timeout=30_000)


def test_the_card_moves_along_its_arrow(moving: Stage, qtbot: QtBot) -> None:
    moving.window.show(samples.ALL["02-put-card"])
    first = moving.window.view.grabWindow()
    qtbot.waitUntil(lambda: moving.window.view.grabWindow() != first, timeout=30_000)


def test_a_window_can_close_while_something_moves(moving: Stage) -> None:
    moving.window.show(samples.ALL["03-pin"])
    moving.window.show(samples.ALL["04-purpose"])
    moving.window.close()
    moving.window.settle()
