"""Every screen of a card application, on the resident's window in every look: what is there fits and can be touched;
and what both windows say, in both languages."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.counter.card_application import scenes as at
from kiosk.flow.values.presentation import Presentation
from kiosk.screens.desk_blocks import Watched
from kiosk.screens.wire import desk_json
from tests.kiosk.counter import card_samples
from tests.support.counter_screens import CaseStage, at_counter


def test_i11_the_clerks_window_tells_nothing_of_a_pin(qtbot: QtBot) -> None:
    stage = CaseStage()
    case = card_samples.samples()["by-card"]
    pages = set()
    for digits in range(5):
        typed = replace(case, scene=at.ByCard(digits))
        model = stage.clerk_sees(typed)
        assert all(block.hidden for block in model.aside if isinstance(block, Watched))
        pages.add(desk_json(replace(model, aside=())))
    stage.window.close()
    assert len(pages) == 1


@pytest.mark.parametrize("name", ["confirm", "baby-confirm", "check", "sent"])
def test_i11_no_name_and_no_number_is_said_aloud(name: str, qtbot: QtBot) -> None:
    stage = CaseStage()
    stage.show(card_samples.samples()[name], Presentation(voice=True))
    said = stage.window.screen(at_counter(Presentation(voice=True))).voice
    stage.window.close()
    assert said
    assert not any(word in said for word in ("花子", "ハナコ", "本町", "090", "一郎", "A1B2"))
