"""How long a person waits for a screen: measured as the processor time of a change on the software renderer, so that a
busy machine does not fail it."""

import time

import pytest

from kiosk.screens import samples
from tests.kiosk.screens.conftest import Stage

MOST_S = 0.1


def _change(stage: Stage, name: str) -> float:
    before = time.process_time()
    stage.window.show(samples.ALL[name])
    stage.window.view.grabWindow()
    took = time.process_time() - before
    stage.window.settle()
    return took


@pytest.mark.parametrize("panel", ["portrait", "landscape"])
def test_a_screen_stands_within_100_ms(panel: str, stages: dict[str, Stage]) -> None:
    for name in samples.PICTURED:
        _change(stages[panel], name)
    took = {name: min(_change(stages[panel], name), _change_again(stages[panel], name)) for name in samples.PICTURED}
    assert max(took.values()) < MOST_S, took


def _change_again(stage: Stage, name: str) -> float:
    stage.window.show(samples.ALL["closed-two"])
    stage.window.settle()
    return _change(stage, name)


def test_a_digit_of_the_pin_shows_within_100_ms(portrait: Stage) -> None:
    _change(portrait, "pin-empty")
    assert _change(portrait, "03-pin") < MOST_S
