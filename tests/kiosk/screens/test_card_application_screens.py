"""Every screen of a card application, on the resident's window in every look: what is there fits and can be touched;
and what both windows say, in both languages."""

from dataclasses import replace
from functools import cache

import pytest
from pytestqt.qtbot import QtBot

from hardware.camera.person import Person, draw
from hardware.keypad.pin import PinPad
from kiosk.actions.counter.pictures import Pictures, Shown
from kiosk.counter import scenes as desk_at
from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.desk import Desk, OpenCase
from kiosk.counter.kinds import CaseKind
from kiosk.flow.scenes import AtCounter
from kiosk.flow.state import Terminal
from kiosk.flow.values import Language, Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.counter.cases import shown_by
from kiosk.screens.counter.context import Surroundings
from kiosk.screens.counter.presenter import present_desk
from kiosk.screens.desk_blocks import Watched
from kiosk.screens.gallery import LOOKS
from kiosk.screens.panel import LANDSCAPE, PORTRAIT
from kiosk.screens.window import KioskWindow
from kiosk.screens.wire import desk_json
from tests.kiosk.counter import card_samples
from tests.kiosk.counter.desk_walk import AKI
from tests.kiosk.screens.geometry import Ruler, complaints

PANELS = {"portrait": PORTRAIT, "landscape": LANDSCAPE}


@cache
def cases() -> dict[str, CardCase]:
    return card_samples.samples()


def pictures() -> Pictures:
    shown = Pictures()
    drawn = draw(Person(), 320, 240, 0)
    for name in ("live", "taken", "form-0"):
        shown.put(name, Shown(320, 240, 3, drawn.tobytes()))
    return shown


class Stage:
    """The resident's window with a case of the desk."""

    def __init__(self, panel: str) -> None:
        self.panel = PANELS[panel]
        self.desk = Desk()
        self.window = KioskWindow(
            *(self.panel, sample_visits.SITE, PinPad(), lambda _: None, lambda: sample_visits.NOW),
            still=True,
            by_desk=shown_by(lambda: self.desk),
            pictures=pictures().look,
        )
        self.window.open(full_screen=False)

    def show(self, case: CardCase, look: Presentation) -> None:
        self.desk = desk_with(case, look.language)
        self.window.show(at_counter(look))
        self.window.settle()
        self.window.view.grabWindow()


def desk_with(case: CardCase, language: Language = Language.JAPANESE, *, large: bool = False) -> Desk:
    opened = OpenCase(CaseKind.CARD_APPLICATION, case, AKI.mark)
    return Desk(scene=desk_at.InCase(), staff=AKI, case=opened, language=language, large=large)


def at_counter(look: Presentation) -> Terminal:
    return replace(samples.ALL["01-start"], scene=AtCounter(), presentation=look)


@pytest.mark.parametrize("look", [look for look in LOOKS if look not in ("-left", "-contrast")])
@pytest.mark.parametrize("panel", PANELS)
def test_everything_fits_and_can_be_touched(panel: str, look: str, qtbot: QtBot) -> None:
    stage = Stage(panel)
    wrong = {}
    for name, case in cases().items():
        stage.show(case, LOOKS[look])
        if found := complaints(stage.window, Ruler(stage.panel)):
            wrong[name] = found
    stage.window.close()
    assert not wrong


def test_i11_the_clerks_window_tells_nothing_of_a_pin(qtbot: QtBot) -> None:
    stage = Stage("portrait")
    case = cases()["by-card"]
    pages = set()
    for digits in range(5):
        typed = replace(case, scene=at.ByCard(digits))
        stage.show(typed, Presentation())
        terminal = at_counter(Presentation())
        around = Surroundings(terminal, stage.window.screen(terminal), sample_visits.SITE, sample_visits.NOW)
        model = present_desk(desk_with(typed), around)
        assert all(block.hidden for block in model.aside if isinstance(block, Watched))
        pages.add(desk_json(replace(model, aside=())))
    stage.window.close()
    assert len(pages) == 1


@pytest.mark.parametrize("name", ["confirm", "baby-confirm", "check", "sent"])
def test_i11_no_name_and_no_number_is_said_aloud(name: str, qtbot: QtBot) -> None:
    stage = Stage("portrait")
    stage.show(cases()[name], Presentation(voice=True))
    said = stage.window.screen(at_counter(Presentation(voice=True))).voice
    stage.window.close()
    assert said
    assert not any(word in said for word in ("花子", "ハナコ", "本町", "090", "一郎", "A1B2"))
