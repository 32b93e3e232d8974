"""Who may have what: the person who orders, and each kind judged on one register snapshot (I3), then once more on the
status in the instant of release (I6). Every question is asked before any is answered, so that a refusal does not tell
by its time why it came (I14)."""

from datetime import date

from certserver.days import full_years
from certserver.registers.model import (
    KosekiStatus,
    PersonStatus,
    RegisterDate,
    RegisteredSealStatus,
    Resident,
    StatusNow,
)
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.matters import tax_status, year_refusal
from certserver.rules.protection import is_withheld, koseki_withheld
from certserver.stages import Refused
from koufu.evidence.order import OrderLine
from koufu.evidence.words import KOSEKI_KINDS, TAX_KINDS, CertificateKind, RefusalReason

MINIMUM_AGE = 15

_RESIDENCE = frozenset({CertificateKind.RESIDENCE, CertificateKind.RESIDENCE_ITEMS})

_Reasons = tuple[tuple[bool, RefusalReason], ...]


def status_of(snapshot: RegisterSnapshot) -> StatusNow:
    """What of a snapshot can forbid a document."""
    household = snapshot.household
    seal = RegisteredSealStatus.MISSING
    if household is not None and household.seal is not None:
        seal = RegisteredSealStatus.CANCELLED if household.seal.cancelled else RegisteredSealStatus.REGISTERED
    return StatusNow(
        version=snapshot.version,
        orderer=None if household is None else _status(household.orderer),
        members=() if household is None else tuple(_status(member) for member in household.members),
        seal=seal,
        koseki=_koseki_status(snapshot),
        taxes=tuple(map(tax_status, snapshot.taxes)),
        has_damage=bool(snapshot.damages),
        protected=snapshot.protected,
    )


def standing(status: StatusNow) -> RefusalReason | None:
    """Why the person who orders can have nothing at all, or None."""
    person = status.orderer
    reasons = (
        (person is not None and person.died is not None, RefusalReason.DECEASED),
        (person is not None and person.moved_out is not None, RefusalReason.MOVED_OUT),
        (person is not None and person.move_out_planned is not None, RefusalReason.MOVE_OUT_PLANNED),
    )
    return _first(reasons)


def person_refusal(snapshot: RegisterSnapshot, today: date) -> RefusalReason | None:
    """What speaks today in Japan against the person who orders besides `standing`, or None."""
    household, koseki = snapshot.household, snapshot.koseki
    born = None
    if household is not None:
        born = household.orderer.born
    elif koseki is not None and koseki.orderer is not None:
        born = koseki.orderer.born
    reasons = (
        (born is not None and not old_enough(born, today), RefusalReason.UNDER_AGE),
        (household is not None and moved_in_today(household.orderer, today), RefusalReason.NEXT_DAY),
    )
    return _first(reasons)


def kind_refusal(kind: CertificateKind, status: StatusNow) -> RefusalReason | None:
    """Why a kind can't be had by the person who orders, whichever persons or matter it would show, or None. That it is
    withheld stands first, so that no other reason tells about a protected person."""
    of_koseki = kind in KOSEKI_KINDS
    leaving = sum(person.lives_here & (person.move_out_planned is not None) for person in status.members)
    wants_seal = kind is CertificateKind.SEAL_REGISTRATION
    reasons = (
        (is_withheld(kind, status), RefusalReason.WITHHELD),
        (not of_koseki and status.orderer is None, RefusalReason.NOT_OFFERED),
        (kind in _RESIDENCE and leaving > 0, RefusalReason.MOVE_OUT_PLANNED),
        (wants_seal and status.seal is RegisteredSealStatus.MISSING, RefusalReason.NO_SEAL),
        (wants_seal and status.seal is RegisteredSealStatus.CANCELLED, RefusalReason.SEAL_CANCELLED),
        *(_against_koseki(kind, status.koseki) if of_koseki else ()),
    )
    return _first(reasons)


def still_eligible(lines: tuple[OrderLine, ...], status: StatusNow) -> Refused | None:
    """The first reason against an order as the register stands now, or None. Every line is judged in any case."""
    person = standing(status)
    judged = [_line_refusal(line, status) for line in lines]
    if person is not None:
        return Refused(person)
    return next((Refused(reason, at) for at, reason in enumerate(judged) if reason is not None), None)


def _line_refusal(line: OrderLine, status: StatusNow) -> RefusalReason | None:
    about_kind, about_matter = kind_refusal(line.kind, status), None
    if line.kind in TAX_KINDS:
        about_matter = year_refusal(
            line.kind, next((tax for tax in status.taxes if str(tax.year) == line.matter), None)
        )
    if line.kind is CertificateKind.DISASTER_VICTIM and not status.has_damage:
        about_matter = RefusalReason.NO_DAMAGE
    return about_kind or about_matter


def age(born: RegisterDate, today: date) -> int | None:
    """Whole years on a day in Japan, None without a civil date of birth."""
    return None if born.day is None else full_years(born.day, today)


def old_enough(born: RegisterDate, today: date) -> bool:
    """Whether a person is 15 on a day in Japan."""
    years = age(born, today)
    # Only old entries and some foreign residents' lack a civil date of birth; their card proves more than a guess.
    return years is None or years >= MINIMUM_AGE


def moved_in_today(person: Resident, today: date) -> bool:
    """Whether a person became a resident today, or was entered as one today: the other registers follow overnight.
    Where the register does not say when it made the entry, that is the day on which moving in was notified."""
    entered = person.entered_on
    if entered is None and person.address_since is None and person.notified_on is not None:
        entered = person.notified_on.day
    return any(day is not None and day >= today for day in (person.resident_since.day, entered))


def _against_koseki(kind: CertificateKind, koseki: KosekiStatus | None) -> _Reasons:
    if koseki is None:
        return ((True, RefusalReason.NO_KOSEKI_HERE),)
    recorded = koseki.recorded
    if kind is CertificateKind.KOSEKI_SUPPLEMENT:
        recorded = recorded and koseki.in_supplement
    return (
        (not recorded, RefusalReason.NOT_RECORDED),
        (koseki.unfit, RefusalReason.KOSEKI_UNFIT),
        (koseki.pending, RefusalReason.KOSEKI_PENDING),
    )


def _first(reasons: _Reasons) -> RefusalReason | None:
    return next((reason for holds, reason in reasons if holds), None)


def _status(person: Resident) -> PersonStatus:
    return PersonStatus(
        resident_id=person.resident_id,
        withholding=person.withholding,
        move_out_planned=person.move_out_planned,
        moved_out=person.moved_out,
        died=person.died,
    )


def _koseki_status(snapshot: RegisterSnapshot) -> KosekiStatus | None:
    held = snapshot.koseki
    if held is None:
        return None
    orderer, koseki = held.orderer, held.koseki
    withheld, withheld_removed = koseki_withheld(snapshot)
    return KosekiStatus(
        recorded=orderer is not None and not orderer.removed,
        in_supplement=orderer is not None
        and any(person.person_id == orderer.person_id and not person.removed for person in koseki.supplement),
        unfit=koseki.unfit,
        pending=koseki.pending,
        withheld=withheld,
        withheld_removed=withheld_removed,
    )
