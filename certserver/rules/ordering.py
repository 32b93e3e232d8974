"""Whether an order keeps to what is in force and to what this resident was offered, and what each of its lines shows.
Pure. Every line is judged before any is answered (I14)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from certserver.registers.snapshot import RegisterSnapshot, Wanted, wanted_for
from certserver.rules.eligibility import person_refusal, status_of, still_eligible
from certserver.rules.extracting import extract_of
from certserver.rules.hours import is_open
from certserver.rules.in_force import InForce, KindInForce
from certserver.rules.offer import OwnChoices, own_choices, place_refusal
from certserver.rules.settings import Ground
from certserver.stages import EligibleLine, Refused
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import NUMBER_OPTIONS, RefusalReason


@dataclass(frozen=True, slots=True)
class EligibleLines:
    """The lines of an order with what each shows, and yen for one copy of each."""

    lines: tuple[EligibleLine, ...]
    fees: tuple[int, ...]


def wanted_for_offer(in_force: InForce) -> Wanted:
    """What an offer needs of the registers: the same for every resident at an outlet (I14)."""
    return _wanted(in_force.kinds, numbers=False)


def wanted_for_order(order: Order, in_force: InForce) -> Wanted:
    """What an order needs of the registers. Numbers are read only where a line has one of them shown (I11)."""
    kinds = {line.kind for line in order.lines}
    shows_numbers = any(line.options & NUMBER_OPTIONS for line in order.lines)
    return _wanted(tuple(kind for kind in in_force.kinds if kind.kind in kinds), numbers=shows_numbers)


def check_order(order: Order, in_force: InForce, now: datetime) -> Refused | None:
    """Why an order does not keep to what is in force now for anybody, or None: its offer's version, its kinds, and the
    hours, asked again now."""
    if order.offer_version != in_force.version:
        return Refused(RefusalReason.OFFER_CHANGED)
    for at, line in enumerate(order.lines):
        kind = in_force.of(line.kind)
        if kind is None:
            return Refused(RefusalReason.NOT_OFFERED, at)
        if not is_open(kind, now):
            return Refused(RefusalReason.CLOSED, at)
    return None


def eligible_lines(
    order: Order, in_force: InForce, snapshot: RegisterSnapshot, session_nonce: bytes, today: date
) -> EligibleLines | Refused:
    """What each line shows and costs, or the first reason against the order. Only for an order that keeps to what is in
    force."""
    refused = still_eligible(order.lines, status_of(snapshot))
    person = person_refusal(snapshot, today)
    kinds = [_kind_of(line, in_force) for line in order.lines]
    choices = [own_choices(kind, snapshot, session_nonce, today) for kind in kinds]
    against = [
        place_refusal(kind, snapshot) or _against(line, own)
        for kind, line, own in zip(kinds, order.lines, choices, strict=True)
    ]
    extracts = [extract_of(line, snapshot, session_nonce) for line in order.lines]
    if refused is not None:
        return refused
    if person is not None:
        return Refused(person)
    eligible = []
    for at, (line, reason, extract) in enumerate(zip(order.lines, against, extracts, strict=True)):
        if reason is not None or extract is None:
            return Refused(reason or RefusalReason.NOT_OFFERED, at)
        eligible.append(EligibleLine(line, extract))
    fees = tuple(own.fee for own in choices)
    if order.fee != sum(fee * line.copies for fee, line in zip(fees, order.lines, strict=True)):
        return Refused(RefusalReason.OFFER_CHANGED)
    return EligibleLines(tuple(eligible), fees)


def _against(line: OrderLine, own: OwnChoices) -> RefusalReason | None:
    """Why a line does not keep to what this resident may choose, or None."""
    if line.scope not in own.scopes or not line.options <= set(own.options) or line.copies > own.max_copies:
        return RefusalReason.NOT_OFFERED
    if not line.matter:
        return None
    matter = next((each for each in own.matters if each.reference == line.matter), None)
    return RefusalReason.NOT_OFFERED if matter is None else matter.refusal


def _kind_of(line: OrderLine, in_force: InForce) -> KindInForce:
    return next(kind for kind in in_force.kinds if kind.kind is line.kind)


def _wanted(kinds: tuple[KindInForce, ...], *, numbers: bool) -> Wanted:
    shown = wanted_for((kind.kind for kind in kinds), numbers=numbers)
    by_damage = any(each.ground is Ground.DAMAGE for kind in kinds for each in kind.exemptions)
    return replace(shown, fee_by_damage=by_damage)
