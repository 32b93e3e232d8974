"""What the pages of a card application on the clerk's window are put together from: questions with their answers, the
way through the steps, what the server said no to."""

from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.events import Chosen, Key, Marked, Touched
from kiosk.counter.card_application.moving import step_of
from kiosk.counter.card_application.ready import ready
from kiosk.counter.card_application.words import ORDER, Step
from kiosk.counter.refusal import Refusal
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import Block, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter import answers
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.model import Action, Band
from kiosk.texts import formats
from kiosk.texts.catalogue import BREAK, Texts

SAY = "counter-card"


def say(ctx: DeskContext, key: str, **values: object) -> str:
    """A text of this case."""
    return ctx.say(f"{SAY}.{key}", **values)


def page(
    ctx: DeskContext,
    case: CardCase,
    blocks: Iterable[Block],
    action: Action | None = None,
    extra: Sequence[Control] = (),
    alert: str = "",
) -> DeskBody:
    """A page of a step: its title, the step's matter, the steps at the side, and what stands against it: what went
    wrong here, what the server said no to, that it does not answer."""
    step = step_of(case.scene)
    assert step is not None, "a page of a step"
    title = say(ctx, f"title.{step.value}")
    against = "" if case.problem is None else problem(ctx, case.problem)
    away = say(ctx, "away") if case.flight is not None and case.flight.away else ""
    return DeskBody(
        scene=f"card-{step.value}",
        title=title,
        main=(Title(text=title), *blocks),
        aside=way(ctx, case, step),
        action=action or onward(ctx, case, step),
        extra=tuple(extra),
        alerts=tuple(each for each in (against, alert, away) if each),
    )


def onward(ctx: DeskContext, case: CardCase, step: Step, words: str = "next") -> Action:
    """Back, and on to the next step once this one has what it asks for."""
    go = primary(say(ctx, f"key.{words}"), Touched(Key.NEXT), ready=ready(case, step))
    return Action(back=back(ctx), primary=go)


def back(ctx: DeskContext) -> Control:
    """One step back."""
    return key(ctx, Key.BACK, icon="chevron-left")


def key(ctx: DeskContext, which: Key, *, icon: str = "", words: str = "", enabled: bool = True) -> Control:
    """A key of the case."""
    return Control(which.value, say(ctx, f"key.{words or which.value}"), Touched(which) if enabled else None, icon=icon)


def stop(ctx: DeskContext) -> Control:
    """Gives it up."""
    return key(ctx, Key.STOP)


def way(ctx: DeskContext, case: CardCase, now: Step) -> tuple[Block, ...]:
    """How far it is."""
    at = ORDER.index(now) + 1
    return (
        Words(text=say(ctx, "way", now=at, of=len(ORDER)), role=Role.LABEL, tone=Tone.QUIET),
        Words(text=say(ctx, "mark", mark=case.mark), role=Role.LABEL, gap=1),
    )


def question(
    ctx: DeskContext,
    case: CardCase,
    name: str,
    values: Sequence[str],
    *,
    columns: int = 0,
    notes: bool = False,
    enabled: bool = True,
    gap: float = 6,
) -> tuple[Block, ...]:
    """A question and its answers."""
    keys = [
        Control(
            f"{name}-{value}",
            say(ctx, f"answer.{name}.{value}"),
            Chosen(name, value) if enabled else None,
            chosen=case.answer(name) == value,
            note=say(ctx, f"note.{name}.{value}") if notes else "",
        )
        for value in values
    ]
    return answers.question(say(ctx, f"ask.{name}"), keys, columns or len(values), large=ctx.desk.large, gap=gap)


def marks(
    ctx: DeskContext, name: str, values: Sequence[str], chosen: Iterable[str], *, columns: int, gap: float = 2
) -> tuple[Block, ...]:
    """Things of which several can be marked."""
    there = frozenset(chosen)
    keys = [
        Control(f"{name}-{value}", say(ctx, f"answer.{name}.{value}"), Marked(name, value), chosen=value in there)
        for value in values
    ]
    return answers.rows_of(keys, columns, large=ctx.desk.large, gap=gap)


def problem(ctx: DeskContext, refusal: Refusal) -> str:
    """What the server said no to, and to which parts of it."""
    parts = [
        *(say(ctx, f"mail.{each}") for each in refusal.mail),
        *(field(ctx.say, each) for each in refusal.fields),
    ]
    known = f"{SAY}.problem.{refusal.reason}"
    text = ctx.say(known) if known in ctx.say else say(ctx, "problem.other", reason=refusal.reason)
    between = "、" + BREAK if ctx.japanese else ", "
    return text + (f"{BREAK}（{between.join(parts)}）" if parts else "")


def field(words: Texts, name: str) -> str:
    """A field of the form by its name."""
    return words(f"{SAY}.field.{name}")


def shown(words: Texts, name: str, text: str) -> str:
    """What stands in a field, as it is read."""
    if name in ("born", "stay-until", "express-happened-on"):
        return day(words, text)
    known = f"{SAY}.answer.{name}.{text}"
    if known in words:
        return words(known)
    # What somebody is called may break anywhere; figures after their hyphens.
    return text.replace("-", f"-{BREAK}") if text.isascii() else BREAK.join(text)


def day(words: Texts, iso: str, *, year: bool = True) -> str:
    """A day of YYYY-MM-DD, with its year in the era where Japanese is written."""
    try:
        of = date.fromisoformat(iso)
    except ValueError:
        return iso
    if words.language is Language.JAPANESE:
        return f"{formats.year(of.year, words.language) if year else ''}{BREAK if year else ''}{of.month}月{of.day}日"
    return iso if year else iso[5:]


def busy(ctx: DeskContext, words: str) -> Action:
    """While something works."""
    return Action(
        back=key(ctx, Key.BACK, icon="chevron-left", enabled=False), band=Band("clock", say(ctx, f"busy.{words}"))
    )


def within(ctx: DeskContext, *keys: Control) -> tuple[Block, ...]:
    """Keys that stand beside what they work on."""
    return answers.beside(*keys, large=ctx.desk.large, columns=max(2, len(keys)))
