"""Slips of card applications: where to go instead, and the receipt (受付票). No name stands on either (I11)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.actions.site import Site
from kiosk.counter.card_application.case import reception_number
from kiosk.counter.card_application.values import Asked, Granted, Mirror, Refusal
from kiosk.flow.values import Board, Language
from kiosk.texts import slips as sentences
from kiosk.texts.catalogue import LayoutClass, Texts, plain
from printers.errors import PrinterError
from printers.model import Printed, SlipPrinter
from printers.slips import build, content
from printers.slips.encode import encode
from printers.slips.model import Paper, Slip
from printers.slips.words import Language as SlipLanguage

FREE_DIAL = "0120-95-0178"
"""マイナンバー総合フリーダイヤル"""


@dataclass(frozen=True, slots=True)
class CardSlips:
    """Runs on the slips lane. `now` gives local time, `board` what the server last told of its municipality, `language`
    the resident's."""

    printer: SlipPrinter
    site: Site
    now: Callable[[], datetime]
    board: Callable[[], Board | None]
    language: Callable[[], Language]

    def guidance(self, refusal: Refusal, asked: Asked) -> bool:
        """Why not here, and where to go; whether it came out."""
        say, board = self._say(), self.board()
        other = tuple(place.name for place in refusal.instead if place.kind == "post-office" and place.name)
        offices = (*(_window(board, say) if board else ()), *(content.Office(name, "") for name in other))
        return self._out(
            build.guidance(
                content.Guidance(
                    terminal=self._terminal(board),
                    moment=self._moment(),
                    reason=plain(why(say, refusal, asked)),
                    offices=offices,
                    bring=(plain(say("counter-card.slip.bring")),),
                    notes=(plain(say("counter-card.slip.free_dial", number=FREE_DIAL)),),
                    language=self._slip_language(),
                )
            )
        )

    def receipt(self, mirror: Mirror, granted: Granted | None, route: str) -> bool:
        """受付票; whether it came out."""
        say, board = self._say(), self.board()
        arrives = _range(say, granted) if granted is not None else plain(say(f"counter-card.slip.arrives.{route}"))
        sections = (
            content.Section(plain(say("counter-card.slip.what")), (plain(say("counter-card.slip.taken_in")),)),
            content.Section(plain(say("counter-card.slip.next")), (plain(say("counter-card.slip.reviewed")),)),
            content.Section(plain(say(f"counter-card.slip.way.{route}")), (arrives,)),
            content.Section(
                plain(say("counter-card.slip.keep")), (plain(say("counter-card.slip.free_dial", number=FREE_DIAL)),)
            ),
        )
        return self._out(
            build.note(
                content.Note(
                    terminal=self._terminal(board),
                    title=plain(say("counter-card.slip.title")),
                    moment=self._moment(),
                    sections=sections,
                    number_name=plain(say("counter-card.slip.number")),
                    number=reception_number(mirror.application),
                    language=self._slip_language(),
                )
            )
        )

    def _out(self, slip: Slip) -> bool:
        try:
            return isinstance(self.printer.print(encode(slip, Paper(self.site.slip_width_dots))), Printed)
        except PrinterError:
            return False

    def _say(self) -> Texts:
        return Texts(self.language(), LayoutClass.LANDSCAPE)

    def _terminal(self, board: Board | None) -> content.Terminal:
        japanese = sentences.printed_in(self.language()) is Language.JAPANESE
        name = "" if board is None else board.municipality_name if japanese else board.municipality_name_en
        phone = "" if board is None else board.window.phone
        place = self.site.place if japanese else self.site.place_en
        return content.Terminal(name, place, self.site.terminal, phone)

    def _moment(self) -> str:
        return sentences.moment(self.now(), self.language())

    def _slip_language(self) -> SlipLanguage:
        japanese = sentences.printed_in(self.language()) is Language.JAPANESE
        return SlipLanguage.JAPANESE if japanese else SlipLanguage.ENGLISH


def why(say: Texts, refusal: Refusal, asked: Asked) -> str:
    """Why it may not be done here, in one sentence that fits what was asked."""
    express = refusal.reason in ("never-here", "not-yet-or-any-more") and asked.procedure == "express"
    key = f"counter-card.refused.{'express' if express else refusal.reason}"
    return say(key) if key in say else say("counter-card.refused.other")


def _window(board: Board, say: Texts) -> tuple[content.Office, ...]:
    window = board.window
    if say.language is Language.JAPANESE:
        return (content.Office(window.place, window.hours, window.phone),)
    return (content.Office(window.place_en, window.hours_en, window.phone),)


def _range(say: Texts, granted: Granted) -> str:
    first, last = date.fromisoformat(granted.likely_from), date.fromisoformat(granted.likely_to)
    days = {"m1": first.month, "d1": first.day, "m2": last.month, "d2": last.day}
    text = plain(say("counter-card.slip.range", **days))
    return text + plain(say("counter-card.slip.beyond")) if granted.beyond_a_week else text
