"""The case between two events, its scenes, and what it wants done and hears. Of a person there is nothing but the
number of an application, which no `repr` shows."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.case import CaseEffect, CaseEvent
from kiosk.counter.papers.values import Procedure, Question, Sheet, Why
from kiosk.flow.values.presentation import Language
from koufu.applying.words import Comer


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which paper."""


@dataclass(frozen=True, slots=True)
class Asking:
    """For a guidance: what somebody came for."""

    question: Question = field(default_factory=Question)


@dataclass(frozen=True, slots=True)
class Naming:
    """For a paper of one application: its number, as it is typed."""

    sheet: Sheet
    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Making:
    """The server draws it, then (`printing`) the printer has it."""

    sheet: Sheet
    printing: bool = False


@dataclass(frozen=True, slots=True)
class CameOut:
    """So many sheets lie in the tray."""

    sheet: Sheet
    sheets: int


@dataclass(frozen=True, slots=True)
class NoPaper:
    """None came out whole."""

    sheet: Sheet
    why: Why


Scene = Choosing | Asking | Naming | Making | CameOut | NoPaper


@dataclass(frozen=True, slots=True)
class PapersCase:
    """Fulfils `kiosk.counter.case.Case`."""

    number: int
    scene: Scene = Choosing()
    question: Question | None = None
    """What the guidance that is made is about."""
    language: Language = Language.JAPANESE
    """Of papers that explain."""
    officer: bool = False
    """Whoever opened it may have papers that say what an application says."""
    over: bool = False

    @property
    def holdable(self) -> bool:
        """Not while a paper is made: what comes out must be seen to."""
        return not isinstance(self.scene, Making)

    @property
    def unsent(self) -> bool:
        """Nothing is ever sent."""
        return False

    @property
    def mark(self) -> str:
        """By its number."""
        return f"P{self.number}"


class Do(Enum):
    """Keys without anything else to say."""

    PRINT = "print"
    BACK = "back"
    END = "end"


@dataclass(frozen=True, slots=True)
class Did(CaseEvent):
    """A key without anything else to say."""

    what: Do


@dataclass(frozen=True, slots=True)
class SheetChosen(CaseEvent):
    """This paper is wanted."""

    sheet: Sheet


@dataclass(frozen=True, slots=True)
class LanguageChosen(CaseEvent):
    """In which language papers explain."""

    language: Language


@dataclass(frozen=True, slots=True)
class ProcedureChosen(CaseEvent):
    """What somebody came for."""

    procedure: Procedure


@dataclass(frozen=True, slots=True)
class ComerChosen(CaseEvent):
    """Who came."""

    comer: Comer


@dataclass(frozen=True, slots=True)
class LivesChosen(CaseEvent):
    """Whether they live in the municipality that the counter works for."""

    here: bool


@dataclass(frozen=True, slots=True)
class PaperFetched(CaseEvent):
    """The actions have it."""

    number: int


@dataclass(frozen=True, slots=True)
class PaperPrinted(CaseEvent):
    """The printer has settled it: so many sheets."""

    number: int
    sheets: int


@dataclass(frozen=True, slots=True)
class PaperFailed(CaseEvent):
    """It was not drawn, or did not come out whole."""

    number: int
    why: Why


@dataclass(frozen=True, slots=True)
class PapersEffect(CaseEffect):
    """What the case wants done."""

    number: int


@dataclass(frozen=True, slots=True)
class FetchPaper(PapersEffect):
    """Answers `PaperFetched` or `PaperFailed`."""

    sheet: Sheet
    question: Question | None = None
    language: Language = Language.JAPANESE
    application: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PrintPaper(PapersEffect):
    """Prints what was fetched last. Answers `PaperPrinted` or `PaperFailed`."""
