"""The case of papers on the clerk's window."""

from collections.abc import Sequence

from kiosk.counter.numbers import number_of
from kiosk.counter.papers.case import (
    Asking,
    CameOut,
    Choosing,
    ComerChosen,
    Did,
    Do,
    LanguageChosen,
    LivesChosen,
    Making,
    Naming,
    NoPaper,
    PapersCase,
    ProcedureChosen,
    SheetChosen,
)
from kiosk.counter.papers.values import OF_ONE, Procedure, Question, Sheet
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import Alert, Block, Role, Title, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import beside, question, rows_of
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.desk_blocks import Entry
from kiosk.screens.model import Action, Band
from kiosk.texts.catalogue import plain
from koufu.applying.words import Comer

_LANGUAGES = (Language.JAPANESE, Language.ENGLISH)
_EXPLAINING = tuple(Sheet)[: tuple(Sheet).index(Sheet.APPLICATION_FORM)]
_FORMS = tuple(each for each in tuple(Sheet)[len(_EXPLAINING) :] if each not in OF_ONE)


def clerk(ctx: DeskContext, case: PapersCase) -> DeskBody:
    """What the clerk sees."""
    match case.scene:
        case Choosing():
            return _choosing(ctx, case)
        case Asking(question):
            return _asking(ctx, question)
        case Naming(sheet, typed):
            return _naming(ctx, sheet, typed)
        case Making(sheet, printing):
            text = _say(ctx, "printing" if printing else "making")
            name = _say(ctx, f"sheet.{sheet.value}")
            return _page(ctx, "making", text, Words(text=name, gap=5), action=Action(band=Band("clock", text)))
        case CameOut(sheet, sheets):
            return _page(
                *(ctx, "out", _say(ctx, "out.title")),
                Words(text=_say(ctx, f"sheet.{sheet.value}"), gap=5),
                Words(
                    text=_say(ctx, f"out.{'one' if sheet in OF_ONE else 'text'}", sheets=sheets), role=Role.LABEL, gap=4
                ),
                action=_ending(ctx),
            )
        case NoPaper(sheet, why):
            return _page(
                *(ctx, "none", _say(ctx, "none.title")),
                Words(text=_say(ctx, f"sheet.{sheet.value}"), gap=5),
                Alert(text=_say(ctx, f"none.why.{why.value}"), gap=5),
                action=_ending(ctx),
            )


def _choosing(ctx: DeskContext, case: PapersCase) -> DeskBody:
    chosen = case.language
    of_one = (Words(text=_say(ctx, "of_one"), gap=6), *_sheets(ctx, tuple(OF_ONE))) if case.officer else ()
    languages = [
        Control(f"language-{each.value}", _say(ctx, f"in.{each.value}"), LanguageChosen(each), chosen=each is chosen)
        for each in _LANGUAGES
    ]
    return _page(
        *(ctx, "choosing", _say(ctx, "title")),
        *(() if case.officer else (Words(text=_say(ctx, "text"), role=Role.LABEL, gap=3),)),
        Words(text=_say(ctx, "explaining"), gap=4 if case.officer else 6),
        *rows_of(languages, 2, large=ctx.desk.large),
        *_sheets(ctx, _EXPLAINING),
        Words(text=_say(ctx, "forms"), gap=6),
        *_sheets(ctx, _FORMS),
        *of_one,
        action=Action(back=Control("end", _say(ctx, "key.end"), Did(Do.END))),
    )


def _sheets(ctx: DeskContext, sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    keys = [
        Control(f"paper-{each.value}", _say(ctx, f"sheet.{each.value}"), SheetChosen(each), icon="sheet")
        for each in sheets
    ]
    return beside(*keys, large=ctx.desk.large, columns=1 if ctx.desk.large else 2, gap=3)


def _asking(ctx: DeskContext, asked: Question) -> DeskBody:
    procedures = [
        Control(
            f"procedure-{each.value}",
            _say(ctx, f"procedure.{each.value}"),
            ProcedureChosen(each),
            chosen=asked.procedure is each,
        )
        for each in Procedure
    ]
    comers = [
        Control(f"comer-{each.value}", _say(ctx, f"comer.{each.value}"), ComerChosen(each), chosen=asked.comer is each)
        for each in Comer
    ]
    homes = [
        Control(f"lives-{word}", _say(ctx, f"lives.{word}"), LivesChosen(here), chosen=asked.lives_here is here)
        for word, here in (("here", True), ("elsewhere", False))
    ]
    return _page(
        *(ctx, "asking", _say(ctx, "ask.title")),
        *rows_of(procedures, 2, large=ctx.desk.large, gap=3),
        *question(_say(ctx, "ask.comer"), comers, 3, large=ctx.desk.large),
        *question(_say(ctx, "ask.lives"), homes, 2, large=ctx.desk.large),
        action=Action(
            back=Control("back", ctx.say("frame.key.back"), Did(Do.BACK), icon="chevron-left"),
            primary=primary(_say(ctx, "key.print"), Did(Do.PRINT), ready=asked.procedure is not None),
        ),
    )


def _naming(ctx: DeskContext, sheet: Sheet, typed: str) -> DeskBody:
    return _page(
        *(ctx, "naming", _say(ctx, f"sheet.{sheet.value}")),
        Words(text=_say(ctx, "name.text"), role=Role.LABEL, gap=4),
        Entry(
            name="application-number",
            label=_say(ctx, "name.number"),
            value=typed,
            hint=_say(ctx, "name.hint"),
            most=60,
            gap=5,
            first=True,
        ),
        action=Action(
            back=Control("back", ctx.say("frame.key.back"), Did(Do.BACK), icon="chevron-left"),
            primary=primary(_say(ctx, "key.print"), Did(Do.PRINT), ready=bool(number_of(typed))),
        ),
    )


def _ending(ctx: DeskContext) -> Action:
    end = _say(ctx, "key.end")
    return Action(
        back=Control("another", _say(ctx, "key.another"), Did(Do.BACK)),
        primary=Control("primary", end, Did(Do.END), spoken=plain(end)),
        ends=True,
    )


def _page(ctx: DeskContext, scene: str, title: str, *main: Block, action: Action) -> DeskBody:
    del ctx
    return DeskBody(scene=f"papers-{scene}", title=title, main=(Title(text=title), *main), action=action)


def _say(ctx: DeskContext, key: str, **values: int) -> str:
    return ctx.say(f"counter-papers.{key}", **values)
