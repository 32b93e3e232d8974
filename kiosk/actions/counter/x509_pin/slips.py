"""Slips of the case: where to go instead, and what was done. Nothing personal is on them (I11)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from hardware.card.model import Usage
from kiosk.actions.counter.x509_pin.card import Tell
from kiosk.actions.site import Site
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin.values import Elsewhere
from kiosk.flow.values import Board, Language
from kiosk.texts import slips as say
from kiosk.texts.catalogue import LayoutClass, Texts, plain
from printers.errors import PrinterError
from printers.model import Printed, SlipPrinter
from printers.slips import build, content
from printers.slips.encode import encode
from printers.slips.model import Paper
from printers.slips.words import Language as SlipLanguage

AT_HOME = "municipal-counter"


class ForWhom(NamedTuple):
    """Whose terminal it is, and the resident's language."""

    board: Board | None
    language: Language


@dataclass(frozen=True, slots=True)
class CaseSlips:
    """Runs on the slips lane. `now` gives local time, `for_whom` what stands on the resident's window."""

    printer: SlipPrinter
    site: Site
    now: Callable[[], datetime]
    for_whom: Callable[[], ForWhom]

    def guide(self, effect: do.PrintGuide, tell: Tell) -> None:
        """Why not here, and where."""
        whom = self.for_whom()
        words = _Words(whom.language)
        sections = [
            content.Section(words("slip.wish"), (words(f"wish.{effect.wish.value}.name"),)),
            content.Section(words("slip.why"), (words(f"why.{effect.why.value}.slip"),)),
        ]
        if effect.instead:
            places = tuple(line for place in effect.instead for line in self._place(place, effect, whom, words))
            sections.append(content.Section(words("slip.where"), places))
            sections.append(content.Section(words("slip.bring"), (words("slip.bring_text"),)))
        sections.append(content.Section(words("slip.ask"), (words("not-here.phone"),)))
        self._print(effect.number, words("slip.guide"), tuple(sections), "", whom, tell)

    def done(self, effect: do.PrintDone, tell: Tell) -> None:
        """What was done, and what comes next."""
        whom = self.for_whom()
        words = _Words(whom.language)
        name = words(f"wish.{effect.wish.value}.name")
        lines = (
            (name, *(words(f"usage.{usage.value}") for usage in effect.usages)) if effect.wish.of_usages else (name,)
        )
        sections = (
            content.Section(words("slip.wish"), lines),
            content.Section(words("slip.result"), (words(f"ending.{effect.ending}.slip"),)),
            *_next(effect, words),
        )
        self._print(effect.number, words("slip.done"), sections, effect.mark, whom, tell)

    def _print(
        self, number: int, title: str, sections: tuple[content.Section, ...], mark: str, whom: ForWhom, tell: Tell
    ) -> None:
        words = _Words(whom.language)
        japanese = say.printed_in(whom.language) is Language.JAPANESE
        board = whom.board
        name = "" if board is None else board.municipality_name if japanese else board.municipality_name_en
        place = self.site.place if japanese else self.site.place_en
        phone = "" if board is None else board.window.phone
        note = content.Note(
            terminal=content.Terminal(name, place, self.site.terminal, phone),
            title=title,
            moment=say.moment(self.now(), whom.language),
            sections=sections,
            number_name=words("slip.mark"),
            number=mark,
            above=words("simulated"),
            language=SlipLanguage.JAPANESE if japanese else SlipLanguage.ENGLISH,
        )
        try:
            settled = self.printer.print(encode(build.note(note), Paper(self.site.slip_width_dots)))
        except PrinterError:
            out = False
        else:
            out = isinstance(settled, Printed)
        tell(on.SlipOut(number, out))

    def _place(self, place: Elsewhere, effect: do.PrintGuide, whom: ForWhom, words: "_Words") -> tuple[str, ...]:
        named = place.name or words(f"place.{place.kind}")
        if place.kind != AT_HOME or not effect.lives_here or whom.board is None:
            return (named,)
        window = whom.board.window
        if say.printed_in(whom.language) is Language.JAPANESE:
            return named, window.place, window.hours, window.phone
        return named, window.place_en, window.hours_en, window.phone


class _Words:
    """The case's texts as they are printed: without breaks."""

    def __init__(self, language: Language) -> None:
        self._texts = Texts(say.printed_in(language), LayoutClass.PORTRAIT)

    def __call__(self, key: str) -> str:
        return plain(self._texts(f"counter-x509.{key}"))


def _next(effect: do.PrintDone, words: _Words) -> tuple[content.Section, ...]:
    key = f"next.{effect.wish.value}" if effect.ending == "done" else f"next.{effect.ending}"
    signing = effect.ending == "done" and effect.wish.value == "renew" and Usage.SIGNING in effect.usages
    lines = (words(key), *((words("next.signing"),) if signing else ()))
    return (content.Section(words("slip.next"), lines),)
