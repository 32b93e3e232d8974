"""The people of the office: who there is, how a newcomer comes in, and which roles are asked for them. A mark is never
anybody else's; what somebody signs in by, nobody else ever sets; and nobody who acts comes in anew by one person's word
alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Connection, and_, func, select

from certserver.errors import ConfigurationError, NoSuchEntry, NotAllowed
from certserver.ledger.audit import OPERATOR, AuditEvent
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.proposals import ProposalKind, propose
from certserver.office.rights import HeldRole, OfficeRole, Right, two_decide
from certserver.office.roles import check_end, end_role, enter_role, roles_held
from certserver.office.signing_in.ways_in import make_way_in
from certserver.pipeline.staff.registry import add_member, members
from certserver.pipeline.staff.rows import Member, read_member
from certserver.pipeline.staff.sessions import end_sessions_of
from certserver.ports import in_japan
from certserver.storage.office import office_passkeys, office_ways_in

MARK = re.compile(r"[a-z0-9][a-z0-9-]{1,31}", re.ASCII)
LONGEST_NAME = 64

FIRST_ROLES = (OfficeRole.CONFIGURER, OfficeRole.APPROVER)
"""What an administrator begins with: all else is asked for with them, and decided by two."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the registry of staff. `way_in_until` is until when a one-time way in is open (Unix seconds)."""

    mark: str
    name: str = field(repr=False)
    roles: tuple[HeldRole, ...]
    has_password: bool
    passkeys: int
    way_in_until: int | None


def people(desk: Desk) -> tuple[Person, ...]:
    """All there are, by mark."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.database.reading() as connection:
        held = roles_held(connection, desk.municipality)
        return tuple(_person(desk, connection, each, held) for each in members(connection, desk.municipality))


def names(desk: Desk) -> Mapping[str, str]:
    """What people are called, by mark: for whoever keeps them, or stands for what is asked about them. Nothing for
    anybody else."""
    if not (desk.who.may(Right.KEEP_PEOPLE) or desk.who.may(Right.APPROVE)):
        return {}
    with desk.database.reading() as connection:
        return {each.mark: each.name for each in members(connection, desk.municipality)}


def person(desk: Desk, mark: str) -> Person:
    """Somebody. Raises `NoSuchEntry`."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.database.reading() as connection:
        member = _known(connection, desk.municipality, mark)
        return _person(desk, connection, member, roles_held(connection, desk.municipality, mark))


def create_administrator(desk: Desk, mark: str, name: str) -> str:
    """Enters somebody who may enter others, and gives their one-time way in. It takes an operator, and ends once two
    people decide by themselves; somebody who never came in is none of those for themselves. Raises
    `ConfigurationError`."""
    if desk.actor != OPERATOR:
        raise NotAllowed("an administrator is made at the command line of the server")
    with desk.changing() as (connection, book):
        today = _today(desk)
        member = read_member(connection, desk.municipality, mark)
        awaited = mark if member is None or member.password_hash is None else None
        if two_decide((held for held in roles_held(connection, desk.municipality) if held.mark != awaited), today):
            raise ConfigurationError(
                "there are administrators already: roles are asked for and approved in the console"
            )
        if member is None:
            _enter(desk, connection, mark, name)
        mine = {held.role for held in roles_held(connection, desk.municipality, mark) if held.counts(today)}
        for role in FIRST_ROLES:
            if role not in mine:
                enter_role(connection, desk.municipality, HeldRole(mark, role, today))
        desk.note_set(book, f"office: {mark} is administrator")
        return make_way_in(connection, desk.municipality, mark, desk.entropy, desk.now())


def add_person(desk: Desk, mark: str, name: str) -> str:
    """Enters somebody who holds no role yet, and gives their one-time way in. Raises `ConfigurationError` for a mark
    that is somebody's, now or before."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.changing() as (connection, book):
        _enter(desk, connection, mark, name)
        desk.note_set(book, f"office: {mark} entered")
        return make_way_in(connection, desk.municipality, mark, desk.entropy, desk.now())


def open_again(desk: Desk, mark: str) -> str:
    """Another way in for somebody who never came in and may nothing yet. Raises `ConfigurationError` for anybody else:
    they are reset, which takes two."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.changing() as (connection, book):
        member = _known(connection, desk.municipality, mark)
        if member.password_hash is not None or roles_held(connection, desk.municipality, mark):
            raise Objected(Objection.SIGNED_IN_BEFORE, mark=mark)
        desk.note_set(book, f"office: another way in for {mark}")
        return make_way_in(connection, desk.municipality, mark, desk.entropy, desk.now())


def ask_reset(desk: Desk, mark: str) -> bytes:
    """Asks that somebody comes in anew: what they sign in by counts no more once another one approves."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.changing() as (connection, book):
        _known(connection, desk.municipality, mark)
        desk.note_set(book, f"office: reset of {mark} asked")
        return propose(desk, connection, ProposalKind.RESET_PERSON, {"mark": mark})


def ask_role(desk: Desk, held: HeldRole) -> bytes:
    """Asks for a role. Raises `ConfigurationError` when it is held already on any of its days, and when its first day
    is over."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.changing() as (connection, book):
        _known(connection, desk.municipality, held.mark)
        if held.since < _today(desk):
            raise Objected(Objection.ROLE_SINCE_OVER, day=held.since)
        for other in roles_held(connection, desk.municipality, held.mark):
            if held.meets(other):
                raise Objected(Objection.ROLE_HELD, mark=held.mark, role=held.role, day=other.since)
        about = {
            "mark": held.mark,
            "role": held.role.value,
            "since": held.since.isoformat(),
            "until": held.until.isoformat() if held.until else "",
        }
        desk.note_set(book, f"office: {held.role.value} for {held.mark} asked")
        return propose(desk, connection, ProposalKind.GRANT_ROLE, about)


def ask_end(desk: Desk, mark: str, role: OfficeRole, since: date, last: date) -> bytes:
    """Asks that a role ends after a last day. Raises `NoSuchEntry` when it is not held, and `ConfigurationError` as
    `check_end`."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.changing() as (connection, book):
        held = _held(connection, desk.municipality, mark, role, since)
        check_end(roles_held(connection, desk.municipality), held, last, _today(desk))
        about = {"mark": mark, "role": role.value, "since": since.isoformat(), "last": last.isoformat()}
        desk.note_set(book, f"office: end of {role.value} for {mark} asked")
        return propose(desk, connection, ProposalKind.END_ROLE, about)


def end_sessions(desk: Desk, mark: str) -> None:
    """Ends all that somebody has open, at once: one person is enough for that."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.changing() as (connection, book):
        _known(connection, desk.municipality, mark)
        end_sessions_of(connection, book, mark, "ended by another", desk.now())
        desk.note(book, AuditEvent.CONFIGURED, {"what": f"office: sessions of {mark} ended"})


def grant(desk: Desk, connection: Connection, held: HeldRole) -> None:
    """Enters a role that two stand for, from today on where its first day went by while that waited. Raises
    `ConfigurationError`."""
    since = max(held.since, _today(desk))
    if held.until is not None and held.until < since:
        raise Objected(Objection.ROLE_UNTIL_OVER, day=held.until)
    enter_role(connection, desk.municipality, replace(held, since=since))


def stop(desk: Desk, connection: Connection, mark: str, role: OfficeRole, since: date, last: date) -> None:
    """Ends a role that two stand for the end of, after yesterday where its last day went by while that waited. Raises
    `ConfigurationError`, as `check_end`."""
    today = _today(desk)
    held = _held(connection, desk.municipality, mark, role, since)
    end_role(connection, desk.municipality, held, max(last, today - timedelta(1)), today)


def _enter(desk: Desk, connection: Connection, mark: str, name: str) -> None:
    if not MARK.fullmatch(mark):
        raise Objected(Objection.NO_MARK, mark=mark)
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise Objected(Objection.NO_NAME, longest=LONGEST_NAME)
    add_member(connection, desk.municipality, mark, name.strip(), desk.now())


def _known(connection: Connection, municipality: str, mark: str) -> Member:
    found = read_member(connection, municipality, mark)
    if found is None:
        raise NoSuchEntry("nobody has this mark")
    return found


def _held(connection: Connection, municipality: str, mark: str, role: OfficeRole, since: date) -> HeldRole:
    for each in roles_held(connection, municipality, mark):
        if (each.role, each.since) == (role, since):
            return each
    raise NoSuchEntry("this role is not held")


def _person(desk: Desk, connection: Connection, member: Member, held: tuple[HeldRole, ...]) -> Person:
    passkeys = and_(office_passkeys.c.municipality == desk.municipality, office_passkeys.c.mark == member.mark)
    ways = and_(office_ways_in.c.municipality == desk.municipality, office_ways_in.c.mark == member.mark)
    until = connection.scalar(select(office_ways_in.c.expires_at).where(ways, office_ways_in.c.expires_at > desk.now()))
    return Person(
        mark=member.mark,
        name=member.name,
        roles=tuple(each for each in held if each.mark == member.mark),
        has_password=member.password_hash is not None,
        passkeys=connection.scalar(select(func.count()).select_from(office_passkeys).where(passkeys)) or 0,
        way_in_until=until,
    )


def _today(desk: Desk) -> date:
    return in_japan(desk.now()).date()
