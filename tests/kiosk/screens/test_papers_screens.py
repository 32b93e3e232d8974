"""The case of papers on both windows: what the resident sees fits in every look, and every page says in both languages
what it has to."""

import pytest
from pytestqt.qtbot import QtBot

from kiosk.counter.papers.case import Choosing, Making, PapersCase, Scene
from kiosk.counter.papers.values import Sheet
from kiosk.flow.values.presentation import Language
from tests.support.counter_screens import PAPER_SCENES, CaseStage


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("scene", PAPER_SCENES)
def test_the_clerk_has_a_page_in_both_languages_and_a_way_on(scene: Scene, large: bool, qtbot: QtBot) -> None:
    stage, case = CaseStage(), PapersCase(1, scene, officer=True)
    titles = set()
    for language in (Language.JAPANESE, Language.ENGLISH):
        model = stage.clerk_sees(case, language, large=large)
        titles.add(model.title)
        keys = model.touches()
        waits = isinstance(scene, Making)
        assert waits == (not {"primary", "end", "back", "another"} & keys.keys())
        if isinstance(scene, Choosing):
            assert {f"paper-{sheet.value}" for sheet in Sheet} <= keys.keys()
    assert len(titles) == 2
    stage.window.close()
