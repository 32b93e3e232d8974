"""At a counter of the separate type the resident is told that a clerk takes the money and hands the sheets over, in
every look, and nothing of slots and trays."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.screens import samples
from kiosk.screens.gallery import LOOKS
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.presenter import present
from kiosk.screens.sample_visits import NOW, SITE
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import Ruler, complaints
from tests.support.journey_screen import in_one_piece, words_of

SEPARATE = replace(SITE, separate=True)
PARTS = ("read", "pages", "foot", "action")
SCENES = ("08-pay-insert", "08-pay", "10-take-sheets", "returning-money")


@pytest.mark.parametrize(
    ("name", "says", "never"),
    [
        ("08-pay-insert", "お金を係員にお渡しください", "入れた"),
        ("08-pay", "係員が600円お返しします", "返却口"),
        ("10-take-sheets", "係員がお渡しします", "トレー"),
        ("returning-money", "係員がお返しします", "返却口"),
    ],
)
def test_the_resident_is_told_that_a_clerk_does_it(name: str, says: str, never: str) -> None:
    model = present(samples.ALL[name], SEPARATE, now=NOW, landscape=False)
    read = words_of(model, PARTS)
    assert in_one_piece(says) in read
    assert never not in read
    assert "係員" in model.voice or name == "08-pay"


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_it_fits_in_every_look(panel: Panel, qapp: QGuiApplication) -> None:
    stage = Stage(panel, site=SEPARATE)
    wrong = {}
    for look, presentation in LOOKS.items():
        for name in SCENES:
            stage.window.show(replace(samples.ALL[name], presentation=presentation))
            stage.window.settle()
            stage.window.view.grabWindow()
            if found := complaints(stage.window, Ruler(panel)):
                wrong[f"{name}{look}"] = found
    stage.window.close()
    assert not wrong
