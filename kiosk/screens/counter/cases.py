"""A case on the clerk's window and on the resident's: each kind's presenters in one table, and what stands around."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk.counter.desk import Desk
from kiosk.counter.kinds import CaseKind
from kiosk.counter.resident import ResidentStage
from kiosk.counter.touches import DeskKey
from kiosk.screens.blocks import Notice, Role, Title
from kiosk.screens.counter.card_application.clerk import clerk
from kiosk.screens.counter.card_application.resident import resident
from kiosk.screens.counter.context import DeskBody, DeskContext, key
from kiosk.screens.counter.hand_over import clerk as hand_over_clerk
from kiosk.screens.counter.hand_over import resident as hand_over_resident
from kiosk.screens.counter.papers import clerk as papers_clerk
from kiosk.screens.counter.papers import resident as papers_resident
from kiosk.screens.counter.x509_pin import clerk as x509_clerk
from kiosk.screens.counter.x509_pin import resident as x509_resident
from kiosk.screens.model import Action
from kiosk.screens.present.context import Body, Context
from kiosk.screens.presenter import Shown

CLERK: Mapping[CaseKind, Callable[[DeskContext, Any], DeskBody]] = {
    CaseKind.CARD_APPLICATION: clerk,
    CaseKind.X509_PIN: x509_clerk.clerk,
    CaseKind.HAND_OVER: hand_over_clerk.clerk,
    CaseKind.PAPERS: papers_clerk.clerk,
}
"""What the clerk sees of a case: `clerk(ctx, case)` of each kind."""

RESIDENT: Mapping[CaseKind, Callable[[Context, Any], Body | None]] = {
    CaseKind.CARD_APPLICATION: resident,
    CaseKind.X509_PIN: x509_resident.resident,
    CaseKind.HAND_OVER: hand_over_resident.resident,
    CaseKind.PAPERS: papers_resident.resident,
}
"""What the resident sees of it: `resident(ctx, case)` of each kind."""

OFFERED: Mapping[CaseKind, str] = {
    CaseKind.CARD_APPLICATION: "sheet",
    CaseKind.X509_PIN: "card",
    CaseKind.HAND_OVER: "hand-over-keys",
    CaseKind.PAPERS: "page-out",
}
"""Kinds that can be begun, in the order of their keys, and their pictograms."""


def in_case(ctx: DeskContext) -> DeskBody:
    """The open case, with a key that puts it aside."""
    assert ctx.desk.case is not None
    opened = ctx.desk.case
    body = CLERK[opened.kind](ctx, opened.case)
    hold = key(ctx, DeskKey.HOLD)
    if not opened.case.holdable:
        return body
    return replace(body, extra=(hold, *body.extra))


def await_terminal(ctx: DeskContext) -> DeskBody:
    """The terminal is not free yet: why."""
    title = ctx.say("counter.await.title")
    stage = ctx.desk.resident.stage
    why = stage.value if stage in (ResidentStage.VISIT, ResidentStage.LEFT, ResidentStage.STARTING) else "other"
    return DeskBody(
        scene="await-terminal",
        title=title,
        main=(Title(text=title), Notice(text=ctx.say(f"counter.await.why.{why}"), role=Role.BODY, gap=6)),
        action=Action(back=key(ctx, DeskKey.DISMISS, icon="chevron-left", words="frame.key.back")),
    )


def shown_by(desk: Callable[[], Desk]) -> Shown:
    """What the desk shows on the resident's window."""

    def shown(ctx: Context) -> Body | None:
        now = desk()
        if not now.shows_resident or now.case is None:
            return None
        return RESIDENT[now.case.kind](ctx, now.case.case)

    return shown
