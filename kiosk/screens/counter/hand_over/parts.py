"""What the pages of a hand-over on the clerk's window are put together from, and what both windows say."""

from collections.abc import Sequence

from kiosk.counter.case import CaseEvent
from kiosk.counter.hand_over.events import Chosen, Key, Marked, Touched
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.screens.blocks import Block, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter import answers
from kiosk.screens.counter.context import DeskBody, primary
from kiosk.screens.counter.documents import DocumentWords
from kiosk.screens.model import Action, Band
from kiosk.texts.catalogue import plain


class Say(DocumentWords):
    """The case's texts."""


def page(
    say: Say,
    case: HandOverCase,
    scene: str,
    *main: Block,
    action: Action | None = None,
    simulated: bool = False,
    alert: str = "",
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
        alerts=(alert,) if alert else (),
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
    """A question and its answers."""
    keys = [
        Control(
            f"{name}-{value}",
            say(f"{name}.{value}"),
            Chosen(name, value),
            chosen=chosen == value,
            note=say(f"note.{name}.{value}") if notes else "",
        )
        for value in values
    ]
    return answers.question(say(f"ask.{name}"), keys, columns, large=say.large, gap=gap)


def mark(name: str, text: str, touch: CaseEvent, *, on: bool) -> Control:
    """Something that is there or not."""
    return Control(name, text, touch, chosen=on)


def flag(say: Say, case: HandOverCase, name: str) -> Control:
    """Something that is so or not."""
    return mark(f"flag-{name}", say(f"flag.{name}"), Marked("flag", name), on=name in case.flags)


def _aside(say: Say, case: HandOverCase) -> tuple[Block, ...]:
    """Whose card it is, and who came for it."""
    if case.coming is None:
        return ()
    blocks: tuple[Block, ...] = (Words(text=say(f"short.{case.coming.value}"), role=Role.LABEL, tone=Tone.QUIET),)
    if case.waiting is not None:
        number = say("mark", mark=case.mark)
        blocks += (Words(text=number, role=Role.LABEL, gap=1), Words(text=say.broken(case.waiting.name), gap=1))
    return blocks
