"""Why something can't be had: which words a reason has, on the screen that ends a visit and beside a kind or a year.
Several reasons share the generic words, so that what is withheld can't be told from them (I14)."""

import re

from kiosk.flow.values.trouble import DeclineReason
from kiosk.screens.blocks import Block, Role, Words
from kiosk.screens.present.context import Context, data
from kiosk.texts.catalogue import BREAK
from koufu.evidence.words import CertificateKind, RefusalReason

Reason = DeclineReason | RefusalReason

_LONG = re.compile(r"([ぁ-ヿ一-鿿]{7})(?=[ぁ-ヿ一-鿿]{3})")

WORDING: dict[Reason, str] = {
    DeclineReason.FACE_AUTH: "face-auth",
    DeclineReason.LOCKED_OR_FACE_AUTH: "locked-or-face",
    DeclineReason.PIN_LOCKED: "locked",
    DeclineReason.FOREIGN_CARD: "foreign",
    DeclineReason.CARD_UNREADABLE: "unreadable",
    DeclineReason.OTHER_CARD: "other-card",
    DeclineReason.SERVER_AWAY: "server-away",
    DeclineReason.NO_NUMBER: "no-number",
    DeclineReason.SHEETS_NOT_RIGHT: "sheets-not-right",
    DeclineReason.NUMBER_LOCKED: "number-locked",
    DeclineReason.POWER_CUT: "power-cut",
    RefusalReason.X509_UNKNOWN: "x509-unknown",
    RefusalReason.X509_EXPIRED: "x509-expired",
    RefusalReason.X509_REVOKED: "x509-revoked",
    RefusalReason.X509_UNTRUSTED: "not-verified",
    RefusalReason.REVOCATION_STALE: "stale",
    RefusalReason.CHALLENGE_FAILED: "not-verified",
    RefusalReason.SESSION_EXPIRED: "timed-out",
    RefusalReason.OFFER_CHANGED: "changed",
    RefusalReason.FACE_AUTH_CARD: "face-auth",
    RefusalReason.UNDER_AGE: "under-age",
    RefusalReason.CLOSED: "closed",
    RefusalReason.NOT_OFFERED: "counter",
    RefusalReason.MUNICIPALITY_UNKNOWN: "elsewhere",
    RefusalReason.MOVED_OUT: "moved-out",
    RefusalReason.MOVE_OUT_PLANNED: "moving",
    RefusalReason.DECEASED: "counter",
    RefusalReason.NO_SEAL: "no-seal",
    RefusalReason.SEAL_CANCELLED: "seal-cancelled",
    RefusalReason.WITHHELD: "counter",
    RefusalReason.CHARACTER_MISSING: "unprintable",
    RefusalReason.TOO_LONG: "too-long",
    RefusalReason.REGISTER_BUSY: "busy",
    RefusalReason.TERMINAL_NOT_ADMITTED: "terminal",
    RefusalReason.SUSPENDED: "suspended",
    RefusalReason.X509_ON_HOLD: "on-hold",
    RefusalReason.NEXT_DAY: "next-day",
    RefusalReason.RESIDENTS_ONLY: "residents",
    RefusalReason.UNDECLARED: "undeclared",
    RefusalReason.TAXED: "taxed",
    RefusalReason.NO_TAX_HERE: "no-tax",
    RefusalReason.NO_DAMAGE: "no-damage",
    RefusalReason.NO_KOSEKI_HERE: "no-koseki",
    RefusalReason.NOT_RECORDED: "not-recorded",
    RefusalReason.KOSEKI_PENDING: "pending",
    RefusalReason.KOSEKI_UNFIT: "unfit",
    RefusalReason.NOT_ENROLLED: "not-enrolled",
    RefusalReason.ENROLMENT_PENDING: "enrolling",
    RefusalReason.ENROLMENT_DECLINED: "enrolment-declined",
    RefusalReason.ENROLMENT_RENEW: "enrol-again",
}
"""Which words a reason has."""

NOTED = frozenset(
    {
        RefusalReason.CLOSED,
        RefusalReason.UNDER_AGE,
        RefusalReason.NEXT_DAY,
        RefusalReason.RESIDENTS_ONLY,
        RefusalReason.NO_SEAL,
        RefusalReason.SEAL_CANCELLED,
        RefusalReason.UNDECLARED,
        RefusalReason.TAXED,
        RefusalReason.NO_TAX_HERE,
        RefusalReason.NO_DAMAGE,
        RefusalReason.NO_KOSEKI_HERE,
        RefusalReason.NOT_RECORDED,
        RefusalReason.KOSEKI_PENDING,
        RefusalReason.KOSEKI_UNFIT,
        RefusalReason.NOT_ENROLLED,
        RefusalReason.ENROLMENT_PENDING,
        RefusalReason.ENROLMENT_DECLINED,
        RefusalReason.ENROLMENT_RENEW,
    }
)
"""Reasons with a note of their own on the key of a kind or a year; all others read alike there (I14)."""


def names(ctx: Context, kind: CertificateKind | None) -> dict[str, str]:
    """What the words of a reason may name: the municipality and the kind."""
    board = ctx.terminal.board_at_hand
    municipality = "" if board is None else board.municipality_name if ctx.japanese else board.municipality_name_en
    return {
        "municipality": municipality,
        "kind": ctx.kind(kind) if kind is not None else ctx.say("declined.certificate"),
    }


def note(ctx: Context, reason: RefusalReason | None) -> str:
    """A few words on a key; none without a reason."""
    if reason is None:
        return ""
    return ctx.say(f"choose.unavailable.{reason.value if reason in NOTED else 'other'}")


def own_words(ctx: Context, reason: Reason) -> str:
    """What the municipality says is to be done; empty where it leaves that to the terminal."""
    board = ctx.terminal.board_at_hand
    own = board.refusal_text(reason) if board is not None else None
    return "" if own is None else _broken(data(own.text if ctx.japanese else own.text_en))


def _broken(text: str) -> str:
    """With a place to break wherever nobody thought of one for long: a municipality's words come in any length."""
    return _LONG.sub(rf"\1{BREAK}", text)


def explained(ctx: Context, reason: RefusalReason, kind: CertificateKind, gap: float) -> tuple[Block, ...]:
    """Above the keys, once one that can't be had is touched: why, and what to do."""
    wording = WORDING[reason]
    told = names(ctx, kind)
    # Large type leaves room for few words beside the keys; the municipality's stand on the screen that ends the visit.
    text = ("" if ctx.large else own_words(ctx, reason)) or ctx.say(f"declined.{wording}.text", **told)
    return (
        Words(text=ctx.say(f"declined.{wording}.head", **told), role=Role.ITEM, gap=gap),
        Words(text=text, gap=2),
    )
