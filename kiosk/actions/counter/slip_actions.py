"""The slips of a counter, of every case and of the day: how one is headed, in whose language, how a place to go to
stands on it, and whether it came out. What it says is its case's. Nothing personal is ever on one (I11)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.slip_printing import SlipPrinting, office, slip_language
from kiosk.counter.elsewhere import AT_HOME, Place
from kiosk.counter.slips import SlipSettled
from kiosk.flow.values.board import Board
from kiosk.flow.values.presentation import Language
from kiosk.texts import formats
from kiosk.texts.catalogue import LayoutClass, Texts, plain
from printers.slips import build, content
from printers.slips.model import Slip
from printers.slips.words import Language as SlipLanguage


class ForWhom(NamedTuple):
    """Whose terminal it is, and the resident's language."""

    board: Board | None
    language: Language


STAFF = ForWhom(None, Language.JAPANESE)
"""Staff's slips and numbers are in Japanese."""


class SlipWords:
    """One group of texts as they are printed: without breaks."""

    def __init__(self, group: str, language: Language) -> None:
        self._group = group
        self._texts = Texts(language, LayoutClass.PORTRAIT)

    def __call__(self, key: str, **values: object) -> str:
        """A text of the group."""
        return plain(self._texts(f"{self._group}.{key}", **values))

    def __contains__(self, key: str) -> bool:
        return f"{self._group}.{key}" in self._texts

    def known(self, group: str, word: str) -> str:
        """Of a word of the server; `other` stands in for one without a text."""
        key = f"{group}.{word}"
        return self(key if key in self else f"{group}.other")

    def kind(self, place: Place) -> str:
        """What a place is called that has no name of its own."""
        return plain(self._texts(f"counter.place.{place.kind}"))


class BlankSlip(NamedTuple):
    """A slip with its head and nothing below it."""

    terminal: content.Terminal
    moment: str
    language: SlipLanguage
    say: SlipWords
    whom: ForWhom

    def section(self, heading: str, *lines: str) -> content.Section:
        """Lines below a heading, which is given by its key."""
        return content.Section(self.say(heading), lines)

    def day(self, day: date) -> str:
        """A day of any year."""
        language = Language.JAPANESE if self.language is SlipLanguage.JAPANESE else Language.ENGLISH
        return plain(formats.day_with_year(day, language))

    def home(self) -> content.Office | None:
        """The window of this terminal's municipality, once the server told of it."""
        return None if self.whom.board is None else office(self.whom.board.window, self.whom.language)

    def places(self, instead: Iterable[Place], *, lives_here: bool = True) -> tuple[str, ...]:
        """Where else to go, line by line; with hours and telephone where somebody who lives here has their window."""
        return tuple(line for place in instead for line in self._place(place, lives_here=lives_here))

    def note(
        self,
        title: str,
        sections: Iterable[content.Section],
        *,
        number: tuple[str, str] | None = None,
        above: str = "",
    ) -> Slip:
        """What the sections say, under a title, which is given by its key, as is what a `number` is called."""
        return build.note(
            content.Note(
                terminal=self.terminal,
                title=self.say(title),
                moment=self.moment,
                sections=tuple(sections),
                number_name="" if number is None else self.say(number[0]),
                number="" if number is None else number[1],
                above=above,
                language=self.language,
            )
        )

    def _place(self, place: Place, *, lives_here: bool) -> tuple[str, ...]:
        named, home = place.name or self.say.kind(place), self.home()
        if place.kind != AT_HOME or not lives_here or home is None:
            return (named,)
        return named, home.name, home.hours, home.phone


@dataclass(frozen=True, slots=True)
class CounterSlipActions:
    """Runs on the slips lane. `for_whom` gives what stands on the resident's window."""

    printing: SlipPrinting
    for_whom: Callable[[], ForWhom]

    def blank(self, group: str) -> BlankSlip:
        """A slip for the resident in the words of this group."""
        return self._blank(group, self.for_whom())

    def blank_for_staff(self, group: str) -> BlankSlip:
        """A slip that staff keep."""
        return self._blank(group, STAFF)

    def settle(self, number: int, slip: Slip, tell: DeskTell) -> None:
        """Prints it, and tells the case of this number whether it came out."""
        tell(SlipSettled(number, self.printing.print(slip)))

    def _blank(self, group: str, whom: ForWhom) -> BlankSlip:
        return BlankSlip(
            terminal=self.printing.terminal(*whom),
            moment=self.printing.moment(whom.language),
            language=slip_language(whom.language),
            say=SlipWords(group, whom.language),
            whom=whom,
        )
