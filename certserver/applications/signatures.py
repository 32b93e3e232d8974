"""Which marks in the box for one's own hand (自署欄) make a paper valid: 「署名又は記名押印」 (カード省令 20 条).
Braille is a printed name, never a signature: handwriting can't be compared in it. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated, in_force


class SignatureKind(Enum):
    """How somebody's name came into the box."""

    HANDWRITTEN = "handwritten"
    """署名"""
    PRINTED_NAME = "printed-name"
    """記名"""
    BRAILLE = "braille"
    """点字"""
    SCRIBED = "scribed"
    """代筆: written by a helper or an officer."""


class SignedPaper(Enum):
    """Which paper bears the box."""

    CARD_APPLICATION = "card-application"
    """交付申請書: checked by the card maker, who reads braille."""
    DELIVERY_REPLY = "delivery-reply"
    """交付通知書兼回答書: checked at a municipality's window, which may not."""


class SignatureVerdict(Enum):
    """What follows."""

    VALID = "valid"
    DEFECT = "defect"
    """不備"""
    OFFICER_DECIDES = "officer-decides"
    ASK_OR_SCRIBE = "ask-or-scribe"
    """The window can't check braille: it asks aloud for the person's intent, or scribes."""


@dataclass(frozen=True, slots=True)
class SignatureRow(Dated):
    """What a kind needs besides. `place_forgiven`: standing outside the box is by itself no defect."""

    kind: SignatureKind
    needs_seal: bool
    place_forgiven: bool


_NOTICE = "平成28年11月1日付け総行住第208号"

SIGNATURES = (
    SignatureRow(SignatureKind.HANDWRITTEN, False, False, source="カード省令20条", confirmed=Confirmed.MINISTRY),
    SignatureRow(SignatureKind.PRINTED_NAME, True, False, source="カード省令20条", confirmed=Confirmed.MINISTRY),
    SignatureRow(
        SignatureKind.BRAILLE, True, True, since=date(2016, 11, 1), source=_NOTICE, confirmed=Confirmed.MINISTRY
    ),
    # 「これまで通り」: how long before that notice it was so, it doesn't say.
    SignatureRow(SignatureKind.SCRIBED, True, False, source=_NOTICE, confirmed=Confirmed.MINISTRY),
)


def judge_signature(
    kind: SignatureKind,
    day: date,
    *,
    sealed: bool,
    in_box: bool,
    paper: SignedPaper = SignedPaper.CARD_APPLICATION,
    window_reads_braille: bool = True,
) -> SignatureVerdict:
    """What a mark is worth on a day. Where no row says anything, an officer decides."""
    row = next((each for each in in_force(SIGNATURES, day) if each.kind is kind), None)
    if row is None:
        return SignatureVerdict.OFFICER_DECIDES
    if row.needs_seal and not sealed:
        return SignatureVerdict.DEFECT
    if kind is SignatureKind.BRAILLE and paper is SignedPaper.DELIVERY_REPLY and not window_reads_braille:
        return SignatureVerdict.ASK_OR_SCRIBE
    return SignatureVerdict.VALID if in_box or row.place_forgiven else SignatureVerdict.OFFICER_DECIDES
