"""Settings change as drafts: one person drafts whole subjects, another approves them, and they count from one instant.
What is in force is never overwritten, and a newer change is told, never undone unseen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from sqlalchemy import Connection

from certserver.antiforgery.paper import dots
from certserver.documents.certification import OFFICIAL_SEAL_MM
from certserver.documents.imprints import read_imprint
from certserver.errors import ConfigurationError, NoSuchEntry, NotAllowed
from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.ledger.state import State, read_state
from certserver.office.desk import Desk
from certserver.office.rights import Officer, Right, demand_second
from certserver.office.settings.content import Content, Standing, seal_digest
from certserver.office.settings.difference import Difference, Subject, difference
from certserver.office.settings.draft_rows import (
    UNDECIDED,
    Decision,
    Draft,
    DraftState,
    insert_draft,
    next_number,
    proposed_by_others,
    read_draft,
    read_drafts,
    update_draft,
)
from certserver.office.settings.entering import enter, standing
from certserver.office.settings.merging import counterpart, taken_over, together
from certserver.office.settings.timeline import Span, instants_after, spans
from certserver.office.settings.whole import require_whole
from certserver.ports import in_japan

LONGEST_WHY = 400
AT_ONCE = 50
FURTHEST_S = 10 * 366 * 86_400


class WhyNot(Enum):
    """Why a draft is not put in force as it is."""

    CHANGED_SINCE = "changed-since"
    """It is not what was looked at: look again."""
    CONFLICT = "conflict"
    """What it changes was changed meanwhile: its drafter takes it up again on what stands now."""
    NOTHING = "nothing"
    """It changes nothing."""
    PAST = "past"
    """Its instant has passed: its drafter sets another."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that stays a draft. `meanwhile` is what changed since it was drafted."""

    why: WhyNot
    meanwhile: Difference


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft as it is shown: while it is undecided how long what it changes has stood and, where a later change is set
    already, will count, and what stands against it now."""

    draft: Draft
    spans: Mapping[Subject, Span]
    hindered: Kept | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a drafter wants: changed subjects, whole; a new official seal; from when (Unix seconds, None: when it is
    approved); and why."""

    content: Content
    why: str
    effective_at: int | None = None
    official_seal: bytes | None = None


def stands(desk: Desk) -> Standing:
    """All that was ever set."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return standing(connection, _state(connection, desk))


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
        draft = _found(connection, desk, number)
        stood = standing(connection, _state(connection, desk))
    if draft.state not in UNDECIDED:
        return Looked(draft, {}, None)
    return Looked(draft, spans(stood, _instant(draft, desk.now())), _hindered(draft, stood, desk.now()))


def begin(desk: Desk, wanted: Wanted) -> Draft:
    """Begins a draft. Raises `ConfigurationError` for what can't be set."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        return _begin(connection, book, desk, wanted)


def revise(desk: Desk, number: int, wanted: Wanted) -> Draft:
    """Makes a draft say something else, or the same on what stands now; its drafter alone can. Raises
    `ConfigurationError`, `NotAllowed`."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        draft = _own(connection, desk, number)
        revised = _drafted(connection, book, desk, wanted, draft.number, draft.rolls_back)
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
            seal = official_seal or before.official_seal
            wanted = Wanted(together(before.content, content), before.why, before.effective_at, seal)
        new = next_number(connection, desk.municipality)
        draft = _drafted(connection, book, desk, wanted, number or new, None if before is None else before.rolls_back)
        if not draft.difference.changes:
            return Kept(WhyNot.NOTHING, Difference(()))
        if before is None:
            insert_draft(connection, draft)
        else:
            update_draft(connection, draft)
        desk.note_set(book, f"settings: draft {draft.number} holds {_areas(draft)}")
    return draft


def propose(desk: Desk, number: int) -> Draft:
    """Hands a draft to whoever may approve it. Raises `ConfigurationError`, `NotAllowed`."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        draft = replace(_own(connection, desk, number), state=DraftState.PROPOSED)
        if not draft.difference.changes:
            raise ConfigurationError("this draft changes nothing")
        update_draft(connection, draft)
        desk.note_set(book, f"settings: draft {number} proposed: {_areas(draft)}")
    return draft


def drop(desk: Desk, number: int) -> Draft:
    """Gives a draft up: its drafter, or whoever might have approved it. Raises `ConfigurationError`, `NotAllowed`."""
    with desk.changing() as (connection, book):
        draft = _undecided(connection, desk, number)
        desk.demand(Right.DRAFT_SETTINGS if draft.drafted_by == desk.who.mark else Right.APPROVE)
        decided = Decision(desk.who.mark, desk.now())
        draft = replace(draft, state=DraftState.DROPPED, decision=decided)
        update_draft(connection, draft)
        desk.note_set(book, f"settings: draft {number} dropped")
    return draft


def approve(desk: Desk, number: int, seen: str) -> Draft | Kept:
    """Puts a proposed draft in force at its instant, in one transaction, if it still is what was `seen` (its
    fingerprint). Whoever drafted it does not approve it. Raises `NotAllowed`, and `ConfigurationError` when what would
    stand is not whole."""
    desk.demand(Right.APPROVE)
    with desk.changing() as (connection, book):
        draft = _undecided(connection, desk, number)
        if draft.state is not DraftState.PROPOSED:
            raise ConfigurationError(f"draft {number} is not proposed yet: its drafter is still at work on it")
        demand_second(draft.drafted_by, desk.who)
        return _put_in_force(connection, book, desk, draft, seen, desk.who)


def set_at_once(desk: Desk, wanted: Wanted, second: Officer | None) -> Draft | None:
    """Drafts and approves in one transaction, all of it or nothing: for whoever has the second person beside them. What
    does not take two (`Difference.two_persons`) may be set by one. None when nothing would change. Raises `NotAllowed`,
    and `ConfigurationError` for what can't be set."""
    desk.demand(Right.DRAFT_SETTINGS)
    with desk.changing() as (connection, book):
        number = next_number(connection, desk.municipality)
        draft = replace(_drafted(connection, book, desk, wanted, number, None), state=DraftState.PROPOSED)
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
        taken_back = _found(connection, desk, number)
        decision = taken_back.decision
        if taken_back.state is not DraftState.APPROVED or decision is None or decision.in_force_at is None:
            raise ConfigurationError(f"draft {number} was never in force: there is nothing to take back")
        stood, now = standing(connection, book.state), desk.now()
        at = decision.in_force_at if decision.in_force_at > now else None
        content = taken_over(stood.content(at or now), taken_back.before, taken_back.difference.subjects)
        seal = None
        if content.official_seal is not None:
            before = (each for each in stood.profiles if seal_digest(each.official_seal) == content.official_seal)
            seal = next((each.official_seal for each in before), None)
        return _begin(connection, book, desk, Wanted(content, why, at, seal), rolls_back=number)


def _state(connection: Connection, desk: Desk) -> State:
    state = read_state(connection, desk.municipality)
    if state is None:
        raise ConfigurationError(f"municipality {desk.municipality} is not set up in this database")
    return state


def _found(connection: Connection, desk: Desk, number: int) -> Draft:
    draft = read_draft(connection, desk.municipality, number)
    if draft is None:
        raise NoSuchEntry(f"{desk.municipality} has no draft {number}")
    return draft


def _undecided(connection: Connection, desk: Desk, number: int) -> Draft:
    draft = _found(connection, desk, number)
    if draft.state not in UNDECIDED:
        raise ConfigurationError(f"draft {number} is {draft.state.value} already")
    return draft


def _own(connection: Connection, desk: Desk, number: int) -> Draft:
    draft = _undecided(connection, desk, number)
    if draft.drafted_by != desk.who.mark:
        raise NotAllowed(f"draft {number} is {draft.drafted_by}'s, who alone changes it")
    return draft


def _begin(connection: Connection, book: Book, desk: Desk, wanted: Wanted, rolls_back: int | None = None) -> Draft:
    draft = _drafted(connection, book, desk, wanted, next_number(connection, desk.municipality), rolls_back)
    insert_draft(connection, draft)
    back = "" if rolls_back is None else f", taking back draft {rolls_back}"
    desk.note_set(book, f"settings: draft {draft.number} begun{back}: {_areas(draft)}")
    return draft


def _drafted(
    connection: Connection, book: Book, desk: Desk, wanted: Wanted, number: int, rolls_back: int | None
) -> Draft:
    """The draft on what stands now. Raises `ConfigurationError`."""
    stood, now = standing(connection, book.state), desk.now()
    if wanted.effective_at is not None and wanted.effective_at < now:
        raise ConfigurationError("effective lies in the past: what was in force is never changed afterwards")
    if wanted.effective_at is not None and wanted.effective_at > now + FURTHEST_S:
        raise ConfigurationError("effective lies more than ten years ahead")
    if len(wanted.why) > LONGEST_WHY or not wanted.why.isprintable():
        raise ConfigurationError(f"the reason is one line of at most {LONGEST_WHY} characters")
    content, stands = wanted.content, stood.content(wanted.effective_at or now)
    if wanted.official_seal is not None:
        _check_seal(wanted.official_seal)
        content = content.model_copy(update={"official_seal": seal_digest(wanted.official_seal)})
    if content.profile is None and stands.profile is None:
        raise ConfigurationError("there is no profile yet: the first thing that is set must have one")
    if content.official_seal is None and stands.official_seal is None:
        raise ConfigurationError("profile.official_seal is missing: name a 1-bit PNG of the seal, 600 dpi")
    return Draft(
        municipality=desk.municipality,
        number=number,
        state=DraftState.OPEN,
        why=wanted.why.strip(),
        effective_at=wanted.effective_at,
        base_revision=stood.revision,
        content=content,
        before=counterpart(stands, content),
        official_seal=wanted.official_seal,
        rolls_back=rolls_back,
        drafted_by=desk.who.mark,
        drafted_at=now,
    )


def _put_in_force(
    connection: Connection, book: Book, desk: Desk, draft: Draft, seen: str, approver: Officer
) -> Draft | Kept:
    stood, now = standing(connection, book.state), desk.now()
    kept = Kept(WhyNot.CHANGED_SINCE, Difference(())) if draft.fingerprint != seen else _hindered(draft, stood, now)
    if kept is not None:
        return kept
    at = _instant(draft, now)
    enter(connection, stood, draft.content, draft.official_seal, draft.difference.subjects, at)
    after = standing(connection, book.state)
    for instant in (at, *sorted(instants_after(after, at))):
        require_whole(after, instant)
    book.settings_changed()
    revision = book.state.settings_revision + 1
    draft = replace(draft, state=DraftState.APPROVED, decision=Decision(approver.mark, now, at, revision))
    update_draft(connection, draft)
    what = f"settings: draft {draft.number} in force from {in_japan(at).isoformat()}: {_areas(draft)}"
    desk.note(
        book,
        AuditEvent.CONFIGURED,
        {"what": what, "officer": draft.drafted_by, "second": approver.mark, "version": revision},
    )
    return draft


def _check_seal(png: bytes) -> None:
    imprint, side = read_imprint(png), dots(OFFICIAL_SEAL_MM)
    if (imprint.width, imprint.height) != (side, side):
        raise ConfigurationError(f"the official seal must be {side} x {side} px ({OFFICIAL_SEAL_MM:.0f} mm)")


def _hindered(draft: Draft, stood: Standing, now: int) -> Kept | None:
    """What stands against putting a draft in force now."""
    if draft.effective_at is not None and draft.effective_at < now:
        return Kept(WhyNot.PAST, Difference(()))
    changed = draft.difference.subjects
    if not changed:
        return Kept(WhyNot.NOTHING, Difference(()))
    stands = counterpart(stood.content(_instant(draft, now)), draft.content)
    meanwhile = difference(draft.before, stands)
    mine = Difference(tuple(change for change in meanwhile.changes if change.subject in changed))
    return Kept(WhyNot.CONFLICT, mine) if mine.changes else None


def _instant(draft: Draft, now: int) -> int:
    """From when a draft counts, or did when it was approved."""
    if draft.decision is not None and draft.decision.in_force_at is not None:
        return draft.decision.in_force_at
    return now if draft.effective_at is None else draft.effective_at


def _areas(draft: Draft) -> str:
    """What a draft changes, for the audit log: subjects, no values."""
    told = (f"{subject.area.value} {subject.of}".strip() for subject in draft.difference.subjects)
    return ", ".join(sorted(told)) or "nothing"
