"""Drafts of settings as they are stored. A draft that was decided is never changed again."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, and_, func, insert, select, update

from certserver.office.settings.content import Content
from certserver.office.settings.difference import Difference, difference
from certserver.storage.settings import setting_drafts
from koufu.evidence.codec import Writer


class DraftState(Enum):
    """What became of a draft."""

    OPEN = "open"
    """Its drafter works on it."""
    PROPOSED = "proposed"
    """It waits for another person."""
    APPROVED = "approved"
    DECLINED = "declined"
    """Another person said no, and why."""
    DROPPED = "dropped"
    """Its drafter gave it up."""


UNDECIDED = frozenset({DraftState.OPEN, DraftState.PROPOSED})


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided a draft, and when; of an approved one from when it counts (all Unix seconds) and which revision of
    the settings it made, of a declined one why it was."""

    by: str
    at: int
    in_force_at: int | None = None
    revision: int | None = None
    declined_why: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. `content` holds changed subjects whole, `before` the same as they stood in revision `base_revision`;
    `effective_at` in Unix seconds, None for the instant of its approval."""

    municipality: str
    number: int
    state: DraftState
    why: str
    effective_at: int | None
    base_revision: int
    content: Content
    before: Content
    official_seal: bytes | None = field(repr=False)
    rolls_back: int | None
    drafted_by: str
    drafted_at: int
    decision: Decision | None = None
    unread: bool = False
    """This build can't read what it holds, which stays stored as it is: nobody can put it in force."""

    @property
    def difference(self) -> Difference:
        """What it changes."""
        return difference(self.before, self.content)

    @property
    def fingerprint(self) -> str:
        """By which whoever approves says what they saw: what changes, from when, why, and which draft it takes back."""
        writer = Writer("koufu/setting-draft/2")
        for number in (self.number, self.base_revision, self.effective_at or 0, self.rolls_back or 0):
            writer.number(number)
        for text in (self.why, self.content.model_dump_json(), self.before.model_dump_json()):
            writer.text(text)
        writer.raw(self.official_seal or b"")
        return sha256(writer.done()).hexdigest()


def read_draft(connection: Connection, municipality: str, number: int) -> Draft | None:
    """The draft of a number, or None."""
    row = connection.execute(select(setting_drafts).where(_of(municipality, number))).first()
    return None if row is None else _draft(row)


def read_drafts(
    connection: Connection, municipality: str, states: Collection[DraftState], before: int | None, most: int
) -> tuple[Draft, ...]:
    """So many drafts of a municipality in these states, the newest first, numbered below `before`."""
    table = setting_drafts
    wanted = select(table).where(
        table.c.municipality == municipality, table.c.state.in_([state.value for state in states])
    )
    if before is not None:
        wanted = wanted.where(table.c.number < before)
    rows = connection.execute(wanted.order_by(table.c.number.desc()).limit(most))
    return tuple(map(_draft, rows))


def proposed_by_others(connection: Connection, municipality: str, mark: str) -> int:
    """How many drafts of others wait for an approval."""
    table = setting_drafts.c
    waits = and_(table.municipality == municipality, table.state == DraftState.PROPOSED.value, table.drafted_by != mark)
    return connection.scalar(select(func.count()).select_from(setting_drafts).where(waits)) or 0


def next_number(connection: Connection, municipality: str) -> int:
    """The number of the next draft; the caller holds the municipality's lock."""
    table = setting_drafts.c
    last = connection.scalar(select(func.max(table.number)).where(table.municipality == municipality))
    return (last or 0) + 1


def insert_draft(connection: Connection, draft: Draft) -> None:
    """Stores a new draft."""
    connection.execute(
        insert(setting_drafts).values(municipality=draft.municipality, number=draft.number, **_values(draft))
    )


def update_draft(connection: Connection, draft: Draft) -> None:
    """Stores what a draft that was undecided has become."""
    values = _values(draft)
    if draft.unread:
        del values["content"], values["before"]
    undecided = setting_drafts.c.state.in_([state.value for state in UNDECIDED])
    done = connection.execute(
        update(setting_drafts).where(_of(draft.municipality, draft.number), undecided).values(**values)
    )
    assert done.rowcount == 1, "a decided draft is never changed"


def _of(municipality: str, number: int) -> Any:
    return and_(setting_drafts.c.municipality == municipality, setting_drafts.c.number == number)


def _values(draft: Draft) -> dict[str, Any]:
    decision = draft.decision
    return {
        "state": draft.state.value,
        "why": draft.why,
        "effective_at": draft.effective_at,
        "base_revision": draft.base_revision,
        "content": draft.content.model_dump_json(exclude_unset=True),
        "before": draft.before.model_dump_json(exclude_unset=True),
        "official_seal": draft.official_seal,
        "rolls_back": draft.rolls_back,
        "drafted_by": draft.drafted_by,
        "drafted_at": draft.drafted_at,
        "decided_by": None if decision is None else decision.by,
        "decided_at": None if decision is None else decision.at,
        "declined_why": None if decision is None else decision.declined_why,
        "in_force_at": None if decision is None else decision.in_force_at,
        "revision": None if decision is None else decision.revision,
    }


def _draft(row: Any) -> Draft:
    decision = None
    if row.decided_by is not None:
        decision = Decision(row.decided_by, row.decided_at, row.in_force_at, row.revision, row.declined_why)
    unread = False
    try:
        content, before = Content.model_validate_json(row.content), Content.model_validate_json(row.before)
    except ValidationError:
        unread, content, before = True, Content(), Content()
    return Draft(
        municipality=row.municipality,
        number=row.number,
        state=DraftState(row.state),
        why=row.why,
        effective_at=row.effective_at,
        base_revision=row.base_revision,
        content=content,
        before=before,
        official_seal=row.official_seal,
        rolls_back=row.rolls_back,
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        decision=decision,
        unread=unread,
    )
