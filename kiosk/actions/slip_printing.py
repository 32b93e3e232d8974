"""What every slip of a terminal has in common: whose it is, when it was printed, and whether it came out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.site import Site
from kiosk.flow.values.board import Board, Window
from kiosk.flow.values.presentation import Language
from kiosk.texts import slips as say
from printers.errors import PrinterError
from printers.model import Printed, SlipPrinter
from printers.slips import content
from printers.slips.encode import encode
from printers.slips.model import Paper, Slip
from printers.slips.words import Language as SlipLanguage


@dataclass(frozen=True, slots=True)
class SlipPrinting:
    """Runs on the slips lane. `now` gives local time."""

    printer: SlipPrinter
    site: Site
    now: Callable[[], datetime]

    def print(self, slip: Slip) -> bool:
        """Whether it came out."""
        try:
            return isinstance(self.printer.print(encode(slip, Paper(self.site.slip_width_dots))), Printed)
        except PrinterError:
            return False

    def terminal(self, board: Board | None, language: Language) -> content.Terminal:
        """Whose slip it is; `board` is what the server last told of its municipality."""
        japanese = language is Language.JAPANESE
        name = "" if board is None else board.municipality_name if japanese else board.municipality_name_en
        phone = "" if board is None else board.window.phone
        return content.Terminal(name, self.place(language), self.site.terminal, phone)

    def place(self, language: Language) -> str:
        """Where this terminal stands."""
        return self.site.place if language is Language.JAPANESE else self.site.place_en

    def moment(self, language: Language) -> str:
        """Now, in words."""
        return say.moment(self.now(), language)


def office(window: Window, language: Language) -> content.Office:
    """The municipality's window as a place to go to."""
    if language is Language.JAPANESE:
        return content.Office(window.place, window.hours, window.phone)
    return content.Office(window.place_en, window.hours_en, window.phone)


def slip_language(language: Language) -> SlipLanguage:
    """Of what the printer's own words are."""
    return SlipLanguage.JAPANESE if language is Language.JAPANESE else SlipLanguage.ENGLISH
