"""What one officer asks and another one decides: roles, resets, the closing of alarms. A proposal says what is to be
done with what, in words that are no personal data; it is decided once, and stays. One that nobody decides is over
after a while: what was true when it was asked may not be any more."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, and_, func, insert, not_, or_, select, update

from certserver.errors import NoSuchEntry
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.storage.office import office_proposals

ID_BYTES = 16
WAITS_S = 30 * 86_400
MOST_SHOWN = 50
"""Of those that were decided."""


class ProposalKind(Enum):
    """What is to be done."""

    GRANT_ROLE = "grant-role"
    END_ROLE = "end-role"
    RESET_PERSON = "reset-person"
    CLOSE_ALARM = "close-alarm"
    RECALL = "recall"


ASKING: Mapping[ProposalKind, Right] = {
    ProposalKind.GRANT_ROLE: Right.KEEP_PEOPLE,
    ProposalKind.END_ROLE: Right.KEEP_PEOPLE,
    ProposalKind.RESET_PERSON: Right.KEEP_PEOPLE,
    ProposalKind.CLOSE_ALARM: Right.CLOSE_ALARMS,
    ProposalKind.RECALL: Right.RECALL,
}
"""Who may ask for it."""


class Outcome(Enum):
    """What became of a proposal."""

    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """Nobody decided it in time."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal. Instants are Unix seconds; `outcome` is None while it waits."""

    proposal_id: bytes
    kind: ProposalKind
    about: Mapping[str, str]
    asked_by: str
    asked_at: int
    outcome: Outcome | None
    decided_by: str | None
    decided_at: int | None


def propose(desk: Desk, connection: Connection, kind: ProposalKind, about: Mapping[str, str]) -> bytes:
    """Asks for something, in a transaction in which that was checked; its id. Raises `NotAllowed`, and
    `ConfigurationError` when the same waits already."""
    desk.demand(ASKING[kind])
    if any((each.kind, each.about) == (kind, about) for each in _read(desk, connection, waits=True)):
        raise Objected(Objection.ASKED_ALREADY)
    proposal_id = desk.entropy(ID_BYTES)
    connection.execute(
        insert(office_proposals).values(
            municipality=desk.municipality,
            proposal_id=proposal_id,
            kind=kind.value,
            about=json.dumps(dict(about), sort_keys=True),
            asked_by=desk.who.mark,
            asked_at=desk.now(),
            outcome=None,
            decided_by=None,
            decided_at=None,
        )
    )
    return proposal_id


def waiting(desk: Desk) -> tuple[Proposal, ...]:
    """What waits, oldest first."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return _read(desk, connection, waits=True)


def decided(desk: Desk) -> tuple[Proposal, ...]:
    """What was decided lately, newest first."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return _read(desk, connection, waits=False)


def one_that_waits(desk: Desk, connection: Connection, proposal_id: bytes) -> Proposal:
    """A proposal that is to be decided now. Raises `NoSuchEntry`, and `ConfigurationError` for one that was decided or
    waited too long."""
    row = connection.execute(select(office_proposals).where(_it(desk.municipality, proposal_id))).one_or_none()
    if row is None:
        raise NoSuchEntry("there is no such proposal")
    found = _proposal(row, desk.now())
    if found.outcome is Outcome.EXPIRED:
        raise Objected(Objection.PROPOSAL_EXPIRED, days=WAITS_S // 86_400)
    if found.outcome is not None:
        raise Objected(Objection.DECIDED_ALREADY, mark=found.decided_by, outcome=found.outcome)
    return found


def keep_outcome(desk: Desk, connection: Connection, proposal: Proposal, outcome: Outcome) -> None:
    """Keeps what became of it, and who said so."""
    of_it = _it(desk.municipality, proposal.proposal_id)
    values = {"outcome": outcome.value, "decided_by": desk.who.mark, "decided_at": desk.now()}
    connection.execute(update(office_proposals).where(of_it).values(**values))


def withdraw_all(desk: Desk, connection: Connection, mark: str) -> None:
    """What somebody asked waits no longer: it may not have been them."""
    for each in _read(desk, connection, waits=True):
        if each.asked_by == mark:
            keep_outcome(desk, connection, each, Outcome.WITHDRAWN)


def _read(desk: Desk, connection: Connection, *, waits: bool) -> tuple[Proposal, ...]:
    table, now = office_proposals.c, desk.now()
    over = table.asked_at <= now - WAITS_S
    query = select(office_proposals).where(table.municipality == desk.municipality)
    if waits:
        query = query.where(table.outcome.is_(None), not_(over)).order_by(table.asked_at, table.proposal_id)
    else:
        ended_at = func.coalesce(table.decided_at, table.asked_at + WAITS_S)
        query = query.where(or_(table.outcome.is_not(None), over)).order_by(ended_at.desc(), table.proposal_id)
        query = query.limit(MOST_SHOWN)
    return tuple(_proposal(row, now) for row in connection.execute(query))


def outcome_of(row: Any, now: int) -> Outcome | None:
    """What became of a proposal by now, None while it waits; the row has its `outcome` and `asked_at`."""
    if row.outcome is not None:
        return Outcome(row.outcome)
    return Outcome.EXPIRED if row.asked_at + WAITS_S <= now else None


def _proposal(row: Any, now: int) -> Proposal:
    return Proposal(
        proposal_id=row.proposal_id,
        kind=ProposalKind(row.kind),
        about=json.loads(row.about),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        outcome=outcome_of(row, now),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _it(municipality: str, proposal_id: bytes) -> Any:
    table = office_proposals.c
    return and_(table.municipality == municipality, table.proposal_id == proposal_id)
