"""At a counter of the separate type the resident is told that a clerk takes the money and hands the sheets over, in
every look, and nothing of slots and trays."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.flow.values.presentation import Language
from kiosk.screens import samples
from kiosk.screens.gallery import LOOKS
from kiosk.screens.panel import LANDSCAPE, PORTRAIT, Panel
from kiosk.screens.presenter import present
from kiosk.screens.sample_visits import NOW, SITE
from tests.kiosk.screens.conftest import Stage
from tests.kiosk.screens.geometry import Ruler, Sight, complaints
from tests.support.journey_screen import in_one_piece, words_of

SEPARATE = replace(SITE, separate=True)
PARTS = ("read", "pages", "foot", "action", "sheet")
SCENES = ("08-pay-insert", "08-pay", "09-printing", "10-take-sheets", "pay-opening", "returning-money")
OVER = ("over-cancel-money", "declined-returned")
NEVER = {
    Language.JAPANESE: ("返却口", "トレー", "入れた", "お金を入れ", "入れないで"),
    Language.ENGLISH: ("tray", "insert", "Insert", "put in", "slot"),
}
"""What a resident must not look for there."""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("08-pay-insert", "お金を係員にお渡しください"),
        ("08-pay", "係員が600円お返しします"),
        ("09-printing", "係員が証明書をお渡しします"),
        ("10-take-sheets", "係員がお渡しします"),
        ("declined-returned", "係員がお返ししました"),
        ("fault-many", "証明書3枚を、係員からお受け取りください"),
        ("over-cancel-money", "お預かりしたお金は、係員がすべてお返しします"),
        ("returning-money", "係員がお返しします"),
    ],
)
def test_the_resident_is_told_that_a_clerk_does_it(name: str, says: str) -> None:
    model = present(samples.ALL[name], SEPARATE, now=NOW, landscape=False)
    assert in_one_piece(says) in words_of(model, PARTS)


@pytest.mark.parametrize("language", NEVER)
def test_no_screen_speaks_of_slots_and_trays(language: Language) -> None:
    """Nor says it aloud. A receipt and a slip still come out of their own slot."""
    for name, sample in samples.ALL.items():
        terminal = replace(sample, presentation=replace(sample.presentation, language=language))
        model = present(terminal, SEPARATE, now=NOW, landscape=False)
        told = words_of(model, PARTS) + (model.sheet.voice if model.sheet is not None else model.voice)
        assert not [word for word in NEVER[language] if word in told], (name, told)


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_it_fits_in_every_look(panel: Panel, qapp: QGuiApplication) -> None:
    stage = Stage(panel, site=SEPARATE)
    wrong = {}
    for look, presentation in LOOKS.items():
        for name in (*SCENES, *OVER, *(each for each in samples.ALL if each.startswith("fault-"))):
            stage.window.show(replace(samples.ALL[name], presentation=presentation))
            stage.window.settle()
            if found := complaints(Sight.of(stage.window, Ruler(panel))):
                wrong[f"{name}{look}"] = found
    stage.window.close()
    assert not wrong
