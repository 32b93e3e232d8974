"""The case of papers on both windows: what the resident sees fits in every look, and every page says in both languages
what it has to."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from hardware.keypad.pin import PinPad
from kiosk.counter import scenes as desk_at
from kiosk.counter.desk import Desk, OpenCase
from kiosk.counter.kinds import CaseKind
from kiosk.counter.papers.case import Asking, CameOut, Choosing, Making, Naming, NoPaper, PapersCase, Scene
from kiosk.counter.papers.values import Procedure, Question, Sheet, Why
from kiosk.flow.scenes import AtCounter
from kiosk.flow.state import Terminal
from kiosk.flow.values import Language, Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.counter.cases import shown_by
from kiosk.screens.counter.context import Surroundings
from kiosk.screens.counter.presenter import present_desk
from kiosk.screens.gallery import LOOKS
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.window import KioskWindow
from tests.kiosk.counter.desk_walk import AKI
from tests.kiosk.screens.geometry import Ruler, complaints

PANELS = {"portrait": PORTRAIT, "landscape": LANDSCAPE}
SHEET = Sheet.PINS_EXPLAINED
SCENES: tuple[Scene, ...] = (
    Choosing(),
    Asking(Question(Procedure.EXPRESS)),
    Naming(Sheet.DELIVERY_NOTICE),
    Making(SHEET),
    Making(SHEET, printing=True),
    CameOut(SHEET, 1),
    CameOut(Sheet.DELIVERY_NOTICE, 2),
    *(NoPaper(SHEET, why) for why in Why),
)


def desk_with(scene: Scene, language: Language, *, large: bool = False) -> Desk:
    opened = OpenCase(CaseKind.PAPERS, PapersCase(1, scene, officer=True), AKI.mark)
    return Desk(scene=desk_at.InCase(), staff=AKI, case=opened, language=language, large=large)


def at_counter(look: Presentation) -> Terminal:
    return replace(samples.ALL["01-start"], scene=AtCounter(), presentation=look)


class Stage:
    """The resident's window with a case of papers at the desk."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.desk = Desk()
        self.window = KioskWindow(
            *(panel, sample_visits.SITE, PinPad(), lambda _: None, lambda: sample_visits.NOW),
            still=True,
            by_desk=shown_by(lambda: self.desk),
        )
        self.window.open(full_screen=False)

    def show(self, scene: Scene, look: Presentation) -> None:
        self.desk = desk_with(scene, look.language)
        self.window.show(at_counter(look))
        self.window.settle()
        self.window.view.grabWindow()


@pytest.mark.parametrize("look", [look for look in LOOKS if look not in ("-left", "-contrast")])
@pytest.mark.parametrize("panel", PANELS)
def test_everything_fits_and_can_be_touched(panel: str, look: str, qtbot: QtBot) -> None:
    stage = Stage(PANELS[panel])
    for scene in (CameOut(SHEET, 1), Choosing()):
        stage.show(scene, LOOKS[look])
        assert not complaints(stage.window, Ruler(stage.panel)), scene
    stage.window.close()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("scene", SCENES)
def test_the_clerk_has_a_page_in_both_languages_and_a_way_on(scene: Scene, large: bool, qtbot: QtBot) -> None:
    stage = Stage(PORTRAIT)
    terminal = at_counter(Presentation())
    around = Surroundings(terminal, stage.window.screen(terminal), sample_visits.SITE, sample_visits.NOW)
    titles = set()
    for language in (Language.JAPANESE, Language.ENGLISH):
        model = present_desk(desk_with(scene, language, large=large), around)
        titles.add(model.title)
        keys = model.touches()
        waits = isinstance(scene, Making)
        assert waits == (not {"primary", "end", "back", "another"} & keys.keys())
        if isinstance(scene, Choosing):
            assert {f"paper-{sheet.value}" for sheet in Sheet} <= keys.keys()
    assert len(titles) == 2
    stage.window.close()
