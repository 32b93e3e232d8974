"""Deciding what another one asked: it is done in the same transaction in which the second person stands for it, or not
at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from certserver.ledger.alarms import close_alarm
from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.issued.recalling import carry_out
from certserver.office.people import grant, stop
from certserver.office.proposals import (
    ASKING,
    Outcome,
    Proposal,
    ProposalKind,
    keep_outcome,
    one_that_waits,
    withdraw_all,
)
from certserver.office.rights import HeldRole, OfficeRole, demand_second
from certserver.office.roles import officer_of
from certserver.office.signing_in.ways_in import make_way_in
from certserver.pipeline.staff.registry import lock_out
from certserver.ports import in_japan


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of it; where somebody was reset, their way in, shown this once."""

    outcome: Outcome
    mark: str = ""
    way_in: str | None = field(default=None, repr=False)


def decide(desk: Desk, proposal_id: bytes, *, approve: bool) -> Decided:
    """Approves or declines a proposal; whoever asked may only take it back. Raises `NotAllowed`, `NoSuchEntry`, and
    `ConfigurationError` when it can't be done any more, also since whoever asked might not ask today: then it waits
    on."""
    with desk.changing() as (connection, book):
        proposal = one_that_waits(desk, connection, proposal_id)
        if not approve and proposal.asked_by == desk.who.mark:
            desk.demand(ASKING[proposal.kind])
            return _kept(desk, connection, book, proposal, Decided(Outcome.WITHDRAWN))
        demand_second(proposal.asked_by, desk.who)
        if not approve:
            return _kept(desk, connection, book, proposal, Decided(Outcome.DECLINED))
        asked_by = officer_of(connection, desk.municipality, proposal.asked_by, in_japan(desk.now()).date())
        if not asked_by.may(ASKING[proposal.kind]):
            raise Objected(Objection.ASKER_MAY_NO_MORE, mark=proposal.asked_by)
        return _kept(desk, connection, book, proposal, _CARRIED_OUT[proposal.kind](desk, connection, book, proposal))


def _kept(desk: Desk, connection: Connection, book: Book, proposal: Proposal, done: Decided) -> Decided:
    keep_outcome(desk, connection, proposal, done.outcome)
    what = f"{proposal.kind.value} {done.outcome.value}"
    about = " ".join(proposal.about[name] for name in sorted(proposal.about) if name != "reason")
    if done.outcome is Outcome.APPROVED:
        confirmed: dict[str, str | int] = {
            "officer": proposal.asked_by,
            "second": desk.who.mark,
            "what": what,
            "about": about,
        }
        desk.note(book, AuditEvent.STAFF_CONFIRMED, confirmed)
    else:
        # One person is enough for both: nobody counts them among what two stood for.
        asked = f"asked by {proposal.asked_by}: {about}"
        desk.note(book, AuditEvent.PROPOSAL_DECIDED, {"officer": desk.who.mark, "what": what, "about": asked})
    return done


def _grant(desk: Desk, connection: Connection, _book: Book, proposal: Proposal) -> Decided:
    about = proposal.about
    until = date.fromisoformat(about["until"]) if about["until"] else None
    held = HeldRole(about["mark"], OfficeRole(about["role"]), date.fromisoformat(about["since"]), until)
    grant(desk, connection, held)
    return Decided(Outcome.APPROVED, held.mark)


def _end(desk: Desk, connection: Connection, _book: Book, proposal: Proposal) -> Decided:
    about = proposal.about
    stop(
        desk,
        connection,
        about["mark"],
        OfficeRole(about["role"]),
        date.fromisoformat(about["since"]),
        date.fromisoformat(about["last"]),
    )
    return Decided(Outcome.APPROVED, about["mark"])


def _reset(desk: Desk, connection: Connection, book: Book, proposal: Proposal) -> Decided:
    mark = proposal.about["mark"]
    lock_out(connection, book, mark, desk.now())
    withdraw_all(desk, connection, mark)
    return Decided(Outcome.APPROVED, mark, make_way_in(connection, desk.municipality, mark, desk.entropy, desk.now()))


def _close(desk: Desk, connection: Connection, book: Book, proposal: Proposal) -> Decided:
    close_alarm(connection, book, bytes.fromhex(proposal.about["alarm"]), proposal.about["reason"], desk.now())
    return Decided(Outcome.APPROVED)


def _recall(desk: Desk, connection: Connection, book: Book, proposal: Proposal) -> Decided:
    carry_out(desk, connection, book, int(proposal.about["recall"]), proposal.asked_by)
    return Decided(Outcome.APPROVED)


_CARRIED_OUT: Mapping[ProposalKind, Callable[[Desk, Connection, Book, Proposal], Decided]] = {
    ProposalKind.GRANT_ROLE: _grant,
    ProposalKind.END_ROLE: _end,
    ProposalKind.RESET_PERSON: _reset,
    ProposalKind.CLOSE_ALARM: _close,
    ProposalKind.RECALL: _recall,
}
