"""What one resident is offered, and whether an order keeps to it: version, choices, hours and fee. Pure."""

from dataclasses import dataclass
from datetime import datetime

from certserver.ports import JST
from certserver.registers.model import StatusNow
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.eligibility import kind_refusal, old_enough, standing, status_of
from certserver.rules.hours import is_open
from certserver.rules.references import member_reference
from certserver.rules.settings import InForce, KindInForce, Purpose
from certserver.stages import Refused
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """One kind for this resident. `refusal` says why it can't be ordered now, None when it can."""

    kind: CertificateKind
    fee: int
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int
    refusal: RefusalReason | None


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """A member whom the resident may choose."""

    reference: str
    name: str
    is_self: bool

    def __repr__(self) -> str:
        return "<Member>"


@dataclass(frozen=True, slots=True)
class Offer:
    """The offer of one session. It expires (Unix seconds) with the session, or when a setting changes before that."""

    version: str
    session_nonce: bytes
    expires_at: int
    kinds: tuple[OfferedKind, ...]
    members: tuple[Member, ...]
    purposes: tuple[Purpose, ...]


def make_offer(
    in_force: InForce, snapshot: RegisterSnapshot, session_nonce: bytes, session_ends: int, now: datetime
) -> Offer | Refused:
    """The offer for the person who orders, or why they can order nothing."""
    household = snapshot.household
    if household is None:
        return Refused(RefusalReason.NOT_OFFERED)
    status = status_of(household)
    kinds = tuple(
        OfferedKind(
            kind=kind.kind,
            fee=kind.fee,
            scopes=kind.scopes,
            options=kind.options,
            max_copies=kind.max_copies,
            refusal=_refusal(kind, in_force, status, now),
        )
        for kind in in_force.kinds
    )
    person = standing(status)
    if person is not None:
        return Refused(person)
    if not old_enough(household.orderer, now.astimezone(JST).date()):
        return Refused(RefusalReason.UNDER_AGE)
    choosable = any(Scope.MEMBERS in kind.scopes and kind.refusal is None for kind in kinds)
    members = tuple(
        Member(
            reference=member_reference(session_nonce, member.resident_id),
            name=member.name,
            is_self=member.resident_id == household.orderer.resident_id,
        )
        for member in household.present
        if choosable
    )
    return Offer(
        version=in_force.version,
        session_nonce=session_nonce,
        expires_at=session_ends if in_force.until is None else min(session_ends, in_force.until),
        kinds=kinds,
        members=members,
        purposes=in_force.purposes,
    )


def _refusal(kind: KindInForce, in_force: InForce, status: StatusNow, now: datetime) -> RefusalReason | None:
    about_person = kind_refusal(kind.kind, status)
    return about_person if is_open(kind, in_force.closures, now) else RefusalReason.CLOSED


def check_order(order: Order, in_force: InForce, now: datetime) -> Refused | None:
    """Why an order does not keep to what is in force now, or None: its offer's version, its choices, the hours (asked
    again now), and its fee."""
    if order.offer_version != in_force.version:
        return Refused(RefusalReason.OFFER_CHANGED)
    for at, line in enumerate(order.lines):
        kind = in_force.of(line.kind)
        if kind is None or not _offered(line, kind):
            return Refused(RefusalReason.NOT_OFFERED, at)
        if not is_open(kind, in_force.closures, now):
            return Refused(RefusalReason.CLOSED, at)
    if order.fee != sum(fee_of(line, in_force) * line.copies for line in order.lines):
        return Refused(RefusalReason.OFFER_CHANGED)
    return None


def fee_of(line: OrderLine, in_force: InForce) -> int:
    """Yen for one copy of a line that is offered."""
    return next(kind.fee for kind in in_force.kinds if kind.kind is line.kind)


def _offered(line: OrderLine, kind: KindInForce) -> bool:
    return line.scope in kind.scopes and line.options <= set(kind.options) and line.copies <= kind.max_copies
