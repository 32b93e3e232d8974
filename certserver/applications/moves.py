"""The one table of how a card application moves: from which state by which event of whom to which state, and what must
hold. Nothing moves by any other way, and nothing is ever deleted. Rows beyond the plan's own table say why."""

from dataclasses import dataclass
from enum import Enum

from certserver.applications.states import OPEN, EventKind, Reason, Role, State


class Need(Enum):
    """What must hold before a move."""

    RECEPTION = "reception"
    """A clerk or officer of the municipality that takes the application in."""
    EITHER = "either"
    """A clerk or officer of that municipality, or of the one of residence."""
    RESIDENCE = "residence"
    """An officer of the municipality of residence."""
    NO_CLERK_OF_IT = "no-clerk-of-it"
    """Whoever moved it as clerk or helper decides nothing about it, in whichever role."""
    IDENTITY_PROVEN = "identity-proven"
    IDENTITY_CHECKED = "identity-checked"
    COUNTER_ROUTE = "counter-route"
    MAIL_ROUTE = "mail-route"
    IDENTITY_FOR_MAIL = "identity-for-mail"
    """By mail only what somebody was identified for."""
    MAIL_CONDITIONS = "mail-conditions"
    """By mail only where nothing speaks against it: asked when the application is taken in."""
    FORM_COMPLETE = "form-complete"
    PHOTO_SETTLED = "photo-settled"
    PIN_FORM = "pin-form"
    """By mail the sealed 暗証番号設定依頼書, unless the card has no PIN."""
    FORM_ID = "form-id"
    EXPRESS = "express"
    NOT_EXPRESS = "not-express"
    OLD_CARD_SETTLED = "old-card-settled"
    ANNOUNCED_MAIL = "announced-mail"
    """A kind of mail with a notice of arrival."""
    DIRECT_MAIL = "direct-mail"
    """A kind of mail that goes to the door at once."""
    MAIL_KIND = "mail-kind"
    """A kind of mail that cards go by."""
    TAKER_ADMITTED = "taker-admitted"
    ACTIVATED = "activated"


@dataclass(frozen=True, slots=True)
class Move:
    """One row. `reasons`: one of these has to be told; empty: none is."""

    before: State
    event: EventKind
    roles: frozenset[Role]
    after: State
    needs: tuple[Need, ...] = ()
    reasons: frozenset[Reason] = frozenset()


_TAKES_IN = frozenset({Role.CLERK, Role.OFFICER})
_HELPS = frozenset({Role.HELPER, Role.CLERK, Role.OFFICER})
_ASKS = frozenset({Role.APPLICANT, Role.HELPER, Role.CLERK, Role.OFFICER})
_OFFICER = frozenset({Role.OFFICER})
_SERVER = frozenset({Role.SERVER})
_MAKER = frozenset({Role.CARD_MAKER})
_MAIL = frozenset({Role.MAIL})
_COMPLETE = (
    *(Need.FORM_COMPLETE, Need.PHOTO_SETTLED, Need.PIN_FORM, Need.IDENTITY_FOR_MAIL),
    Need.MAIL_CONDITIONS,
)
_CAPTURED = (Need.RECEPTION, *_COMPLETE)
_REVIEW = (Need.RESIDENCE, Need.NO_CLERK_OF_IT)
_ASKED = frozenset({Reason.APPLICANT_ASKED, Reason.NO_INTENT})
_RETURNABLE = frozenset(
    {Reason.PHOTO, Reason.FORM, Reason.IDENTITY, Reason.EVIDENCE, Reason.SIGNATURE, Reason.PIN_FORM},
)
_REJECTABLE = frozenset({Reason.IDENTITY, Reason.NO_INTENT, Reason.NOT_ENTITLED})
_DEFECTS = frozenset({Reason.PHOTO, Reason.FORM, Reason.OTHER})
_RECORD = frozenset({Reason.MOVED_OUT, Reason.DIED, Reason.NAME_CHANGED, Reason.ADDRESS_CHANGED})
_OUT = (Need.MAIL_ROUTE, Need.IDENTITY_CHECKED, Need.OLD_CARD_SETTLED, Need.MAIL_KIND, Need.ACTIVATED)

S, E = State, EventKind

_INTAKE = (
    Move(S.DRAFT, E.CHECK_IDENTITY, _TAKES_IN, S.IDENTITY_CHECKED, (Need.RECEPTION, Need.IDENTITY_PROVEN)),
    # Help with the form alone (申請サポート) checks nobody's identity: such a card is handed over at a counter.
    Move(S.DRAFT, E.CAPTURE, _HELPS, S.CAPTURED, (Need.COUNTER_ROUTE, *_CAPTURED)),
    Move(S.IDENTITY_CHECKED, E.CAPTURE, _TAKES_IN, S.CAPTURED, (Need.IDENTITY_CHECKED, *_CAPTURED)),
    Move(S.CAPTURED, E.SEND, _HELPS, S.SENT_TO_MUNICIPALITY, _CAPTURED),
    Move(S.RETURNED, E.CAPTURE, _HELPS, S.CAPTURED, _CAPTURED),
    # What came back because of the identity documents is checked anew.
    Move(S.RETURNED, E.CHECK_IDENTITY, _TAKES_IN, S.IDENTITY_CHECKED, (Need.RECEPTION, Need.IDENTITY_PROVEN)),
)

_REVIEWED = (
    Move(S.SENT_TO_MUNICIPALITY, E.TAKE, _OFFICER, S.UNDER_REVIEW, _REVIEW),
    Move(S.UNDER_REVIEW, E.RETURN, _OFFICER, S.RETURNED, _REVIEW, _RETURNABLE),
    Move(S.UNDER_REVIEW, E.REJECT, _OFFICER, S.REJECTED, _REVIEW, _REJECTABLE),
    Move(S.UNDER_REVIEW, E.APPROVE, _OFFICER, S.APPROVED, (*_REVIEW, Need.IDENTITY_FOR_MAIL)),
)

_MADE = (
    Move(S.APPROVED, E.ORDER_CARD, _SERVER, S.SENT_TO_MAKER, (Need.FORM_ID,)),
    Move(S.SENT_TO_MAKER, E.REPORT_DEFECT, _MAKER, S.MAKER_DEFECT, (), _DEFECTS),
    Move(S.SENT_TO_MAKER, E.ACCEPT, _MAKER, S.MANUFACTURING),
    # The municipality tells the applicant; what is applied for again goes the whole way again.
    Move(S.MAKER_DEFECT, E.CAPTURE, _HELPS, S.CAPTURED, (Need.EITHER, *_COMPLETE)),
    Move(S.MANUFACTURING, E.SHIP_TO_MUNICIPALITY, _MAKER, S.CARD_AT_MUNICIPALITY, (Need.NOT_EXPRESS,)),
    Move(S.MANUFACTURING, E.SET_UP, _MAKER, S.SET_UP_AT_MAKER, (Need.EXPRESS, Need.IDENTITY_CHECKED)),
    Move(S.CARD_AT_MUNICIPALITY, E.SET_UP, _OFFICER, S.SET_UP, (Need.RESIDENCE, Need.PIN_FORM)),
)

_BY_MAIL = (
    Move(S.SET_UP, E.MAIL_OUT, _OFFICER, S.MAILED, (Need.RESIDENCE, *_OUT)),
    Move(S.SET_UP_AT_MAKER, E.MAIL_OUT, _MAKER, S.MAILED, _OUT),
    Move(S.MAILED, E.ANNOUNCE, _MAIL, S.ARRIVAL_NOTICE, (Need.ANNOUNCED_MAIL,)),
    # Registered mail comes to the door without a notice ahead.
    Move(S.MAILED, E.DELIVER, _MAIL, S.DELIVERED, (Need.DIRECT_MAIL,)),
    Move(S.MAILED, E.BRING_BACK, _MAIL, S.RETURNED_TO_SENDER),
    Move(S.ARRIVAL_NOTICE, E.DELIVER, _MAIL, S.DELIVERED),
    Move(S.ARRIVAL_NOTICE, E.BRING_BACK, _MAIL, S.RETURNED_TO_SENDER),
    Move(S.RETURNED_TO_SENDER, E.NOTIFY, _OFFICER, S.NOTICE_SENT, (Need.RESIDENCE,)),
)

_HANDED_OVER = (Need.RESIDENCE, Need.TAKER_ADMITTED, Need.OLD_CARD_SETTLED, Need.ACTIVATED)

_AT_COUNTER = (
    Move(S.SET_UP, E.NOTIFY, _OFFICER, S.NOTICE_SENT, (Need.RESIDENCE, Need.COUNTER_ROUTE)),
    Move(S.NOTICE_SENT, E.RESERVE, _OFFICER, S.RESERVED, (Need.RESIDENCE,)),
    Move(S.NOTICE_SENT, E.EXPIRE, _OFFICER, S.EXPIRED_HOLD, (Need.RESIDENCE,)),
    Move(S.RESERVED, E.DELIVER, _OFFICER, S.DELIVERED, _HANDED_OVER),
    # Whoever does not come at the time may reserve again: else one missed time would keep a card for good.
    Move(S.RESERVED, E.MISS, _OFFICER, S.NOTICE_SENT, (Need.RESIDENCE,)),
    # The plan names the state and no way to it.
    Move(S.EXPIRED_HOLD, E.DISPOSE, _OFFICER, S.DISPOSED, (Need.RESIDENCE,), frozenset({Reason.NOT_COLLECTED})),
)

# The plan lets a draft and a defect be withdrawn. What waits at the office that took it in can be too: one who never
# comes back with another photo could else never apply anew.
_WITHDRAWN = tuple(
    Move(before, E.WITHDRAW, _ASKS, S.WITHDRAWN, (Need.EITHER,), _ASKED)
    for before in (S.DRAFT, S.IDENTITY_CHECKED, S.CAPTURED, S.RETURNED, S.MAKER_DEFECT)
)

# What is personal must not wait for good for somebody who never comes back.
_LAPSED = tuple(Move(row.before, E.LAPSE, _SERVER, S.WITHDRAWN) for row in _WITHDRAWN)

_INVALIDATED = tuple(
    Move(before, E.INVALIDATE, frozenset({Role.RESIDENT_RECORD}), S.INVALIDATED, (), _RECORD)
    for before in State
    if before in OPEN
)

MOVES = _INTAKE + _REVIEWED + _MADE + _BY_MAIL + _AT_COUNTER + _WITHDRAWN + _LAPSED + _INVALIDATED
