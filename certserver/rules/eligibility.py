"""Who may have what: the standing of the person who orders, and each order line judged on one register snapshot (I3),
then once more on the status in the instant of release (I6). Every question is asked before any is answered, so that a
refusal does not tell by its time why it came (I14)."""

from datetime import date

from certserver.registers.extracts import Extract, HouseholdExtract, SealExtract
from certserver.registers.model import HouseholdSnapshot, PersonStatus, RegisteredSealStatus, Resident, StatusNow
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.references import member_reference
from certserver.stages import EligibleLine, Refused
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, RefusalReason, Scope

MINIMUM_AGE = 15

_RESIDENCE = frozenset({CertificateKind.RESIDENCE, CertificateKind.RESIDENCE_ITEMS})


def status_of(snapshot: HouseholdSnapshot) -> StatusNow:
    """What of a snapshot can forbid a document."""
    seal = RegisteredSealStatus.MISSING
    if snapshot.seal is not None:
        seal = RegisteredSealStatus.CANCELLED if snapshot.seal.cancelled else RegisteredSealStatus.REGISTERED
    members = tuple(_status(member) for member in snapshot.members)
    return StatusNow(snapshot.version, _status(snapshot.orderer), members, seal)


def standing(status: StatusNow) -> RefusalReason | None:
    """Why the person who orders can have nothing at all, or None."""
    person = status.orderer
    if person is None:
        return None
    reasons = (
        (person.died is not None, RefusalReason.DECEASED),
        (person.moved_out is not None, RefusalReason.MOVED_OUT),
        (person.move_out_planned is not None, RefusalReason.MOVE_OUT_PLANNED),
    )
    return next((reason for holds, reason in reasons if holds), None)


def kind_refusal(kind: CertificateKind, status: StatusNow) -> RefusalReason | None:
    """Why a kind can't be had by the person who orders, whichever persons it would show, or None."""
    # Every kind shows the address, and it is the address of everybody here: one protected or withheld person hides it
    # on all of them, whoever orders (I14). Who moved out or died is on none of them, so that their measure hides
    # nothing here. It stands first, so that no other reason tells about that person. Counted, not searched: the work is
    # the same wherever such a person stands.
    withheld = sum(person.lives_here & bool(person.withholding) for person in status.members)
    withheld += status.orderer is not None and bool(status.orderer.withholding)
    leaving = sum(person.lives_here & (person.move_out_planned is not None) for person in status.members)
    wants_seal = kind is CertificateKind.SEAL_REGISTRATION
    reasons = (
        (withheld > 0, RefusalReason.WITHHELD),
        (kind in _RESIDENCE and leaving > 0, RefusalReason.MOVE_OUT_PLANNED),
        (wants_seal and status.seal is RegisteredSealStatus.MISSING, RefusalReason.NO_SEAL),
        (wants_seal and status.seal is RegisteredSealStatus.CANCELLED, RefusalReason.SEAL_CANCELLED),
    )
    return next((reason for holds, reason in reasons if holds), None)


def old_enough(person: Resident, today: date) -> bool:
    """Whether a person is 15 on a day in Japan."""
    born = person.born.day
    if born is None:
        # Only old entries and some foreign residents' lack a civil date of birth; their card proves more than a guess.
        return True
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return years >= MINIMUM_AGE


def eligible_lines(
    lines: tuple[OrderLine, ...], snapshot: RegisterSnapshot, session_nonce: bytes, today: date
) -> tuple[EligibleLine, ...] | Refused:
    """The lines of an order with what each shows, or the first reason against the order."""
    household = snapshot.household
    if household is None:
        return Refused(RefusalReason.NOT_OFFERED)
    refused = still_eligible(lines, status_of(household))
    extracts = [_extract(line, household, session_nonce) for line in lines]
    if refused is not None:
        return refused
    if not old_enough(household.orderer, today):
        return Refused(RefusalReason.UNDER_AGE)
    eligible = []
    for at, (line, extract) in enumerate(zip(lines, extracts, strict=True)):
        if extract is None:
            return Refused(RefusalReason.NOT_OFFERED, at)
        eligible.append(EligibleLine(line, extract))
    return tuple(eligible)


def still_eligible(lines: tuple[OrderLine, ...], status: StatusNow) -> Refused | None:
    """The first reason against an order as the register stands now, or None. Every line is judged in any case."""
    person = standing(status)
    judged = [kind_refusal(line.kind, status) for line in lines]
    if person is not None:
        return Refused(person)
    return next((Refused(reason, at) for at, reason in enumerate(judged) if reason is not None), None)


def _extract(line: OrderLine, household: HouseholdSnapshot, session_nonce: bytes) -> Extract | None:
    """What a line shows; None when it names a kind, person or scope that it can't."""
    if line.kind is CertificateKind.SEAL_REGISTRATION:
        if line.scope is not Scope.SELF or household.seal is None:
            return None
        return SealExtract(household.address, household.orderer, household.seal)
    people = _shown(line, household, session_nonce)
    if people is None or line.kind not in _RESIDENCE:
        return None
    whole = line.scope is Scope.HOUSEHOLD or len(people) == len(household.present)
    return HouseholdExtract(household.address, household.householder, people, whole)


def _shown(line: OrderLine, household: HouseholdSnapshot, session_nonce: bytes) -> tuple[Resident, ...] | None:
    """The persons a line shows; None when it names a person or scope that it can't."""
    if line.scope is Scope.SELF:
        return (household.orderer,)
    if line.scope is Scope.HOUSEHOLD:
        return household.present
    chosen = set(line.members)
    found = tuple(
        member for member in household.present if member_reference(session_nonce, member.resident_id) in chosen
    )
    return found if found and len(found) == len(line.members) else None


def _status(person: Resident) -> PersonStatus:
    return PersonStatus(
        resident_id=person.resident_id,
        withholding=person.withholding,
        move_out_planned=person.move_out_planned,
        moved_out=person.moved_out,
        died=person.died,
    )
