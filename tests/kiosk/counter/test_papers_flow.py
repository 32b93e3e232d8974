"""The case of papers, event by event."""

from itertools import product

import pytest

from kiosk.counter.case import CaseEffectFailed, FieldTyped, Happening, Resumed
from kiosk.counter.papers.advance import advance, begin
from kiosk.counter.papers.case import (
    Asking,
    CameOut,
    Choosing,
    ComerChosen,
    Did,
    Do,
    FetchPaper,
    LanguageChosen,
    LivesChosen,
    Making,
    NoPaper,
    PaperFailed,
    PaperFetched,
    PaperPrinted,
    PapersCase,
    PrintPaper,
    ProcedureChosen,
    Scene,
    SheetChosen,
)
from kiosk.counter.papers.values import Procedure, Question, Sheet, Why
from kiosk.counter.rules import DeskRules
from kiosk.flow.values.presentation import Language
from koufu.applying.words import Comer
from tests.kiosk.counter.desk_walk import AKI

RULES = DeskRules()
SHEET = Sheet.PINS_EXPLAINED
FETCH, PRINT = FetchPaper(1, SHEET), PrintPaper(1)


def walked(*events: Happening) -> tuple[PapersCase, list[object]]:
    case, done = begin(1, AKI)
    effects: list[object] = [*done]
    for event in events:
        case, done = advance(case, event, RULES)
        effects += done
    return case, effects


def test_a_paper_is_fetched_then_printed_and_lies_in_the_tray() -> None:
    case, effects = walked(SheetChosen(SHEET), PaperFetched(1), PaperPrinted(1, 1))
    assert effects == [FETCH, PRINT]
    assert case.scene == CameOut(SHEET, 1)
    assert not advance(case, Did(Do.BACK), RULES)[0].over
    assert advance(case, Did(Do.END), RULES)[0].over


def test_a_guidance_is_asked_for_what_and_whom() -> None:
    told = (ProcedureChosen(Procedure.EXPRESS), ComerChosen(Comer.PROXY), LivesChosen(here=False), Did(Do.PRINT))
    _, effects = walked(SheetChosen(Sheet.WHERE_TO_GO), *told)
    question = Question(Procedure.EXPRESS, Comer.PROXY, lives_here=False)
    assert effects == [FetchPaper(1, Sheet.WHERE_TO_GO, question)]


def test_what_explains_can_be_had_in_english_and_forms_can_not() -> None:
    _, effects = walked(LanguageChosen(Language.ENGLISH), SheetChosen(SHEET))
    assert effects == [FetchPaper(1, SHEET, None, Language.ENGLISH)]
    _, effects = walked(LanguageChosen(Language.ENGLISH), SheetChosen(Sheet.APPLICATION_FORM))
    assert effects == [FetchPaper(1, Sheet.APPLICATION_FORM)]


def test_a_guidance_about_nothing_is_not_made() -> None:
    case, effects = walked(SheetChosen(Sheet.WHERE_TO_GO), Did(Do.PRINT))
    assert case.scene == Asking()
    assert not effects


@pytest.mark.parametrize(
    ("after", "failed", "why"),
    [
        ((), PaperFailed(1, Why.SERVER_AWAY), Why.SERVER_AWAY),
        ((), CaseEffectFailed(FETCH, by_server=True), Why.SERVER_AWAY),
        ((PaperFetched(1),), PaperFailed(1, Why.PRINTER), Why.PRINTER),
        ((PaperFetched(1),), CaseEffectFailed(PRINT, by_server=False), Why.PRINTER),
    ],
)
def test_what_does_not_come_out_is_told_and_can_be_tried_again(
    after: tuple[Happening, ...], failed: Happening, why: Why
) -> None:
    case, _ = walked(SheetChosen(SHEET), *after, failed)
    assert case.scene == NoPaper(SHEET, why)
    assert advance(case, Did(Do.BACK), RULES)[0].scene == Choosing()


def test_while_it_is_made_nothing_else_begins_and_it_is_not_put_aside() -> None:
    case, effects = walked(SheetChosen(SHEET), SheetChosen(Sheet.FACE_CARE), Did(Do.END), Did(Do.BACK))
    assert case.scene == Making(SHEET)
    assert not case.holdable
    assert not case.over
    assert effects == [FETCH]


def test_the_answer_to_another_case_is_not_heard() -> None:
    case, _ = walked(SheetChosen(SHEET), PaperFetched(2), PaperFailed(2, Why.REFUSED))
    assert case.scene == Making(SHEET)


def test_no_event_in_any_scene_breaks_it() -> None:
    scenes: tuple[Scene, ...] = (
        *(Choosing(), Asking(), Making(SHEET), Making(SHEET, printing=True)),
        *(CameOut(SHEET, 1), NoPaper(SHEET, Why.REFUSED)),
    )
    events: tuple[Happening, ...] = (
        *(Did(what) for what in Do),
        *(SheetChosen(sheet) for sheet in Sheet),
        ProcedureChosen(Procedure.EXPRESS),
        PaperFetched(1),
        PaperPrinted(1, 1),
        PaperFailed(1, Why.REFUSED),
        FieldTyped("name", "x"),
        Resumed(AKI),
        CaseEffectFailed(FETCH, by_server=False),
    )
    for scene, event in product(scenes, events):
        after, _ = advance(PapersCase(1, scene), event, RULES)
        assert after.mark == "P1"
