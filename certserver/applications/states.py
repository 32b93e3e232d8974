"""The words of a card application on its way: states, events, roles, reasons, and what must hold. The way itself is in
`certserver.applications.moves`. All of it is this software's design; no office's list of states was read."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from certserver.applications.identity import Combination
from certserver.applications.mail_delivery import MailCondition, MailKind
from koufu.applying.words import Comer


class State(Enum):
    """Where an application stands."""

    DRAFT = "draft"
    IDENTITY_CHECKED = "identity-checked"
    CAPTURED = "captured"
    """Form, photo and sealed PIN form are there."""
    SENT_TO_MUNICIPALITY = "sent-to-municipality"
    UNDER_REVIEW = "under-review"
    RETURNED = "returned"
    """Back to whoever took it in, with a reason."""
    APPROVED = "approved"
    SENT_TO_MAKER = "sent-to-maker"
    MAKER_DEFECT = "maker-defect"
    """不備, found by the card maker."""
    MANUFACTURING = "manufacturing"
    CARD_AT_MUNICIPALITY = "card-at-municipality"
    SET_UP_AT_MAKER = "set-up-at-maker"
    """Express: the card maker does 交付前設定."""
    SET_UP = "set-up"
    """交付前設定 was done."""
    MAILED = "mailed"
    ARRIVAL_NOTICE = "arrival-notice"
    RETURNED_TO_SENDER = "returned-to-sender"
    NOTICE_SENT = "notice-sent"
    """交付通知書: to be fetched at a counter."""
    RESERVED = "reserved"
    EXPIRED_HOLD = "expired-hold"
    """Not fetched in time."""
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    INVALIDATED = "invalidated"
    DISPOSED = "disposed"


TERMINAL = frozenset({State.DELIVERED, State.WITHDRAWN, State.REJECTED, State.INVALIDATED, State.DISPOSED})
OPEN = frozenset(State) - TERMINAL


class Role(Enum):
    """Who moves an application."""

    APPLICANT = "applicant"
    HELPER = "helper"
    """Support alone (申請サポート, 申請支援): never checks who somebody is."""
    CLERK = "clerk"
    """At a post office that takes card applications in."""
    OFFICER = "officer"
    """Of a municipality: at a counter, in the field, or reviewing."""
    SERVER = "server"
    CARD_MAKER = "card-maker"
    MAIL = "mail"
    RESIDENT_RECORD = "resident-record"


OF_A_MUNICIPALITY = frozenset({Role.HELPER, Role.CLERK, Role.OFFICER})
NOT_DECIDING = frozenset({Role.HELPER, Role.CLERK})
"""Whoever moved an application in one of these roles decides nothing about it, in whichever role."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which role, and for which municipality; None where the role belongs to none. Raises `ValueError`
    for a helper, clerk or officer of no municipality."""

    actor_id: str
    role: Role
    municipality: str | None = None

    def __post_init__(self) -> None:
        if self.role in OF_A_MUNICIPALITY and self.municipality is None:
            raise ValueError("helpers, clerks and officers act for a municipality")


class EventKind(Enum):
    """What happens to an application."""

    CHECK_IDENTITY = "check-identity"
    CAPTURE = "capture"
    SEND = "send"
    TAKE = "take"
    RETURN = "return"
    REJECT = "reject"
    APPROVE = "approve"
    ORDER_CARD = "order-card"
    REPORT_DEFECT = "report-defect"
    ACCEPT = "accept"
    """The card maker accepts: the day that a card's validity counts an age by."""
    SHIP_TO_MUNICIPALITY = "ship-to-municipality"
    SET_UP = "set-up"
    MAIL_OUT = "mail-out"
    NOTIFY = "notify"
    ANNOUNCE = "announce"
    """The mail announces the letter."""
    BRING_BACK = "bring-back"
    RESERVE = "reserve"
    MISS = "miss"
    """Nobody came at the reserved time."""
    DELIVER = "deliver"
    EXPIRE = "expire"
    DISPOSE = "dispose"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    """It waited untouched for too long."""
    INVALIDATE = "invalidate"


class Reason(Enum):
    """Why, where a move has to say so."""

    PHOTO = "photo"
    FORM = "form"
    IDENTITY = "identity"
    EVIDENCE = "evidence"
    """What supports a ground, or shows who a representative is."""
    SIGNATURE = "signature"
    PIN_FORM = "pin-form"
    NO_INTENT = "no-intent"
    NOT_ENTITLED = "not-entitled"
    OTHER = "other"
    MOVED_OUT = "moved-out"
    DIED = "died"
    NAME_CHANGED = "name-changed"
    ADDRESS_CHANGED = "address-changed"
    APPLICANT_ASKED = "applicant-asked"
    NOT_COLLECTED = "not-collected"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, and why where that must be told."""

    kind: EventKind
    reason: Reason | None = None


class Route(Enum):
    """How a card reaches the person."""

    MAIL = "mail"
    COUNTER = "counter"


class PhotoState(Enum):
    """What is known of the photo."""

    MISSING = "missing"
    FIT = "fit"
    EXCEPTION = "exception"
    """A person accepted it by an exception."""
    NONE_WANTED = "none-wanted"
    """Under one year."""


class OldCard(Enum):
    """What becomes of the card that somebody had."""

    NONE = "none"
    """There is none, or it was lost."""
    TO_HAND_IN = "to-hand-in"
    HANDED_IN = "handed-in"


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """Who checked the applicant's identity when, and by which combination of documents."""

    actor_id: str
    at: datetime
    by: Combination


@dataclass(frozen=True, slots=True)
class CardApplication:
    """An application as its moves see it: no name, number, picture or PIN is here.

    `moved_at` is its last move's instant, `clerks` are all who moved it as clerk or helper. `combination` is what was
    found proven, before the move that says so; `taker` who was found entitled to take the card at a counter. `form_id`
    is the 申請書ID: 23 digits that nobody here takes apart. `mail_unmet` is what speaks against the mail, None where it
    was not asked. Raises `ValueError` for express issuance by another way
    than the mail, and for an instant without a time zone."""

    application_id: str
    residence_municipality: str
    reception_municipality: str
    route: Route
    moved_at: datetime
    state: State = State.DRAFT
    express: bool = False
    face_auth: bool = False
    combination: Combination | None = None
    identity: IdentityCheck | None = None
    form_complete: bool = False
    photo: PhotoState = PhotoState.MISSING
    pin_form_sealed: bool = False
    form_id: str | None = field(default=None, repr=False)
    old_card: OldCard = OldCard.NONE
    mail_kind: MailKind | None = None
    taker: Comer | None = None
    mail_unmet: tuple[MailCondition, ...] | None = None
    activated: bool = False
    clerks: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.express and self.route is not Route.MAIL:
            raise ValueError("express issuance goes by mail")
        if self.moved_at.tzinfo is None:
            raise ValueError("an instant has a time zone")

    @property
    def is_open(self) -> bool:
        """Whether it is still on its way."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """What is kept of a move for good: who, in which role, when, from where to where, and why."""

    application_id: str
    before: State
    event: EventKind
    after: State
    actor_id: str
    role: Role
    municipality: str | None
    at: datetime
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A move was made: the application as it is now, and the entry to keep."""

    application: CardApplication
    entry: MoveEntry


def entered(application: CardApplication, actor: Actor, at: datetime, after: State) -> CardApplication:
    """The application in its next state, with what a move itself leaves on it."""
    clerks = application.clerks | {actor.actor_id} if actor.role in NOT_DECIDING else application.clerks
    identity = application.identity
    if after is State.IDENTITY_CHECKED and application.combination is not None:
        identity = IdentityCheck(actor.actor_id, at, application.combination)
    return replace(application, state=after, moved_at=at, clerks=clerks, identity=identity)
