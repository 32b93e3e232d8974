"""What the case of papers has done: a paper fetched, then printed. It is kept between the two and no longer."""

from dataclasses import dataclass, field

from kiosk.actions.counter.jobs import DeskJob, DeskTell
from kiosk.actions.counter.papers import CounterPaper, Matter, PaperPrinting, PaperRefused, PaperSource, WantedPaper
from kiosk.actions.jobs import Lane
from kiosk.counter.case import CaseEffect
from kiosk.counter.papers.case import FetchPaper, PaperFailed, PaperFetched, PaperPrinted, PapersEffect, PrintPaper
from kiosk.counter.papers.values import EXPLAINING, Question, Why
from kiosk.errors import ServerAway, ServerFault
from printers.model import Printed

ALLOWED_HERE = "not-now"
"""The server's word for a guidance that nobody needs."""


@dataclass(slots=True)
class PaperActions:
    """Fulfils `kiosk.actions.counter.dispatch.CaseActions`. `municipality` is the one that the counter works for."""

    source: PaperSource
    printing: PaperPrinting
    municipality: str
    _at_hand: dict[int, CounterPaper] = field(default_factory=dict, repr=False)

    @property
    def effects(self) -> type[CaseEffect]:
        """The base of them."""
        return PapersEffect

    def start(self, effect: CaseEffect, tell: DeskTell) -> DeskJob | None:
        """The job of an effect."""
        del tell  # every answer comes of a job
        match effect:
            case FetchPaper():
                return DeskJob(Lane.SERVER, lambda told: self._fetch(effect, told))
            case PrintPaper(number):
                return DeskJob(Lane.PAPER, lambda told: self._print(number, told))
            case _:
                raise TypeError(f"nobody does {type(effect).__name__}")

    def erase(self, number: int) -> None:
        """Lets go what was fetched."""
        self._at_hand.pop(number, None)

    def _fetch(self, effect: FetchPaper, tell: DeskTell) -> None:
        # Forms are in Japanese alone, and nobody asks for them in any language.
        language = effect.language.value if effect.sheet in EXPLAINING else ""
        matter = None if effect.question is None else self._matter(effect.question)
        try:
            paper = self.source.paper(
                WantedPaper(
                    kind=effect.sheet.value,
                    municipality=self.municipality if effect.application else "",
                    application=effect.application,
                    matter=matter,
                    language=language,
                )
            )
        except (ServerAway, ServerFault):
            tell(PaperFailed(effect.number, Why.SERVER_AWAY))
            return
        if isinstance(paper, PaperRefused):
            here = matter is not None and paper.reason == ALLOWED_HERE
            why = Why.NO_SUCH_CARD if effect.application else Why.ALLOWED_HERE if here else Why.REFUSED
            tell(PaperFailed(effect.number, why))
            return
        self._at_hand[effect.number] = paper
        tell(PaperFetched(effect.number))

    def _print(self, number: int, tell: DeskTell) -> None:
        settled = self.printing.print(self._at_hand.pop(number))
        if isinstance(settled, Printed):
            tell(PaperPrinted(number, settled.sheets))
        else:
            tell(PaperFailed(number, Why.PRINTER))

    def _matter(self, question: Question) -> Matter:
        assert question.procedure is not None, "a guidance is about something"
        home = self.municipality if question.lives_here else ""
        return Matter(question.procedure.value, question.comer.value, home)
