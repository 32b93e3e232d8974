"""What an officer may do: roles that are held from day to day, and what each role opens. Pure; least right by default:
whoever holds no role may nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.errors import NotAllowed
from certserver.objections import Forbidden, Objection


class OfficeRole(Enum):
    """As what somebody acts for the municipality, in its office."""

    VIEWER = "viewer"
    REGISTRAR = "registrar"
    CARD_OFFICER = "card-officer"
    CONFIGURER = "configurer"
    APPROVER = "approver"
    AUDITOR = "auditor"


class Right(Enum):
    """What may be done."""

    SEE = "see"
    """What is in force and how the service stands: nothing personal."""
    KEEP_REGISTERS = "keep-registers"
    """Deliveries, snapshots, measures and holds, registered seals, koseki enrolments."""
    DECIDE_APPLICATIONS = "decide-applications"
    """Card applications: their papers, and what becomes of them."""
    DRAFT_SETTINGS = "draft-settings"
    """Fees, hours, kinds, clauses and seal, as a draft that another person approves."""
    KEEP_TERMINALS = "keep-terminals"
    """Terminals, nodes, trusted issuers and the municipality's keys."""
    KEEP_PEOPLE = "keep-people"
    """Who there is, what they sign in by, and which roles are asked for them."""
    APPROVE = "approve"
    """Stand as the second person for what another one asked."""
    CLOSE_ALARMS = "close-alarms"
    """Say what was found behind an alarm; closing it takes a second person."""
    SEARCH_LEDGER = "search-ledger"
    """What was issued, and what became of it."""
    SEE_SMALL_NUMBERS = "see-small-numbers"
    """Numbers in reports that tell of a few people."""
    MARK_SHEETS = "mark-sheets"
    """Say of a sheet at hand that it is spoiled or voided."""
    RECALL = "recall"
    """Ask that many issued sheets are called back, and see which; a second person decides."""
    SEE_RECALLS = "see-recalls"
    """What is called back and why, in numbers."""
    READ_AUDIT = "read-audit"
    """The log of every decision."""


RIGHTS: Mapping[OfficeRole, frozenset[Right]] = {
    OfficeRole.VIEWER: frozenset({Right.SEE}),
    OfficeRole.REGISTRAR: frozenset(
        {Right.SEE, Right.KEEP_REGISTERS, Right.MARK_SHEETS, Right.SEARCH_LEDGER, Right.SEE_RECALLS}
    ),
    OfficeRole.CARD_OFFICER: frozenset({Right.SEE, Right.DECIDE_APPLICATIONS, Right.SEE_SMALL_NUMBERS}),
    OfficeRole.CONFIGURER: frozenset(
        {
            Right.SEE,
            Right.DRAFT_SETTINGS,
            Right.KEEP_TERMINALS,
            Right.KEEP_PEOPLE,
            Right.CLOSE_ALARMS,
            Right.RECALL,
            Right.SEE_RECALLS,
        }
    ),
    OfficeRole.APPROVER: frozenset({Right.SEE, Right.APPROVE, Right.CLOSE_ALARMS, Right.SEE_RECALLS}),
    OfficeRole.AUDITOR: frozenset(
        {Right.SEE, Right.SEARCH_LEDGER, Right.SEE_RECALLS, Right.READ_AUDIT, Right.SEE_SMALL_NUMBERS}
    ),
}
"""What each role opens."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody holds, days in Japan, both included; `until` is None while no end is known. Raises
    `ValueError` when it ends before it begins."""

    mark: str
    role: OfficeRole
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("it ends before it begins")

    def counts(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, other: "HeldRole") -> bool:
        """Whether both are the same role of one person with a day in common."""
        same = (self.mark, self.role) == (other.mark, other.role)
        ends_before = self.until is not None and self.until < other.since
        begins_after = other.until is not None and other.until < self.since
        return same and not ends_before and not begins_after


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts: a mark, and the roles that count at this moment."""

    mark: str
    roles: frozenset[OfficeRole]

    @property
    def rights(self) -> frozenset[Right]:
        """All that the roles open together."""
        return frozenset().union(*(RIGHTS[role] for role in self.roles))

    def may(self, right: Right) -> bool:
        """Whether one of the roles opens it."""
        return right in self.rights


def officer_on(day: date, mark: str, held: Iterable[HeldRole]) -> Officer:
    """Somebody with the roles that count on a day in Japan."""
    return Officer(mark, frozenset(each.role for each in held if each.mark == mark and each.counts(day)))


def two_decide(held: Iterable[HeldRole], day: date) -> bool:
    """Whether the people of the office decide by themselves on a day: somebody asks, and another one approves."""
    roles = tuple(held)
    officers = [officer_on(day, mark, roles) for mark in {each.mark for each in roles}]
    asking = {each.mark for each in officers if each.may(Right.KEEP_PEOPLE)}
    approving = {each.mark for each in officers if each.may(Right.APPROVE)}
    return any(first != second for first in asking for second in approving)


def demand(officer: Officer, right: Right) -> None:
    """Raises `NotAllowed` unless the officer may."""
    if not officer.may(right):
        opens = ", ".join(role.value for role in OfficeRole if right in RIGHTS[role])
        raise NotAllowed(f"{officer.mark} may not {right.value}: one of these roles is needed: {opens}")


def demand_second(first: str, second: Officer) -> None:
    """Raises `NotAllowed` unless somebody may stand as the second person for what `first` asked. The operator of the
    command line is one person too, and nobody is both."""
    demand(second, Right.APPROVE)
    if first == second.mark:
        raise Forbidden(Objection.ASKED_BY_ONESELF, mark=first)
