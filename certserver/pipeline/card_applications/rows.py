"""Card applications as rows and back, on a connection it is given. It decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from certserver.applications.attachments import Attachment, AttachmentKind, MediaType
from certserver.applications.identity import Combination
from certserver.applications.mail_delivery import MailKind
from certserver.applications.places import Comer
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

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """An application with what lies around it. `key` and `personal` are encrypted, None once erased; times in Unix
    seconds."""

    application: CardApplication
    version: int
    person: bytes | None
    outlet: str
    key: bytes | None
    personal: bytes | None
    touched_at: int
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


_NOT_DECIDING = [role.value for role in NOT_DECIDING]


def read_application(connection: Connection, municipality: str, application_id: str) -> Stored | None:
    """The application of an id, or None."""
    of_it = and_(applications.c.municipality == municipality, applications.c.application == application_id)
    row = connection.execute(select(applications).where(of_it)).one_or_none()
    return None if row is None else _stored(row, _clerks(connection, municipality, application_id))


def of_person(connection: Connection, municipality: str, person: bytes) -> tuple[str, ...]:
    """Ids of the open applications of somebody, by their keyed hash: one at most."""
    rows = connection.scalars(
        select(applications.c.application).where(
            applications.c.municipality == municipality, applications.c.open_person == person
        )
    )
    return tuple(rows)


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
    connection.execute(insert(applications).values(**key, **fixed, **_values(stored)))


def update_application(connection: Connection, stored: Stored) -> None:
    """Writes it as it stands now."""
    application = stored.application
    of_it = and_(
        applications.c.municipality == application.residence_municipality,
        applications.c.application == application.application_id,
    )
    connection.execute(update(applications).where(of_it).values(**_values(stored)))


def add_step(connection: Connection, municipality: str, application_id: str, step: Step) -> None:
    """Keeps a step. SQLAlchemy's `IntegrityError` when there is one of this version."""
    connection.execute(
        insert(application_moves).values(
            municipality=municipality,
            application=application_id,
            version=step.version,
            event=step.event,
            before=None if step.before is None else step.before.value,
            after=step.after.value,
            actor=step.actor_id,
            role=step.role.value,
            actor_municipality=step.municipality,
            at=step.at,
            reason=None if step.reason is None else step.reason.value,
        )
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
    table = application_attachments.c
    rows = connection.execute(
        select(table.number, table.kind, table.media_type, table.size, table.attached_at)
        .where(table.municipality == municipality, table.application == application_id)
        .order_by(table.number)
    )
    return tuple(
        Attachment(row.number, AttachmentKind(row.kind), MediaType(row.media_type), row.size, row.attached_at)
        for row in rows
    )


def count_attachments(connection: Connection, municipality: str, application_id: str) -> int:
    """How many there are."""
    table = application_attachments.c
    of_it = and_(table.municipality == municipality, table.application == application_id)
    return connection.scalar(select(func.count()).select_from(application_attachments).where(of_it)) or 0


def has_photo(connection: Connection, municipality: str, application_id: str) -> bool:
    """Whether a photo is attached."""
    return any(each.kind is AttachmentKind.PHOTO for each in attachments_of(connection, municipality, application_id))


def insert_attachment(
    connection: Connection, municipality: str, application_id: str, attachment: Attachment, encrypted: bytes
) -> None:
    """Adds a picture or scan."""
    connection.execute(
        insert(application_attachments).values(
            municipality=municipality,
            application=application_id,
            number=attachment.number,
            kind=attachment.kind.value,
            media_type=attachment.media_type.value,
            size=attachment.size,
            encrypted_content=encrypted,
            attached_at=attachment.attached_at,
        )
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
    moves = application_moves.c
    of_it = and_(moves.municipality == municipality, moves.application == application_id)
    return frozenset(connection.scalars(select(moves.actor).where(of_it, moves.role.in_(_NOT_DECIDING)).distinct()))


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
        ended_at=row.ended_at,
        erase_at=row.erase_at,
        erased_at=row.erased_at,
    )
