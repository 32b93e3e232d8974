"""Card applications as rows and back, on a connection it is given. It decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from certserver.applications.attachments import Attachment, AttachmentKind, MediaType
from certserver.applications.identity import Combination
from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import (
    NOT_DECIDING,
    CardApplication,
    IdentityCheck,
    OldCard,
    PhotoState,
    Reason,
    Role,
    Route,
    State,
)
from certserver.ports import in_japan, unix
from certserver.storage.applications import application_attachments, application_moves, applications
from certserver.storage.statements import Change, Query
from koufu.applying.words import Comer

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """An application with what lies around it. `key` and `personal` are encrypted, None once erased; times in Unix
    seconds. `due_on`: by when it should leave its state, None where nothing says so."""

    application: CardApplication
    version: int
    person: bytes | None
    outlet: str
    key: bytes | None
    personal: bytes | None
    touched_at: int
    due_on: date | None
    ended_at: int | None
    erase_at: int | None
    erased_at: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an application, as it is kept for good."""

    version: int
    event: str
    before: State | None
    after: State
    actor_id: str
    role: Role
    municipality: str | None
    at: int
    reason: Reason | None


_IT = and_(applications.c.municipality == bindparam("of"), applications.c.application == bindparam("which"))
_ITS_MOVES = and_(
    application_moves.c.municipality == bindparam("of"), application_moves.c.application == bindparam("which")
)
_ITS_ATTACHMENTS = and_(
    application_attachments.c.municipality == bindparam("of"),
    application_attachments.c.application == bindparam("which"),
)
_CHANGING = (
    *("version", "state", "open_person", "person", "route", "express", "face_auth", "combination", "identity_by"),
    *("identity_at", "identity_how", "form_complete", "photo", "pin_form_sealed", "old_card", "mail_kind", "taker"),
    *(
        "activated",
        "encrypted_key",
        "encrypted_personal",
        "moved_at",
        "touched_at",
        "due_on",
        "ended_at",
        "erase_at",
        "erased_at",
    ),
)
"""Columns that a step may change: all that `_values` names."""

_READ = Query(select(applications).where(_IT))
_CLERKS = Query(
    select(application_moves.c.actor)
    .where(_ITS_MOVES, or_(*(application_moves.c.role == role.value for role in NOT_DECIDING)))
    .distinct()
)
_OF_PERSON = Query(
    select(applications.c.application).where(
        applications.c.municipality == bindparam("of"), applications.c.open_person == bindparam("whom")
    )
)
_INSERT = Change(insert(applications))
_UPDATE = Change(update(applications).where(_IT).values({name: bindparam(name) for name in _CHANGING}))
_ADD_STEP = Change(insert(application_moves))
_ATTACHED = Query(
    select(
        application_attachments.c.number,
        application_attachments.c.kind,
        application_attachments.c.media_type,
        application_attachments.c.size,
        application_attachments.c.attached_at,
    )
    .where(_ITS_ATTACHMENTS)
    .order_by(application_attachments.c.number)
)
_COUNT_ATTACHED = Query(select(func.count()).select_from(application_attachments).where(_ITS_ATTACHMENTS))
_ATTACH = Change(insert(application_attachments))


def read_application(connection: Connection, municipality: str, application_id: str) -> Stored | None:
    """The application of an id, or None."""
    row = _READ.first(connection, {"of": municipality, "which": application_id})
    return None if row is None else _stored(row, _clerks(connection, municipality, application_id))


def of_person(connection: Connection, municipality: str, person: bytes) -> tuple[str, ...]:
    """Ids of the open applications of somebody, by their keyed hash: one at most."""
    return tuple(row[0] for row in _OF_PERSON.all(connection, {"of": municipality, "whom": person}))


def ids_of(connection: Connection, municipality: str, states: Iterable[State]) -> tuple[str, ...]:
    """Ids of all that stand in one of these states, who waited longest first."""
    wanted = [state.value for state in states]
    rows = connection.scalars(
        select(applications.c.application)
        .where(applications.c.municipality == municipality, applications.c.state.in_(wanted))
        .order_by(applications.c.moved_at, applications.c.application)
    )
    return tuple(rows)


def insert_application(connection: Connection, stored: Stored, record_checked_at: int) -> None:
    """Adds a new one. SQLAlchemy's `IntegrityError` when the person has an open one already."""
    application = stored.application
    key = {"municipality": application.residence_municipality, "application": application.application_id}
    fixed = {
        "reception_municipality": application.reception_municipality,
        "outlet": stored.outlet,
        "record_checked_at": record_checked_at,
    }
    _INSERT.run(connection, {**key, **fixed, **_values(stored)})


def update_application(connection: Connection, stored: Stored) -> None:
    """Writes it as it stands now."""
    application = stored.application
    which = {"of": application.residence_municipality, "which": application.application_id}
    _UPDATE.run(connection, {**which, **_values(stored)})


def add_step(connection: Connection, municipality: str, application_id: str, step: Step) -> None:
    """Keeps a step. SQLAlchemy's `IntegrityError` when there is one of this version."""
    _ADD_STEP.run(
        connection,
        {
            "municipality": municipality,
            "application": application_id,
            "version": step.version,
            "event": step.event,
            "before": None if step.before is None else step.before.value,
            "after": step.after.value,
            "actor": step.actor_id,
            "role": step.role.value,
            "actor_municipality": step.municipality,
            "at": step.at,
            "reason": None if step.reason is None else step.reason.value,
        },
    )


def steps_of(connection: Connection, municipality: str, application_id: str) -> tuple[Step, ...]:
    """Every step, the first first."""
    moves = application_moves.c
    rows = connection.execute(
        select(application_moves)
        .where(moves.municipality == municipality, moves.application == application_id)
        .order_by(moves.version)
    )
    return tuple(
        Step(
            version=row.version,
            event=row.event,
            before=None if row.before is None else State(row.before),
            after=State(row.after),
            actor_id=row.actor,
            role=Role(row.role),
            municipality=row.actor_municipality,
            at=row.at,
            reason=None if row.reason is None else Reason(row.reason),
        )
        for row in rows
    )


def attachments_of(connection: Connection, municipality: str, application_id: str) -> tuple[Attachment, ...]:
    """What is attached, the first first; also what was erased."""
    rows = _ATTACHED.all(connection, {"of": municipality, "which": application_id})
    return tuple(
        Attachment(row.number, AttachmentKind(row.kind), MediaType(row.media_type), row.size, row.attached_at)
        for row in rows
    )


def count_attachments(connection: Connection, municipality: str, application_id: str) -> int:
    """How many there are."""
    return _COUNT_ATTACHED.scalar(connection, {"of": municipality, "which": application_id}) or 0


def has_photo(connection: Connection, municipality: str, application_id: str) -> bool:
    """Whether a photo is attached."""
    return any(each.kind is AttachmentKind.PHOTO for each in attachments_of(connection, municipality, application_id))


def insert_attachment(
    connection: Connection, municipality: str, application_id: str, attachment: Attachment, encrypted: bytes
) -> None:
    """Adds a picture or scan."""
    _ATTACH.run(
        connection,
        {
            "municipality": municipality,
            "application": application_id,
            "number": attachment.number,
            "kind": attachment.kind.value,
            "media_type": attachment.media_type.value,
            "size": attachment.size,
            "encrypted_content": encrypted,
            "attached_at": attachment.attached_at,
        },
    )


def encrypted_content(connection: Connection, municipality: str, application_id: str, number: int) -> bytes | None:
    """A picture or scan as it is stored, None where there is none or it was erased."""
    table = application_attachments.c
    of_it = and_(table.municipality == municipality, table.application == application_id, table.number == number)
    content: bytes | None = connection.scalar(select(table.encrypted_content).where(of_it))
    return content


def drop_contents(connection: Connection, municipality: str, application_id: str) -> None:
    """Gives up what was attached: its key is gone already."""
    table = application_attachments.c
    of_it = and_(table.municipality == municipality, table.application == application_id)
    connection.execute(update(application_attachments).where(of_it).values(encrypted_content=None))


def _clerks(connection: Connection, municipality: str, application_id: str) -> frozenset[str]:
    return frozenset(row[0] for row in _CLERKS.all(connection, {"of": municipality, "which": application_id}))


def _values(stored: Stored) -> Row:
    application, identity = stored.application, stored.application.identity
    return {
        "version": stored.version,
        "state": application.state.value,
        "open_person": stored.person if application.is_open else None,
        "person": stored.person,
        "route": application.route.value,
        "express": application.express,
        "face_auth": application.face_auth,
        "combination": _word(application.combination),
        "identity_by": None if identity is None else identity.actor_id,
        "identity_at": None if identity is None else unix(identity.at),
        "identity_how": None if identity is None else identity.by.value,
        "form_complete": application.form_complete,
        "photo": application.photo.value,
        "pin_form_sealed": application.pin_form_sealed,
        "old_card": application.old_card.value,
        "mail_kind": _word(application.mail_kind),
        "taker": _word(application.taker),
        "activated": application.activated,
        "encrypted_key": stored.key,
        "encrypted_personal": stored.personal,
        "moved_at": unix(application.moved_at),
        "touched_at": stored.touched_at,
        "due_on": stored.due_on,
        "ended_at": stored.ended_at,
        "erase_at": stored.erase_at,
        "erased_at": stored.erased_at,
    }


def _word(value: Combination | MailKind | Comer | None) -> str | None:
    return None if value is None else value.value


def _stored(row: Any, clerks: frozenset[str]) -> Stored:
    identity = None
    if row.identity_by is not None:
        identity = IdentityCheck(row.identity_by, in_japan(row.identity_at), Combination(row.identity_how))
    application = CardApplication(
        application_id=row.application,
        residence_municipality=row.municipality,
        reception_municipality=row.reception_municipality,
        route=Route(row.route),
        moved_at=in_japan(row.moved_at),
        state=State(row.state),
        express=row.express,
        face_auth=row.face_auth,
        combination=None if row.combination is None else Combination(row.combination),
        identity=identity,
        form_complete=row.form_complete,
        photo=PhotoState(row.photo),
        pin_form_sealed=row.pin_form_sealed,
        old_card=OldCard(row.old_card),
        mail_kind=None if row.mail_kind is None else MailKind(row.mail_kind),
        taker=None if row.taker is None else Comer(row.taker),
        activated=row.activated,
        clerks=clerks,
    )
    return Stored(
        application=application,
        version=row.version,
        person=row.person,
        outlet=row.outlet,
        key=row.encrypted_key,
        personal=row.encrypted_personal,
        touched_at=row.touched_at,
        due_on=row.due_on,
        ended_at=row.ended_at,
        erase_at=row.erase_at,
        erased_at=row.erased_at,
    )
