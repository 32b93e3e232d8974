"""What one resident is offered: kinds with the choices, matters and fee that are theirs, and whom they may choose.
Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from certserver.ports import JST
from certserver.registers.model import StatusNow
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.eligibility import age, kind_refusal, person_refusal, standing, status_of
from certserver.rules.hours import is_open
from certserver.rules.in_force import Exemption, InForce, KindInForce
from certserver.rules.matters import Matter, matters_of, none_of_them
from certserver.rules.references import koseki_reference, member_reference
from certserver.rules.settings import Ground, Purpose
from certserver.stages import Refused
from koufu.evidence.words import (
    FOREIGN_OPTIONS,
    KOSEKI_KINDS,
    CertificateKind,
    Circle,
    Option,
    RefusalReason,
    Scope,
    circle_of,
)


@dataclass(frozen=True, slots=True)
class OwnChoices:
    """What of a kind in force is this resident's to choose, and what one copy costs them in yen. That a kind or matter
    can't be had at all is not said here."""

    kind: CertificateKind
    fee: int
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """One kind for this resident. `refusal` says why it can't be ordered now, None when it can."""

    choices: OwnChoices
    refusal: RefusalReason | None

    @property
    def kind(self) -> CertificateKind:
        """Which kind."""
        return self.choices.kind


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """A person whom the resident may choose, and among whom that person stands."""

    reference: str
    name: str
    is_self: bool
    circle: Circle

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
    """The offer for the person who orders, or why they can order nothing. Who lives elsewhere is offered the koseki."""
    today = now.astimezone(JST).date()
    status = status_of(snapshot)
    kinds = tuple(
        _offered(kind, snapshot, status, session_nonce, now)
        for kind in in_force.kinds
        if snapshot.household is not None or kind.kind in KOSEKI_KINDS
    )
    refused = standing(status) or person_refusal(snapshot, today)
    if refused is not None:
        return Refused(refused)
    circles = {circle_of(kind.kind) for kind in kinds if Scope.MEMBERS in kind.choices.scopes and kind.refusal is None}
    return Offer(
        version=in_force.version,
        session_nonce=session_nonce,
        expires_at=session_ends if in_force.until is None else min(session_ends, in_force.until),
        kinds=kinds,
        members=tuple(member for member in _members(snapshot, session_nonce) if member.circle in circles),
        purposes=in_force.purposes,
    )


def own_choices(kind: KindInForce, snapshot: RegisterSnapshot, session_nonce: bytes, today: date) -> OwnChoices:
    """What of a kind is this resident's to choose; an order is held against the same."""
    return OwnChoices(
        kind=kind.kind,
        fee=_fee(kind, snapshot, today),
        scopes=kind.scopes,
        options=tuple(option for option in kind.options if _applies(kind.kind, option, snapshot)),
        max_copies=kind.max_copies,
        matters=matters_of(kind.kind, kind.years, snapshot, session_nonce),
    )


def place_refusal(kind: KindInForce, snapshot: RegisterSnapshot) -> RefusalReason | None:
    """Why a kind can't be had at this outlet by this person, or None."""
    return RefusalReason.RESIDENTS_ONLY if kind.residents_only and snapshot.household is None else None


def _offered(
    kind: KindInForce, snapshot: RegisterSnapshot, status: StatusNow, session_nonce: bytes, now: datetime
) -> OfferedKind:
    choices = own_choices(kind, snapshot, session_nonce, now.astimezone(JST).date())
    # Every question is asked, whatever the first answer (I14).
    reasons = (
        None if is_open(kind, now) else RefusalReason.CLOSED,
        place_refusal(kind, snapshot),
        kind_refusal(kind.kind, status),
        none_of_them(kind.kind, choices.matters),
    )
    return OfferedKind(choices, next((reason for reason in reasons if reason is not None), None))


def _fee(kind: KindInForce, snapshot: RegisterSnapshot, today: date) -> int:
    return min([kind.fee, *(each.fee for each in kind.exemptions if _is_granted(each, snapshot, today))])


def _is_granted(exemption: Exemption, snapshot: RegisterSnapshot, today: date) -> bool:
    if exemption.ground is Ground.DAMAGE:
        return bool(snapshot.damages)
    years = None if snapshot.household is None else age(snapshot.household.orderer.born, today)
    return years is not None and years >= exemption.from_age


def _applies(kind: CertificateKind, option: Option, snapshot: RegisterSnapshot) -> bool:
    """Whether an option could show anything about anybody whom this resident may choose."""
    if kind in KOSEKI_KINDS:
        supplement = () if snapshot.koseki is None else snapshot.koseki.koseki.supplement
        return option is not Option.OVERSEAS_VOTER or any(person.overseas_voter for person in supplement)
    present = () if snapshot.household is None else snapshot.household.present
    if option in FOREIGN_OPTIONS:
        return any(person.foreign is not None for person in present)
    return option is not Option.DOMICILE or any(person.foreign is None for person in present)


def _members(snapshot: RegisterSnapshot, session_nonce: bytes) -> Iterator[Member]:
    household, held = snapshot.household, snapshot.koseki
    if household is not None:
        for member in household.present:
            yield Member(
                reference=member_reference(session_nonce, member.resident_id),
                name=member.name,
                is_self=member.resident_id == household.orderer.resident_id,
                circle=Circle.HOUSEHOLD,
            )
    if held is not None and held.orderer is not None:
        for person in held.koseki.people:
            if not person.removed:
                yield Member(
                    reference=koseki_reference(session_nonce, person.person_id),
                    name=held.koseki.full_name(person.given_name),
                    is_self=person.person_id == held.orderer.person_id,
                    circle=Circle.KOSEKI,
                )
