"""Slips of a hand-over: where to go instead, and that a card was handed over. Nothing personal is on them (I11)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.x509_pin.slips import AT_HOME, ForWhom
from kiosk.actions.site import Site
from kiosk.counter.hand_over.effects import PrintDone, PrintGuide
from kiosk.counter.hand_over.events import SlipSettled
from kiosk.counter.hand_over.values import Place
from kiosk.flow.values import Language
from kiosk.texts import slips as say
from kiosk.texts.catalogue import LayoutClass, Texts, plain
from printers.errors import PrinterError
from printers.model import Printed, SlipPrinter
from printers.slips import build, content
from printers.slips.encode import encode
from printers.slips.model import Paper
from printers.slips.words import Language as SlipLanguage

TEXTS = "counter-hand"


@dataclass(frozen=True, slots=True)
class HandOverSlips:
    """Runs on the slips lane. `now` gives local time, `for_whom` what stands on the resident's window."""

    printer: SlipPrinter
    site: Site
    now: Callable[[], datetime]
    for_whom: Callable[[], ForWhom]

    def guide(self, effect: PrintGuide, tell: DeskTell) -> None:
        """Why not here, and where."""
        whom = self.for_whom()
        words = _Words(whom.language)
        wish = words("slip.wish_alone" if effect.alone else "slip.wish")
        sections = [
            content.Section(words("slip.about"), (wish,)),
            content.Section(words("slip.why"), (words.known("why", effect.refusal.reason),)),
        ]
        if effect.refusal.instead:
            places = tuple(line for place in effect.refusal.instead for line in self._place(place, whom, words))
            sections.append(content.Section(words("slip.where"), places))
            bring = words("slip.bring_alone" if effect.alone else "slip.bring")
            sections.append(content.Section(words("slip.bring_head"), (bring,)))
        self._print(effect.number, words("slip.guide"), tuple(sections), "", whom, tell)

    def done(self, effect: PrintDone, tell: DeskTell) -> None:
        """It was handed over, and how its PINs came onto it."""
        whom = self.for_whom()
        words = _Words(whom.language)
        sections = (
            content.Section(words("slip.about"), (words("slip.delivered"),)),
            content.Section(words("slip.pins_head"), (words(f"slip.pins.{effect.pin_setting}"),)),
            content.Section(words("slip.next_head"), (words("slip.next"),)),
            content.Section(words("slip.lost_head"), (words("slip.lost"),)),
        )
        self._print(effect.number, words("slip.done"), sections, effect.mark, whom, tell)

    def _print(
        self, number: int, title: str, sections: tuple[content.Section, ...], mark: str, whom: ForWhom, tell: DeskTell
    ) -> None:
        words = _Words(whom.language)
        japanese = say.printed_in(whom.language) is Language.JAPANESE
        board = whom.board
        name = "" if board is None else board.municipality_name if japanese else board.municipality_name_en
        note = content.Note(
            terminal=content.Terminal(
                name,
                self.site.place if japanese else self.site.place_en,
                self.site.terminal,
                "" if board is None else board.window.phone,
            ),
            title=title,
            moment=say.moment(self.now(), whom.language),
            sections=sections,
            number_name=words("slip.mark"),
            number=mark,
            above=words("simulated") if mark else "",
            language=SlipLanguage.JAPANESE if japanese else SlipLanguage.ENGLISH,
        )
        try:
            settled = self.printer.print(encode(build.note(note), Paper(self.site.slip_width_dots)))
        except PrinterError:
            out = False
        else:
            out = isinstance(settled, Printed)
        tell(SlipSettled(number, out))

    def _place(self, place: Place, whom: ForWhom, words: "_Words") -> tuple[str, ...]:
        named = place.name or words.place(place.kind)
        if place.kind != AT_HOME or whom.board is None:
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
        return plain(self._texts(f"{TEXTS}.{key}"))

    def place(self, kind: str) -> str:
        """A kind of place."""
        return plain(self._texts(f"counter-x509.place.{kind}"))

    def known(self, group: str, word: str) -> str:
        """Of a word of the server; one that has no text says that it can't be done here."""
        key = f"{TEXTS}.{group}.{word}"
        return plain(self._texts(key if key in self._texts else f"{TEXTS}.{group}.other"))
