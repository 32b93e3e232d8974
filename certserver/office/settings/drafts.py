"""Settings change as drafts: drafted by one person, in whole subjects, and handed to another. Here is what a drafter
does, and how drafts are looked at; what puts one in force is `certserver.office.settings.approving`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from certserver.errors import ConfigurationError
from certserver.ledger.state import State, read_state
from certserver.objections import Forbidden, Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.office.settings.content import Content, Standing
from certserver.office.settings.difference import Difference, Subject
from certserver.office.settings.draft_rows import (
    UNDECIDED,
    Decision,
    Draft,
    DraftState,
    insert_draft,
    next_number,
    proposed_by_others,
    read_drafts,
    update_draft,
)
from certserver.office.settings.entering import standing
from certserver.office.settings.making import (
    Kept,
    Wanted,
    WhyNot,
    areas_of,
    begun,
    drafted,
    found,
    hindered,
    instant_of,
    official_seal_of,
    require_instant,
    taken_up,
    undecided,
)
from certserver.office.settings.merging import together
from certserver.office.settings.timeline import Span, spans
from certserver.rules.unread import Unread, unread_at

AT_ONCE = 50
"""Drafts in one look."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft as it is shown: while it is undecided how long what it changes has stood and, where a later change is set
    already, will count, and what stands against it now."""

    draft: Draft
    spans: Mapping[Subject, Span]
    hindered: Kept | None


def stands(desk: Desk) -> Standing:
    """All that was ever set."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return standing(connection, _state(connection, desk))


def not_read(desk: Desk) -> tuple[Unread, ...]:
    """What of all that counts now can't be read."""
    return unread_at(stands(desk).settings.unread, desk.now())


def drafts(
    desk: Desk, states: Collection[DraftState] = frozenset(DraftState), before: int | None = None
) -> tuple[Draft, ...]:
    """Drafts in these states, the newest first, at most `AT_ONCE` of those numbered below `before`."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return read_drafts(connection, desk.municipality, states, before, AT_ONCE)


def to_be_approved(desk: Desk) -> int:
    """How many drafts wait for whoever asks; 0 for who approves nothing."""
    if not desk.who.may(Right.APPROVE):
        return 0
    with desk.database.reading() as connection:
        return proposed_by_others(connection, desk.municipality, desk.who.mark)


def look(desk: Desk, number: int) -> Looked:
    """One draft. Raises `NoSuchEntry` when there is none of that number."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        draft = found(connection, desk, number)
        stood = standing(connection, _state(connection, desk))
    if draft.state not in UNDECIDED:
        return Looked(draft, {}, None)
    return Looked(draft, spans(stood, instant_of(draft, desk.now())), hindered(draft, stood, desk.now()))


def begin(desk: Desk, wanted: Wanted) -> Draft:
    """Begins a draft. Raises `ConfigurationError` for what can't be set."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        return begun(connection, book, desk, wanted)


def reschedule(desk: Desk, number: int, why: str, at: int | None) -> Draft:
    """Says why a draft is to count and from when (Unix seconds, None: when it is approved), and takes it up on what
    stands then; its drafter alone can. Raises `ConfigurationError`, `NotAllowed`."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        draft = _own(connection, desk, number)
        require_instant(at, now := desk.now())
        content = taken_up(draft, standing(connection, book.state), now if at is None else at)
        wanted = Wanted(content, why, at, official_seal_of(draft))
        revised = drafted(connection, book, desk, wanted, draft.number, draft.rolls_back)
        update_draft(connection, revised)
        desk.note_set(book, f"settings: draft {number} revised")
    return revised


def put(
    desk: Desk, number: int | None, content: Content, seen: int, official_seal: bytes | None = None
) -> Draft | Kept:
    """Puts subjects into one's own draft, or into a new one where no number is given; `seen` is the revision of the
    settings that they were made from: whoever saw an older one looks again. Raises `ConfigurationError`,
    `NotAllowed`."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        if book.state.settings_revision != seen:
            return Kept(WhyNot.CHANGED_SINCE, Difference(()))
        before = None if number is None else _own(connection, desk, number)
        wanted = Wanted(content, "", None, official_seal)
        if before is not None:
            rest = taken_up(before, standing(connection, book.state), instant_of(before, desk.now()))
            seal = official_seal or official_seal_of(before)
            wanted = Wanted(together(rest, content), before.why, before.effective_at, seal)
        new = next_number(connection, desk.municipality)
        draft = drafted(connection, book, desk, wanted, number or new, None if before is None else before.rolls_back)
        if not draft.difference.changes:
            return Kept(WhyNot.NOTHING, Difference(()))
        if before is None:
            insert_draft(connection, draft)
        else:
            update_draft(connection, draft)
        desk.note_set(book, f"settings: draft {draft.number} holds {areas_of(draft)}")
    return draft


def propose(desk: Desk, number: int) -> Draft:
    """Hands a draft to whoever may approve it. Raises `ConfigurationError`, `NotAllowed`."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        draft = replace(_own(connection, desk, number), state=DraftState.PROPOSED)
        if not draft.difference.changes:
            raise Objected(Objection.CHANGES_NOTHING)
        if not draft.why:
            raise Objected(Objection.NO_REASON)
        update_draft(connection, draft)
        desk.note_set(book, f"settings: draft {number} proposed: {areas_of(draft)}")
    return draft


def drop(desk: Desk, number: int) -> Draft:
    """Gives one's own draft up. Raises `ConfigurationError`, `NotAllowed`."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        draft = undecided(connection, desk, number)
        if draft.drafted_by != desk.who.mark:
            raise Forbidden(Objection.DRAFT_OF_ANOTHER, number=number, mark=draft.drafted_by)
        decided = Decision(desk.who.mark, desk.now())
        draft = replace(draft, state=DraftState.DROPPED, decision=decided)
        update_draft(connection, draft)
        desk.note_set(book, f"settings: draft {number} dropped")
    return draft


def _state(connection: Connection, desk: Desk) -> State:
    state = read_state(connection, desk.municipality)
    if state is None:
        raise ConfigurationError(f"municipality {desk.municipality} is not set up in this database")
    return state


def _own(connection: Connection, desk: Desk, number: int) -> Draft:
    draft = undecided(connection, desk, number)
    if draft.drafted_by != desk.who.mark:
        raise Forbidden(Objection.DRAFT_OF_ANOTHER, number=number, mark=draft.drafted_by)
    if draft.unread:
        raise Objected(Objection.DRAFT_UNREAD, number=number)
    return draft
