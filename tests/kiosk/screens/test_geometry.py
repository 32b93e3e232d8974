"""Every screen in every look: targets a finger can hit, words that fit, nothing over anything, no warning from Qt."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.flow.values import Language, Presentation
from kiosk.screens import sample_visits, samples
from kiosk.screens.gallery import LOOKS
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import Ruler, complaints, items

EVERYWHERE = {**samples.PICTURED, **samples.BETWEEN}
"""Dead ends stand where they stand in any reach and for either hand."""

SEEN = {
    "-low": EVERYWHERE,
    "-low-large": EVERYWHERE,
    "-left": samples.PICTURED,
    "-contrast": samples.PICTURED,
}
"""What is measured in looks that change only places or only colours; all else in all others."""


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("panel", ["portrait", "landscape"])
def test_everything_fits_and_can_be_touched(panel: str, look: str, stages: dict[str, Stage]) -> None:
    stage = stages[panel]
    ruler = Ruler(stage.panel)
    wrong = {}
    for name, terminal in SEEN.get(look, samples.ALL).items():
        stage.window.show(replace(terminal, presentation=LOOKS[look]))
        stage.window.settle()
        stage.window.view.grabWindow()
        if found := complaints(stage.window, ruler):
            wrong[name] = found
    assert not wrong


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE])
def test_every_language_key_fits_with_its_own_script(panel: Panel, qapp: QGuiApplication) -> None:
    stage = Stage(panel, site=replace(sample_visits.SITE, languages=tuple(Language)))
    for presentation in (Presentation(), Presentation(language=Language.ENGLISH)):
        stage.window.show(replace(samples.PICTURED["01-start"], presentation=presentation))
        stage.window.settle()
        stage.window.view.grabWindow()
        assert len([name for name in stage.window.controls() if name.startswith("language-")]) == len(Language)
        assert not complaints(stage.window, Ruler(panel))
    stage.window.close()


def test_in_low_reach_all_targets_stand_between_300_and_466_mm(portrait: Stage) -> None:
    ruler = Ruler(portrait.panel)
    for large in (False, True):
        for name, terminal in EVERYWHERE.items():
            portrait.window.show(replace(terminal, presentation=Presentation(low_reach=True, large=large)))
            portrait.window.settle()
            portrait.window.view.grabWindow()
            for key, rect, _ in ruler.keys(items(portrait.window)):
                assert rect.top() >= 295, (name, key)
                assert rect.bottom() <= 469, (name, key)


def test_no_target_stands_above_238_mm(portrait: Stage) -> None:
    ruler = Ruler(portrait.panel)
    for name, terminal in EVERYWHERE.items():
        portrait.window.show(terminal)
        portrait.window.settle()
        portrait.window.view.grabWindow()
        for key, rect, _ in ruler.keys(items(portrait.window)):
            assert rect.top() >= 237.5, (name, key)
