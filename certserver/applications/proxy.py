"""Whether a card may be delivered to a proxy on a day, by the rows of `certserver.applications.proxy_cases`: who may be
the proxy, whether the case is one, and whether it is supported. Pure."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from certserver.applications.ages import needs_legal_representative
from certserver.applications.dated import in_force
from certserver.applications.proxy_cases import PROXY_ROWS, Admission, ProxyCase, ProxyRow, Support
from certserver.days import full_years

_AGED = 75


class Agent(Enum):
    """Who comes in somebody's place."""

    LEGAL_REPRESENTATIVE = "legal-representative"
    """法定代理人"""
    NAMED = "named"
    """Anybody whom the applicant named (任意代理人)."""


@dataclass(frozen=True, slots=True)
class ProxyRequest:
    """Who is to get whose card, and what they brought. `physically`: a disability is of the body."""

    case: ProxyCase
    agent: Agent
    born: date = field(repr=False)
    adult_ward: bool = False
    physically: bool = False
    brought: frozenset[Support] = frozenset()


class ProxyRefusal(Enum):
    """Why a proxy gets no card."""

    NOT_A_CASE = "not-a-case"
    REPRESENTATIVE_ONLY = "representative-only"
    """Under 15 or an adult ward: the legal representative alone may come."""
    CASE_DOES_NOT_HOLD = "case-does-not-hold"
    """The register says otherwise: no ward, or not 75."""
    NOT_SUPPORTED = "not-supported"


@dataclass(frozen=True, slots=True)
class ProxyAdmitted:
    """The card may be delivered. `by` supported it; empty where another paper made that unnecessary."""

    row: ProxyRow
    by: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class ProxyRefused:
    """It may not. Any one of `bring`, or all of `or_else_all`, would do."""

    reason: ProxyRefusal
    bring: tuple[Support, ...] = ()
    or_else_all: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficerDecides:
    """The ministry's table leaves it open: an officer decides on what was brought."""

    row: ProxyRow


def judge_proxy(request: ProxyRequest, day: date) -> ProxyAdmitted | ProxyRefused | OfficerDecides:
    """Whether the card may be delivered to the proxy on a day."""
    alone = needs_legal_representative(request.born, day, adult_ward=request.adult_ward)
    if alone and request.agent is not Agent.LEGAL_REPRESENTATIVE:
        return ProxyRefused(ProxyRefusal.REPRESENTATIVE_ONLY)
    row = next((each for each in in_force(PROXY_ROWS, day) if each.case is request.case), None)
    if row is None or row.admission is Admission.NO:
        return ProxyRefused(ProxyRefusal.NOT_A_CASE)
    if row.admission is Admission.PHYSICAL_ONLY and not request.physically:
        return ProxyRefused(ProxyRefusal.NOT_A_CASE)
    if _does_not_hold(request, day):
        return ProxyRefused(ProxyRefusal.CASE_DOES_NOT_HOLD)
    if row.admission is Admission.PARTLY:
        return OfficerDecides(row)
    return _supported(row, request.brought)


def _supported(row: ProxyRow, brought: AbstractSet[Support]) -> ProxyAdmitted | ProxyRefused:
    by = tuple(each for each in row.any_of if each in brought)
    needs_nothing = not row.any_of and not row.waived_by
    if by or needs_nothing or (row.waived_by and brought >= frozenset(row.waived_by)):
        return ProxyAdmitted(row, by)
    return ProxyRefused(ProxyRefusal.NOT_SUPPORTED, row.any_of, row.waived_by)


def _does_not_hold(request: ProxyRequest, day: date) -> bool:
    if request.case is ProxyCase.ADULT_WARD:
        return not request.adult_ward
    return request.case is ProxyCase.AGED_75 and full_years(request.born, day) < _AGED
