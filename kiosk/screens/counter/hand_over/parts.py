"""What the pages of a hand-over on the clerk's window are put together from, and what both windows say."""

from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.counter.case import CaseEvent
from kiosk.counter.elsewhere import Place
from kiosk.counter.hand_over.events import Chosen, Key, Marked, Touched
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.flow.values import Language
from kiosk.screens.blocks import Block, Role, Title, Tone, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.counter.context import DeskBody, primary
from kiosk.screens.counter.x509_pin.shared import breakable
from kiosk.screens.model import Action, Band
from kiosk.texts import formats
from kiosk.texts.catalogue import Texts, plain

GROUP = "counter-hand"
KEY_HEIGHT = 19.0
"""mm of a row of keys: two lines of type."""
LARGE = 1.4
LATIN = 0x2000
"""Signs below are about half as wide."""

TWO_LINES = 1.4
"""How much higher a row is whose words take two lines."""

ON_ONE_LINE = {1: 30, 2: 13, 3: 8}
"""Full-width signs that a key has room for, by how many stand side by side."""
"""So much higher are keys where type is large."""


class Say:
    """The case's texts; in Japanese lines may break after marks and particles."""

    def __init__(self, texts: Texts, *, large: bool = False) -> None:
        self._texts = texts
        self.large = large
        self._japanese = texts.language is Language.JAPANESE

    def __call__(self, key: str, **values: object) -> str:
        """A text of the case."""
        return self.broken(self._texts(f"{GROUP}.{key}", **values))

    def known(self, group: str, word: str) -> str:
        """Of a word of the server; `other` stands in for one without a text."""
        key = f"{GROUP}.{group}.{word}"
        return self.broken(self._texts(key if key in self._texts else f"{GROUP}.{group}.other"))

    def document(self, kind: str) -> str:
        """An identity document."""
        own = f"{GROUP}.document.{kind}"
        return self._texts(own if own in self._texts else f"counter-card.answer.document.{kind}")

    def place(self, place: Place) -> str:
        """Where it can be done instead."""
        return self.broken(place.name) if place.name else self.broken(self._texts(f"counter.place.{place.kind}"))

    def list_of(self, words: Iterable[str]) -> str:
        """Several in a row."""
        return ("、|" if self._japanese else ", ").join(words)

    def day(self, iso: str) -> str:
        """A day of YYYY-MM-DD."""
        return formats.day_with_year(date.fromisoformat(iso), self._texts.language)

    def broken(self, text: str) -> str:
        """With places where a line may break."""
        return breakable(text) if self._japanese else text


def page(
    say: Say,
    case: HandOverCase,
    scene: str,
    *main: Block,
    action: Action | None = None,
    simulated: bool = False,
) -> DeskBody:
    """A page of the case under its title, with whose card it is."""
    title = say(f"title.{scene}")
    parties = (Words(text=say("simulated"), role=Role.LABEL, tone=Tone.QUIET, gap=1),) if simulated else ()
    return DeskBody(
        scene=f"hand-{scene}",
        title=title,
        main=(Title(text=title), *parties, *main),
        aside=_aside(say, case),
        action=action or Action(),
    )


def key(say: Say, which: Key, words: str = "", *, icon: str = "", live: bool = True, on: bool = False) -> Control:
    """A key of the case."""
    text = say(f"key.{words or which.value}")
    return Control(which.value, text, Touched(which) if live else None, icon=icon, chosen=on, spoken=plain(text))


def back(say: Say) -> Control:
    """One step back."""
    return key(say, Key.BACK, icon="chevron-left")


def onward(say: Say, words: str = "next", *, ready: bool = True, touch: Key = Key.NEXT) -> Action:
    """Back, and on once this page has what it asks for."""
    return Action(back=back(say), primary=primary(say(f"key.{words}"), Touched(touch), ready=ready))


def busy(say: Say, words: str) -> Action:
    """While something works."""
    return Action(band=Band("clock", say(f"busy.{words}")))


def question(
    say: Say, name: str, values: Sequence[str], chosen: str, *, columns: int, notes: bool = False, gap: float = 6
) -> tuple[Block, ...]:
    """A question and its answers, none of them chosen beforehand."""
    keys = tuple(
        Control(
            f"{name}-{value}",
            say(f"{name}.{value}"),
            Chosen(name, value),
            chosen=chosen == value,
            note=say(f"note.{name}.{value}") if notes else "",
        )
        for value in values
    )
    style, height = (RowStyle.LISTED, 24.0) if notes else (RowStyle.RING, KEY_HEIGHT)
    asked = Words(text=say(f"ask.{name}"), role=Role.LABEL, gap=gap)
    return (asked, *rows_of(say, keys, columns, height, style=style))


def marks(say: Say, keys: Iterable[tuple[str, str, CaseEvent, bool]], *, columns: int) -> tuple[Block, ...]:
    """Things of which several can be there: name, text, touch, whether it is."""
    made = tuple(Control(name, text, touch, chosen=on) for name, text, touch, on in keys)
    return rows_of(say, made, columns, KEY_HEIGHT)


def flag(say: Say, case: HandOverCase, name: str) -> tuple[str, str, CaseEvent, bool]:
    """Something that is so or not."""
    return f"flag-{name}", say(f"flag.{name}"), Marked("flag", name), name in case.flags


def rows_of(
    say: Say, keys: Sequence[Control], columns: int, height: float, *, style: RowStyle = RowStyle.RING
) -> tuple[Block, ...]:
    """Keys in rows of so many, of one less where type is large."""
    if say.large:
        columns, height = max(1, columns - 1), height * LARGE
    return tuple(
        KeyRow(
            keys=tuple(keys[at : at + columns]),
            style=style,
            height=height * (TWO_LINES if _takes_two(keys[at : at + columns], columns, style) else 1),
            columns=columns,
            between=3,
            gap=2 if at else 1,
        )
        for at in range(0, len(keys), columns)
    )


def beside(*keys: Control) -> KeyRow:
    """What can be done on a page besides going on."""
    return KeyRow(keys=keys, style=RowStyle.PLAIN, height=17, columns=3, between=4, gap=4)


def _aside(say: Say, case: HandOverCase) -> tuple[Block, ...]:
    """Whose card it is, and who came for it."""
    if case.coming is None:
        return ()
    blocks: tuple[Block, ...] = (Words(text=say(f"short.{case.coming.value}"), role=Role.LABEL, tone=Tone.QUIET),)
    if case.waiting is not None:
        number = say("mark", mark=case.mark)
        blocks += (Words(text=number, role=Role.LABEL, gap=1), Words(text=say.broken(case.waiting.name), gap=1))
    return blocks


def _takes_two(keys: Sequence[Control], columns: int, style: RowStyle) -> bool:
    if style is not RowStyle.RING:
        return False
    room = ON_ONE_LINE.get(columns, min(ON_ONE_LINE.values()))
    return any(sum(1 if ord(sign) > LATIN else 0.55 for sign in plain(key.text)) > room for key in keys)
