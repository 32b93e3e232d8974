"""How the case begins and goes on: choose, be asked where a guidance or a paper of one application wants it, wait, take
the paper out."""

from dataclasses import replace

from kiosk.counter.case import CaseDoes, CaseEffectFailed, CasePackage, FieldTyped, Happening
from kiosk.counter.numbers import number_of
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
    Naming,
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
from kiosk.counter.papers.values import EXPLAINING, OF_ONE, Question, Sheet, Why
from kiosk.counter.rules import DeskRules
from kiosk.counter.staff import Role, Staff
from kiosk.flow.values.presentation import Language

Step = tuple[PapersCase, tuple[CaseDoes, ...]]


def begin(number: int, staff: Staff) -> Step:
    """A new case."""
    return PapersCase(number, officer=staff.role is Role.OFFICER), ()


def advance(case: PapersCase, event: Happening, _rules: DeskRules) -> Step:
    """One step. Never raises for any event in any state."""
    match case.scene, event:
        case Choosing(), LanguageChosen(language):
            return replace(case, language=language), ()
        case Choosing(), SheetChosen(Sheet.WHERE_TO_GO):
            return _at(case, Asking())
        case Choosing(), SheetChosen(sheet) if sheet in OF_ONE:
            return _at(case, Naming(sheet)) if case.officer else (case, ())
        case Choosing(), SheetChosen(sheet):
            return _fetch(case, sheet, None)
        case ((Asking() | Naming()) as scene, FieldTyped() | ProcedureChosen() | ComerChosen() | LivesChosen()):
            return _at(case, _told(scene, event))
        case Asking(question), Did(Do.PRINT) if question.procedure is not None:
            return _fetch(case, Sheet.WHERE_TO_GO, question)
        case Naming(sheet, typed), Did(Do.PRINT) if number_of(typed):
            return _fetch(case, sheet, None, number_of(typed))
        case Making(sheet), _:
            return _made(case, sheet, event)
        case ((Asking() | Naming() | CameOut() | NoPaper()), Did(Do.BACK)):
            return _at(case, Choosing())
        case _, Did(Do.END):
            return replace(case, over=True), ()
        case _:
            return case, ()


PACKAGE = CasePackage(begin, advance)


def _told(scene: Asking | Naming, event: Happening) -> Scene:
    match scene, event:
        case Naming(sheet), FieldTyped(text=text):
            return Naming(sheet, text)
        case Asking(question), ProcedureChosen(procedure):
            return Asking(replace(question, procedure=procedure))
        case Asking(question), ComerChosen(comer):
            return Asking(replace(question, comer=comer))
        case Asking(question), LivesChosen(here):
            return Asking(replace(question, lives_here=here))
        case _:
            return scene


def _made(case: PapersCase, sheet: Sheet, event: Happening) -> Step:
    printing = isinstance(case.scene, Making) and case.scene.printing
    match event:
        case PaperFetched(case.number) if not printing:
            return replace(case, scene=Making(sheet, printing=True)), (PrintPaper(case.number),)
        case PaperPrinted(case.number, sheets) if printing:
            return _at(case, CameOut(sheet, sheets))
        case PaperFailed(case.number, why):
            return _at(case, NoPaper(sheet, why))
        case CaseEffectFailed(effect=FetchPaper()):
            return _at(case, NoPaper(sheet, Why.SERVER_AWAY))
        case CaseEffectFailed(effect=PrintPaper()):
            return _at(case, NoPaper(sheet, Why.PRINTER))
        case _:
            return case, ()


def _fetch(case: PapersCase, sheet: Sheet, question: Question | None, application: str = "") -> Step:
    language = case.language if sheet in EXPLAINING else Language.JAPANESE
    wanted = FetchPaper(case.number, sheet, question, language, application)
    return replace(case, scene=Making(sheet), question=question), (wanted,)


def _at(case: PapersCase, scene: Scene) -> Step:
    return replace(case, scene=scene), ()
