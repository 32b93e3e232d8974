"""Members of staff, their cards and engagements, and failed sign-ins, as they stand in the database."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, delete, insert, select, update

from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.staff.backoff import FORGOTTEN_S, Failures
from certserver.staff.engagements import Engagement
from certserver.storage.staff import staff, staff_cards, staff_engagements, staff_failures


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. `code_step` is that of the last one-time code that was taken."""

    mark: str
    name: str = field(repr=False)
    password_hash: str | None = field(repr=False)
    encrypted_code_secret: bytes | None = field(repr=False)
    code_step: int


def read_member(connection: Connection, municipality: str, mark: str) -> Member | None:
    """The member of staff of this mark."""
    of_it = and_(staff.c.municipality == municipality, staff.c.mark == mark)
    row = connection.execute(
        select(
            staff.c.mark, staff.c.name, staff.c.password_hash, staff.c.encrypted_code_secret, staff.c.code_step
        ).where(of_it)
    ).one_or_none()
    return None if row is None else Member(*row)


def note_code_step(connection: Connection, municipality: str, mark: str, step: int) -> None:
    """Keeps the step of a code that was taken."""
    of_it = and_(staff.c.municipality == municipality, staff.c.mark == mark)
    connection.execute(update(staff).where(of_it).values(code_step=step))


def whose_card(connection: Connection, municipality: str, subject: bytes) -> str | None:
    """The mark of the member of staff whose card's X.509 this is."""
    of_it = and_(staff_cards.c.municipality == municipality, staff_cards.c.subject == subject)
    mark: str | None = connection.scalar(select(staff_cards.c.mark).where(of_it))
    return mark


def engagements_of(connection: Connection, municipality: str, mark: str | None = None) -> tuple[Engagement, ...]:
    """Where somebody works, or everybody, in order."""
    table = staff_engagements.c
    of_it = table.municipality == municipality
    if mark is not None:
        of_it = and_(of_it, table.mark == mark)
    rows = connection.execute(
        select(table.mark, table.role, table.outlet, table.place, table.since, table.until)
        .where(of_it)
        .order_by(table.mark, table.outlet, table.place, table.since)
    )
    return tuple(Engagement(r.mark, Role(r.role), r.outlet, SiteKind(r.place), r.since, r.until) for r in rows)


def read_failures(connection: Connection, municipality: str, whom: bytes) -> Failures:
    """How often somebody failed in a row."""
    table = staff_failures.c
    row = connection.execute(
        select(table.failures, table.last_at).where(table.municipality == municipality, table.whom == whom)
    ).one_or_none()
    return Failures() if row is None else Failures(*row)


def keep_failures(connection: Connection, municipality: str, whom: bytes, failures: Failures) -> None:
    """Keeps how often somebody failed, under the municipality's lock."""
    of_it = and_(staff_failures.c.municipality == municipality, staff_failures.c.whom == whom)
    if failures.count <= 0:
        connection.execute(delete(staff_failures).where(of_it))
        return
    values = {"failures": failures.count, "last_at": failures.last_at}
    if connection.execute(update(staff_failures).where(of_it).values(**values)).rowcount == 0:
        connection.execute(insert(staff_failures).values(municipality=municipality, whom=whom, **values))


def forget_failures(connection: Connection, now: int) -> None:
    """Drops what counts no more."""
    connection.execute(delete(staff_failures).where(staff_failures.c.last_at <= now - FORGOTTEN_S))
