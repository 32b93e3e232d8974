"""The photo on the clerk's window: live with guide and hints, then what the gates say and what the clerk decides."""

from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.events import GuideMoved, Key, Touched
from kiosk.counter.card_application.photo import outcome
from kiosk.counter.card_application.words import Step
from kiosk.photo.crop import Crop
from kiosk.photo.decide import Accepted, NotTaken, Refused
from kiosk.screens.blocks import Block, Caption, Notice, Role, Tone, Words
from kiosk.screens.controls import Control, RowStyle
from kiosk.screens.counter.answers import rows_of
from kiosk.screens.counter.card_application.parts import (
    back,
    busy,
    key,
    marks,
    onward,
    page,
    question,
    say,
)
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.desk_blocks import Column, Columns, Entry, LivePicture, Table, TableRow
from kiosk.screens.model import Action
from koufu.photo.words import NEVER_WAIVED, ExceptionCategory, PhotoFinding

GUIDE = (0.16, 0.84)
"""Crown and chin of the guide frame as it is first, in shares of the picture's height."""
STEP = 0.02
LIVE_MM, CUT_MM = 132.0, 96.0
SEEN = tuple(
    each.value
    for each in PhotoFinding
    if each not in NEVER_WAIVED and each not in (PhotoFinding.BACKGROUND, PhotoFinding.BLURRED, PhotoFinding.TOO_BRIGHT)
)
"""What a clerk sees and no gate does."""


def photo(ctx: DeskContext, case: CardCase, scene: at.PhotoScene) -> DeskBody:
    """Live, or taken; or none under one year."""
    if not case.photo_wanted:
        text = Words(text=say(ctx, "photo.none_wanted"), gap=4)
        return page(ctx, case, [text], onward(ctx, case, Step.PHOTO))
    return _live(ctx, case, scene) if scene.taken is None else _taken(ctx, case, scene, scene.taken)


def _live(ctx: DeskContext, case: CardCase, scene: at.PhotoScene) -> DeskBody:
    hints: list[Block] = [Words(text=say(ctx, "photo.live"), role=Role.LABEL)]
    if scene.problem:
        pass  # said above, where it is always in sight
    elif not scene.serial:
        hints.append(Words(text=say(ctx, "photo.starting"), role=Role.LABEL, tone=Tone.QUIET, gap=4))
    elif scene.hints:
        hints += [Words(text=ctx.say(f"photo.hint.{hint.value}"), gap=4) for hint in scene.hints[:3]]
    else:
        hints.append(Words(text=say(ctx, "photo.good"), tone=Tone.SUCCESS, gap=4))
    crown, chin = scene.guide or GUIDE
    hints += [
        Caption(text=say(ctx, "photo.guide"), gap=8),
        *(
            block
            for name, up, down in (
                ("crown", (crown - STEP, chin), (crown + STEP, chin)),
                ("chin", (crown, chin - STEP), (crown, chin + STEP)),
            )
            for block in rows_of(
                (_moved(ctx, f"{name}-up", *up), _moved(ctx, f"{name}-down", *down)),
                1 if ctx.desk.large else 2,
                large=ctx.desk.large,
                style=RowStyle.PLAIN,
                gap=2,
            )
        ),
    ]
    picture = LivePicture(
        name="live",
        serial=scene.serial,
        height=LIVE_MM,
        ratio=4 / 3,
        guide=scene.guide or GUIDE,
        label=say(ctx, "photo.picture"),
    )
    taking = scene.serial and not scene.busy and not scene.problem
    go = primary(say(ctx, "key.take-photo"), Touched(Key.TAKE_PHOTO), ready=bool(taking))
    extra = [key(ctx, Key.SCAN_PRINT)]
    if scene.problem:
        extra.append(key(ctx, Key.AGAIN))
    action = busy(ctx, "taking") if scene.busy else Action(back=back(ctx), primary=go)
    blocks = [Columns(parts=((picture,), tuple(hints)), shares=(1.9, 1), gap=3)]
    problem = say(ctx, f"photo.problem.{scene.problem}") if scene.problem else ""
    return page(ctx, case, blocks, action, () if scene.busy else tuple(extra), problem)


def _moved(ctx: DeskContext, name: str, crown: float, chin: float) -> Control:
    return Control(f"guide-{name}", say(ctx, f"photo.move.{name}"), GuideMoved(round(crown, 3), round(chin, 3)))


def _taken(ctx: DeskContext, case: CardCase, scene: at.PhotoScene, taken: at.Taken) -> DeskBody:
    judgement = taken.judgement
    failed = [each for each in judgement.readings if not each.passed]
    decided = outcome(case, scene)
    rows = tuple(
        TableRow(
            (say(ctx, f"gate.{each.gate.value}"), ctx.say(f"photo.hint.{each.hint.value}")),
            tone=Tone.ERROR,
        )
        for each in failed
        if each.hint is not None
    )
    columns = (Column(say(ctx, "photo.gate"), 1), Column(say(ctx, "photo.finding"), 1.6))
    good = len(judgement.readings) - len(rows)
    passed = say(ctx, "photo.others_passed" if rows else "photo.all_passed", n=good)
    found: tuple[Block, ...] = (
        *((Table(columns=columns, rows=rows, gap=2),) if rows else ()),
        Words(text=passed, role=Role.LABEL, tone=Tone.QUIET if rows else Tone.SUCCESS, gap=4),
    )
    cropped = isinstance(judgement.crop, Crop)
    picture = LivePicture(
        name="taken",
        serial=taken.serial,
        height=CUT_MM,
        ratio=35 / 45 if cropped else 4 / 3,
        guide=None,
        label=say(ctx, "photo.picture"),
    )
    told: list[Block] = [Words(text=say(ctx, "photo.gates"), role=Role.LABEL), *found]
    blocks: list[Block] = [
        Columns(parts=((picture,), tuple(told)), shares=(1, 1.9), gap=3),
        *_verdict(ctx, case, decided),
    ]
    waivable = [each.gate.value for each in failed if each.finding is not None and each.finding not in NEVER_WAIVED]
    if waivable:
        blocks.append(Words(text=say(ctx, "photo.overrule"), role=Role.LABEL, gap=6))
        blocks += marks(ctx, "overruled", waivable, scene.overruled, columns=3)
    blocks.append(Words(text=say(ctx, "photo.sees"), role=Role.LABEL, gap=6))
    blocks += marks(ctx, "sees", SEEN, scene.sees, columns=3)
    action = Action(
        back=key(ctx, Key.RETAKE, icon="chevron-left"),
        primary=primary(say(ctx, "key.use_photo"), Touched(Key.NEXT), ready=isinstance(decided, Accepted)),
    )
    alert = say(ctx, "photo.never", findings=_findings(ctx, decided)) if _never(decided) else ""
    return page(ctx, case, blocks, action, alert=alert)


def _never(decided: Accepted | Refused) -> bool:
    return isinstance(decided, Refused) and decided.reason is NotTaken.NEVER_WAIVED


def _findings(ctx: DeskContext, decided: Accepted | Refused) -> str:
    found = [say(ctx, f"answer.sees.{each.value}") for each in decided.findings]
    return ("・" if ctx.japanese else ", ").join(found)


def _verdict(ctx: DeskContext, case: CardCase, decided: Accepted | Refused) -> list[Block]:
    told = _findings(ctx, decided)
    if _never(decided):
        return []
    if not decided.findings:
        return [Words(text=say(ctx, "photo.fit"), tone=Tone.SUCCESS, gap=6)]
    return [
        Notice(text=say(ctx, "photo.needs_exception", findings=told), role=Role.LABEL, gap=6),
        *question(ctx, case, "photo-exception", [each.value for each in ExceptionCategory], columns=3),
        Entry(
            name="photo-exception-reason",
            label=say(ctx, "field.photo-exception-reason"),
            value=case.answer("photo-exception-reason"),
            hint=say(ctx, "hint.photo-exception-reason"),
            gap=4,
        ),
    ]
