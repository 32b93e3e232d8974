"""A draft on what stands: how it is made and found, and what stands against putting it in force. Nothing is decided
here."""

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection

from certserver.antiforgery.paper import dots
from certserver.documents.certification import OFFICIAL_SEAL_MM
from certserver.documents.imprints import read_imprint
from certserver.errors import NoSuchEntry
from certserver.ledger.book import Book
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.settings.content import Content, Standing, official_seal_digest
from certserver.office.settings.difference import Area, Difference, Subject, difference
from certserver.office.settings.draft_rows import UNDECIDED, Draft, DraftState, insert_draft, next_number, read_draft
from certserver.office.settings.entering import standing
from certserver.office.settings.merging import counterpart, taken_over
from certserver.office.settings.part import is_line

LONGEST_WHY = 400
FURTHEST_S = 10 * 366 * 86_400
"""How far ahead a draft may name its instant: ten years."""


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
    UNREAD = "unread"
    """What it holds can't be read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that stays a draft. `meanwhile` is what changed since it was drafted."""

    why: WhyNot
    meanwhile: Difference


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a drafter wants: changed subjects, whole; a new official seal; from when (Unix seconds, None: when it is
    approved); and why."""

    content: Content
    why: str
    effective_at: int | None = None
    official_seal: bytes | None = None


def found(connection: Connection, desk: Desk, number: int) -> Draft:
    """The draft of a number. Raises `NoSuchEntry`."""
    draft = read_draft(connection, desk.municipality, number)
    if draft is None:
        raise NoSuchEntry(f"{desk.municipality} has no draft {number}")
    return draft


def undecided(connection: Connection, desk: Desk, number: int) -> Draft:
    """The same while nobody has decided it. Raises `ConfigurationError`."""
    draft = found(connection, desk, number)
    if draft.state not in UNDECIDED:
        raise Objected(Objection.DRAFT_DECIDED, number=number, state=draft.state)
    return draft


def begun(connection: Connection, book: Book, desk: Desk, wanted: Wanted, rolls_back: int | None = None) -> Draft:
    """Makes a new draft, stores and notes it. Raises `ConfigurationError`."""
    draft = drafted(connection, book, desk, wanted, next_number(connection, desk.municipality), rolls_back)
    insert_draft(connection, draft)
    back = "" if rolls_back is None else f", taking back draft {rolls_back}"
    desk.note_set(book, f"settings: draft {draft.number} begun{back}: {areas_of(draft)}")
    return draft


def drafted(
    connection: Connection, book: Book, desk: Desk, wanted: Wanted, number: int, rolls_back: int | None
) -> Draft:
    """The draft on what stands now. Raises `ConfigurationError`."""
    stood, now = standing(connection, book.state), desk.now()
    require_instant(wanted.effective_at, now)
    if len(wanted.why) > LONGEST_WHY or not is_line(wanted.why):
        raise Objected(Objection.WHY_LENGTH, longest=LONGEST_WHY)
    content, stands = wanted.content, stood.content(wanted.effective_at or now)
    if wanted.official_seal is not None:
        _check_official_seal(wanted.official_seal)
        content = content.model_copy(update={"official_seal": official_seal_digest(wanted.official_seal)})
    seal = wanted.official_seal
    if content.profile is not None and content.official_seal is None and stands.official_seal is None:
        # The profile that stands can't be read: its seal is the one that could be read last, which two look at.
        former = stood.as_last_read().profile(wanted.effective_at or now)
        seal = None if former is None else former.official_seal
        if seal is not None:
            content = content.model_copy(update={"official_seal": official_seal_digest(seal)})
    if content.profile is None and stands.profile is None:
        raise Objected(Objection.NO_PROFILE)
    if content.official_seal is None and stands.official_seal is None:
        raise Objected(Objection.SEAL_MISSING)
    return Draft(
        municipality=desk.municipality,
        number=number,
        state=DraftState.OPEN,
        why=wanted.why.strip(),
        effective_at=wanted.effective_at,
        base_revision=stood.revision,
        content=content,
        before=counterpart(stands, content),
        official_seal=seal,
        rolls_back=rolls_back,
        drafted_by=desk.who.mark,
        drafted_at=now,
    )


def require_instant(at: int | None, now: int) -> None:
    """Raises `ConfigurationError` for an instant (Unix seconds) from which nothing can be made to count."""
    if at is not None and at < now:
        raise Objected(Objection.INSTANT_PAST)
    if at is not None and at > now + FURTHEST_S:
        raise Objected(Objection.INSTANT_TOO_FAR)


def taken_up(draft: Draft, stood: Standing, at: int) -> Content:
    """What a draft says once it is laid on what stands at an instant (Unix seconds): the subjects that it changes, and
    around them what stands. What it holds besides is how something once stood, which nobody asks to have back. Raises
    `ConfigurationError` where what it changes does not stand."""
    return taken_over(stood.content(at), draft.content, draft.difference.subjects)


def official_seal_of(draft: Draft) -> bytes | None:
    """The official seal that a draft asks for; None where it leaves the seal as it is."""
    return draft.official_seal if Subject(Area.SEAL) in draft.difference.subjects else None


def hindered(draft: Draft, stood: Standing, now: int) -> Kept | None:
    """What stands against putting a draft in force now."""
    if draft.unread:
        return Kept(WhyNot.UNREAD, Difference(()))
    if draft.effective_at is not None and draft.effective_at < now:
        return Kept(WhyNot.PAST, Difference(()))
    changed = draft.difference.subjects
    if not changed:
        return Kept(WhyNot.NOTHING, Difference(()))
    stands = counterpart(stood.content(instant_of(draft, now)), draft.content)
    meanwhile = difference(draft.before, stands)
    mine = Difference(tuple(change for change in meanwhile.changes if change.subject in changed))
    return Kept(WhyNot.CONFLICT, mine) if mine.changes else None


def instant_of(draft: Draft, now: int) -> int:
    """From when a draft counts, or did when it was approved."""
    if draft.decision is not None and draft.decision.in_force_at is not None:
        return draft.decision.in_force_at
    return now if draft.effective_at is None else draft.effective_at


def areas_of(draft: Draft) -> str:
    """What a draft changes, for the audit log: subjects, no values."""
    return ", ".join(sorted(map(str, draft.difference.subjects))) or "nothing"


def _check_official_seal(png: bytes) -> None:
    imprint, side = read_imprint(png), dots(OFFICIAL_SEAL_MM)
    if (imprint.width, imprint.height) != (side, side):
        raise Objected(Objection.SEAL_PICTURE, side=side, mm=round(OFFICIAL_SEAL_MM))
