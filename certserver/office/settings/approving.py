"""Puts drafts of settings in force: by another person than drafted them, in one transaction, never over a newer change;
and takes them back by a draft of its own. What was in force is never overwritten."""

from dataclasses import replace

from sqlalchemy import Connection

from certserver.errors import ConfigurationError, NotAllowed
from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Officer, Right, demand_second
from certserver.office.settings.content import official_seal_digest
from certserver.office.settings.difference import Difference, facets
from certserver.office.settings.draft_rows import Decision, Draft, DraftState, insert_draft, next_number, update_draft
from certserver.office.settings.entering import enter, standing
from certserver.office.settings.lost import as_last_read
from certserver.office.settings.making import (
    LONGEST_WHY,
    Kept,
    Wanted,
    WhyNot,
    areas_of,
    begun,
    drafted,
    found,
    hindered,
    instant_of,
    undecided,
)
from certserver.office.settings.merging import taken_over
from certserver.office.settings.part import is_line
from certserver.office.settings.timeline import instants_after
from certserver.office.settings.whole import require_whole
from certserver.ports import in_japan


def approve(desk: Desk, number: int, seen: str) -> Draft | Kept:
    """Puts a proposed draft in force at its instant, in one transaction, if it still is what was `seen` (its
    fingerprint). Whoever drafted it does not approve it. Raises `NotAllowed`, and `ConfigurationError` when what would
    stand is not whole."""
    desk.demand(Right.APPROVE)
    with desk.changing() as (connection, book):
        draft = undecided(connection, desk, number)
        if draft.state is not DraftState.PROPOSED:
            raise Objected(Objection.NOT_PROPOSED, number=number)
        demand_second(draft.drafted_by, desk.who)
        return _put_in_force(connection, book, desk, draft, seen, desk.who)


def decline(desk: Desk, number: int, why: str) -> Draft:
    """Says no to another one's draft, and why, in words that its drafter reads: nobody can put it in force any more.
    Raises `NotAllowed`, and `ConfigurationError` without a reason of one line."""
    desk.demand(Right.APPROVE)
    said = why.strip()
    if not 0 < len(said) <= LONGEST_WHY or not is_line(said):
        raise Objected(Objection.DECLINING_LENGTH, longest=LONGEST_WHY)
    with desk.changing() as (connection, book):
        draft = undecided(connection, desk, number)
        demand_second(draft.drafted_by, desk.who)
        decision = Decision(desk.who.mark, desk.now(), declined_why=said)
        draft = replace(draft, state=DraftState.DECLINED, decision=decision)
        update_draft(connection, draft)
        desk.note_set(book, f"settings: draft {number} declined")
    return draft


def set_at_once(desk: Desk, wanted: Wanted, second: Officer | None, seen: int | None = None) -> Draft | None:
    """Drafts and approves in one transaction, all of it or nothing: for whoever has the second person beside them. What
    does not take two (`Difference.two_persons`) may be set by one. `seen` is the revision of the settings that it was
    made from, where it was made from any. None when nothing would change. Raises `NotAllowed`, and `ConfigurationError`
    for what can't be set, and where the settings changed since they were seen."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        if seen is not None and seen != book.state.settings_revision:
            raise ConfigurationError("the settings were changed this moment: look at them again, then ask again")
        number = next_number(connection, desk.municipality)
        draft = replace(drafted(connection, book, desk, wanted, number, None), state=DraftState.PROPOSED)
        if not draft.difference.changes:
            return None
        if second is not None:
            demand_second(desk.who.mark, second)
        elif draft.difference.two_persons:
            raise NotAllowed("fees and the official seal take two: say with --second who stands for them beside you")
        insert_draft(connection, draft)
        settled = _put_in_force(connection, book, desk, draft, draft.fingerprint, second or desk.who)
        assert isinstance(settled, Draft), "what was drafted on this very state is not hindered by it"
    return settled


def roll_back(desk: Desk, number: int, why: str) -> Draft:
    """Begins a draft that takes an approved one back: the subjects that it changed, as they stood before it. Other
    subjects stay as they are now. Raises `ConfigurationError` where there was nothing before."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        taken_back = found(connection, desk, number)
        decision = taken_back.decision
        if taken_back.unread:
            raise Objected(Objection.DRAFT_UNREAD, number=number)
        if taken_back.state is not DraftState.APPROVED or decision is None or decision.in_force_at is None:
            raise Objected(Objection.NEVER_IN_FORCE, number=number)
        stood, now = standing(connection, book.state), desk.now()
        at = decision.in_force_at if decision.in_force_at > now else None
        content = taken_over(stood.content(at or now), taken_back.before, taken_back.difference.subjects)
        seal = None
        if content.official_seal is not None:
            before = (each.official_seal for each in stood.profiles)
            seal = next((each for each in before if official_seal_digest(each) == content.official_seal), None)
        return begun(connection, book, desk, Wanted(content, why, at, seal), rolls_back=number)


def put_back(desk: Desk) -> Draft:
    """Begins a draft that sets what can't be read now as it last could be read. Raises `ConfigurationError` where there
    is nothing such."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        stood, now = standing(connection, book.state), desk.now()
        content = as_last_read(stood, now)
        if not facets(content):
            raise Objected(Objection.NEVER_READ)
        profile = stood.as_last_read().profile(now)
        seal = None if content.official_seal is None or profile is None else profile.official_seal
        return begun(connection, book, desk, Wanted(content, "", None, seal))


def _put_in_force(
    connection: Connection, book: Book, desk: Desk, draft: Draft, seen: str, approver: Officer
) -> Draft | Kept:
    stood, now = standing(connection, book.state), desk.now()
    kept = Kept(WhyNot.CHANGED_SINCE, Difference(())) if draft.fingerprint != seen else hindered(draft, stood, now)
    if kept is not None:
        return kept
    at = instant_of(draft, now)
    enter(connection, stood, draft.content, draft.official_seal, draft.difference.subjects, at)
    after = standing(connection, book.state)
    for instant in (at, *sorted(instants_after(after, at))):
        require_whole(after, instant)
    book.settings_changed()
    revision = book.state.settings_revision + 1
    draft = replace(draft, state=DraftState.APPROVED, decision=Decision(approver.mark, now, at, revision))
    update_draft(connection, draft)
    what = f"settings: draft {draft.number} in force from {in_japan(at).isoformat()}: {areas_of(draft)}"
    desk.note(
        book,
        AuditEvent.CONFIGURED,
        {"what": what, "officer": draft.drafted_by, "second": approver.mark, "version": revision},
    )
    return draft
