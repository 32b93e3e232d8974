"""The registry of staff, as an operator keeps it: who there is, where they work, and what they prove it by. Everything
is dated or stays; only what somebody proves who they are by is ever replaced."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, and_, delete, insert, select, update

from certserver.errors import ConfigurationError
from certserver.ledger.book import Book
from certserver.objections import Objected, Objection
from certserver.pipeline.staff.keys import StaffKeys
from certserver.pipeline.staff.rows import Member, engagements_of, keep_failures, read_member
from certserver.pipeline.staff.sessions import end_sessions_of
from certserver.staff.backoff import Failures
from certserver.staff.codes import NEVER
from certserver.staff.engagements import Engagement
from certserver.storage.office import office_passkeys
from certserver.storage.staff import staff, staff_cards, staff_engagements


def members(connection: Connection, municipality: str) -> tuple[Member, ...]:
    """All there are, by mark."""
    table = staff.c
    marks = connection.scalars(select(table.mark).where(table.municipality == municipality).order_by(table.mark)).all()
    found = (read_member(connection, municipality, mark) for mark in marks)
    return tuple(each for each in found if each is not None)


def add_member(connection: Connection, municipality: str, mark: str, name: str, at: int) -> None:
    """Adds somebody who can't sign in yet. Raises `ConfigurationError` for a mark that is somebody's, now or before:
    logs name it."""
    if read_member(connection, municipality, mark) is not None:
        raise Objected(Objection.MARK_TAKEN, mark=mark)
    connection.execute(
        insert(staff).values(
            municipality=municipality,
            mark=mark,
            name=name,
            password_hash=None,
            encrypted_code_secret=None,
            code_step=NEVER,
            added_at=at,
        )
    )


def set_password(
    connection: Connection, book: Book, keys: StaffKeys, mark: str, password_hash: str, code_secret: bytes, now: int
) -> None:
    """Replaces password and code secret, drops passkeys, ends what the old ones opened, and forgets failed tries."""
    municipality = book.state.municipality
    known(connection, municipality, mark)
    of_it = and_(staff.c.municipality == municipality, staff.c.mark == mark)
    values = {
        "password_hash": password_hash,
        "encrypted_code_secret": keys.close_code_secret(municipality, mark, code_secret),
        "code_step": NEVER,
    }
    connection.execute(update(staff).where(of_it).values(**values))
    _drop_passkeys(connection, municipality, mark)
    keep_failures(connection, municipality, keys.person(municipality, mark), Failures())
    end_sessions_of(connection, book, mark, "reset", now)


def replace_password(connection: Connection, municipality: str, mark: str, password_hash: str) -> None:
    """Replaces the password alone, as its owner wishes."""
    of_it = and_(staff.c.municipality == municipality, staff.c.mark == mark)
    connection.execute(update(staff).where(of_it).values(password_hash=password_hash))


def lock_out(connection: Connection, book: Book, mark: str, now: int) -> None:
    """Takes away all that somebody signs in by, and ends what it opened."""
    municipality = book.state.municipality
    of_it = and_(staff.c.municipality == municipality, staff.c.mark == mark)
    connection.execute(update(staff).where(of_it).values(password_hash=None, encrypted_code_secret=None))
    drop_other_ways(connection, municipality, mark)
    end_sessions_of(connection, book, mark, "reset", now)


def drop_other_ways(connection: Connection, municipality: str, mark: str) -> None:
    """Lets neither passkeys nor a card sign somebody in any more."""
    _drop_passkeys(connection, municipality, mark)
    drop_cards(connection, municipality, mark)


def enrol_card(connection: Connection, municipality: str, mark: str, subject: bytes, at: int) -> None:
    """Lets a card sign somebody in, in place of any former one. Raises `ConfigurationError` when it is somebody
    else's."""
    known(connection, municipality, mark)
    table = staff_cards.c
    of_it = and_(table.municipality == municipality, table.subject == subject)
    whose = connection.scalar(select(table.mark).where(of_it))
    if whose not in (None, mark):
        raise ConfigurationError("this card signs somebody else in already")
    drop_cards(connection, municipality, mark)
    connection.execute(
        insert(staff_cards).values(municipality=municipality, subject=subject, mark=mark, enrolled_at=at)
    )


def drop_cards(connection: Connection, municipality: str, mark: str) -> int:
    """Lets no card sign somebody in any more; how many there were."""
    of_it = and_(staff_cards.c.municipality == municipality, staff_cards.c.mark == mark)
    return connection.execute(delete(staff_cards).where(of_it)).rowcount


def has_card(connection: Connection, municipality: str, mark: str) -> bool:
    """Whether a card signs somebody in."""
    of_it = and_(staff_cards.c.municipality == municipality, staff_cards.c.mark == mark)
    return connection.execute(select(staff_cards.c.subject).where(of_it)).first() is not None


def engage(connection: Connection, municipality: str, engagement: Engagement) -> None:
    """Enters where somebody works. Raises `ConfigurationError` when they have a role at that place already, on any of
    its days."""
    known(connection, municipality, engagement.mark)
    for other in engagements_of(connection, municipality, engagement.mark):
        if engagement.meets(other):
            until = f" until {other.until}" if other.until else ""
            raise ConfigurationError(
                f"{other.mark} works there as {other.role.value} since {other.since}{until}: end that first"
            )
    connection.execute(
        insert(staff_engagements).values(
            municipality=municipality,
            mark=engagement.mark,
            outlet=engagement.outlet,
            place=engagement.place.value,
            since=engagement.since,
            until=engagement.until,
            role=engagement.role.value,
        )
    )


def end_engagements(connection: Connection, book: Book, mark: str, last: date, today: date, now: int) -> int:
    """Ends all that somebody does after a last day, and their sessions when that is past; how many were ended. What had
    not begun by then never does."""
    municipality = book.state.municipality
    known(connection, municipality, mark)
    table, ended = staff_engagements.c, 0
    for each in engagements_of(connection, municipality, mark):
        if each.until is not None and each.until <= last:
            continue
        of_it = and_(
            table.municipality == municipality,
            table.mark == mark,
            table.outlet == each.outlet,
            table.place == each.place.value,
            table.since == each.since,
        )
        ended += 1
        if each.since > last:
            connection.execute(delete(staff_engagements).where(of_it))
        else:
            replaced = replace(each, until=last)
            connection.execute(update(staff_engagements).where(of_it).values(until=replaced.until))
    if last < today:
        end_sessions_of(connection, book, mark, "engagement ended", now)
    return ended


def last_day(today: date, told: date | None) -> date:
    """The last day of whoever stops now, or on a day that was told: yesterday, so that it counts at once."""
    return told or today - timedelta(days=1)


def known(connection: Connection, municipality: str, mark: str) -> Member:
    """The member of staff of this mark. Raises `ConfigurationError`."""
    found = read_member(connection, municipality, mark)
    if found is None:
        raise ConfigurationError(f"nobody has the mark {mark}: `staff list` shows them")
    return found


def _drop_passkeys(connection: Connection, municipality: str, mark: str) -> None:
    passkeys = and_(office_passkeys.c.municipality == municipality, office_passkeys.c.mark == mark)
    connection.execute(delete(office_passkeys).where(passkeys))
