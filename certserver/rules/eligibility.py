"""Who may have what: the standing of the person who orders, and each order line judged on one register snapshot (I3).
Every question is asked before any is answered, so that a refusal does not tell by its time why it came (I14)."""

from datetime import date

from certserver.pipeline.stages import EligibleLine, Refused
from certserver.registers.model import HouseholdSnapshot, Resident
from certserver.rules.references import member_reference
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, RefusalReason, Scope

MINIMUM_AGE = 15

_RESIDENCE = frozenset({CertificateKind.RESIDENCE, CertificateKind.RESIDENCE_ITEMS})


def standing(snapshot: HouseholdSnapshot, today: date) -> RefusalReason | None:
    """Why this person can order nothing at all on a day (in Japan), or None."""
    person = snapshot.orderer
    reasons = (
        (person.died is not None, RefusalReason.DECEASED),
        (person.moved_out is not None and person.moved_out <= today, RefusalReason.MOVED_OUT),
        (person.moved_out is not None or person.move_out_planned is not None, RefusalReason.MOVE_OUT_PLANNED),
        (not _old_enough(person, today), RefusalReason.UNDER_AGE),
    )
    return next((reason for holds, reason in reasons if holds), None)


def kind_refusal(kind: CertificateKind, snapshot: HouseholdSnapshot, today: date) -> RefusalReason | None:
    """Why a kind can't be had by the person who orders, whichever persons it would show, or None."""
    members = [member for member in snapshot.members if lives_here(member, today)]
    # Every kind shows the address, and it is the address of everybody here: one protected or withheld person hides it
    # on all of them, whoever orders (I14). It stands first, so that no other reason tells about that person. Counted,
    # not searched: the work is the same wherever such a person stands.
    withheld = sum(bool(person.withholding) for person in (snapshot.orderer, *snapshot.members))
    leaving = sum(member.move_out_planned is not None or member.moved_out is not None for member in members)
    wants_seal = kind is CertificateKind.SEAL_REGISTRATION
    reasons = (
        (withheld > 0, RefusalReason.WITHHELD),
        (kind in _RESIDENCE and leaving > 0, RefusalReason.MOVE_OUT_PLANNED),
        (wants_seal and snapshot.seal is None, RefusalReason.NO_SEAL),
        (wants_seal and snapshot.seal is not None and snapshot.seal.cancelled, RefusalReason.SEAL_CANCELLED),
    )
    return next((reason for holds, reason in reasons if holds), None)


def eligible_line(
    line: OrderLine, snapshot: HouseholdSnapshot, session_nonce: bytes, today: date
) -> EligibleLine | RefusalReason:
    """The line with the persons it shows, or why it can't be issued."""
    shown = _shown(line, snapshot, session_nonce, today)
    refusal = kind_refusal(line.kind, snapshot, today)
    if refusal is not None:
        return refusal
    if shown is None:
        return RefusalReason.NOT_OFFERED
    return EligibleLine(line, shown)


def eligible_lines(
    lines: tuple[OrderLine, ...], snapshot: HouseholdSnapshot, session_nonce: bytes, today: date
) -> tuple[EligibleLine, ...] | Refused:
    """All lines of an order, or the first reason against it. Every line is judged before any is refused."""
    person = standing(snapshot, today)
    judged = [eligible_line(line, snapshot, session_nonce, today) for line in lines]
    if person is not None:
        return Refused(person)
    for at, verdict in enumerate(judged):
        if isinstance(verdict, RefusalReason):
            return Refused(verdict, at)
    return tuple(verdict for verdict in judged if isinstance(verdict, EligibleLine))


def lives_here(person: Resident, today: date) -> bool:
    """Whether a person counts among the household's members on a day."""
    return person.died is None and (person.moved_out is None or person.moved_out > today)


def _shown(
    line: OrderLine, snapshot: HouseholdSnapshot, session_nonce: bytes, today: date
) -> tuple[Resident, ...] | None:
    members = tuple(member for member in snapshot.members if lives_here(member, today))
    if line.kind is CertificateKind.SEAL_REGISTRATION:
        return (snapshot.orderer,) if line.scope is Scope.SELF else None
    if line.scope is Scope.SELF:
        return (snapshot.orderer,)
    if line.scope is Scope.HOUSEHOLD:
        return members
    chosen = set(line.members)
    found = tuple(member for member in members if member_reference(session_nonce, member.resident_id) in chosen)
    return found if len(found) == len(chosen) == len(line.members) else None


def _old_enough(person: Resident, today: date) -> bool:
    born = person.born.day
    if born is None:
        # Only old entries and some foreign residents' lack a civil date of birth; their card proves more than a guess.
        return True
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return years >= MINIMUM_AGE
