"""The people of the office: who there is, and how a newcomer comes in. A mark is never anybody else's; what somebody
signs in by, nobody else ever sets."""

import re

from certserver.errors import ConfigurationError
from certserver.office.desk import Desk
from certserver.office.rights import HeldRole, OfficeRole, Right
from certserver.office.roles import enter_role, roles_held
from certserver.office.signing_in.ways_in import make_way_in
from certserver.pipeline.staff.registry import add_member
from certserver.pipeline.staff.rows import read_member
from certserver.ports import in_japan

MARK = re.compile(r"[a-z0-9][a-z0-9-]{1,31}", re.ASCII)
LONGEST_NAME = 64

FIRST_ROLES = (OfficeRole.CONFIGURER, OfficeRole.APPROVER)
"""What an administrator begins with: all else is asked for with them, and decided by two."""


def create_administrator(desk: Desk, mark: str, name: str) -> str:
    """Enters somebody who may enter others, and gives their one-time way in. It takes an operator, and ends once two
    people can decide by themselves. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_PEOPLE)
    with desk.changing() as (connection, book):
        today = in_japan(desk.now()).date()
        holders = {held.mark for held in roles_held(connection, desk.municipality) if held.counts(today)}
        if len(holders - {mark}) >= 2:
            raise ConfigurationError(
                "there are administrators already: roles are asked for and approved in the console"
            )
        if read_member(connection, desk.municipality, mark) is None:
            _check(mark, name)
            add_member(connection, desk.municipality, mark, name.strip(), desk.now())
        for role in FIRST_ROLES:
            if not any(
                held.role is role and held.counts(today) for held in roles_held(connection, desk.municipality, mark)
            ):
                enter_role(connection, desk.municipality, HeldRole(mark, role, today))
        desk.note_set(book, f"office: {mark} is administrator")
        return make_way_in(connection, desk.municipality, mark, desk.entropy, desk.now())


def _check(mark: str, name: str) -> None:
    if not MARK.fullmatch(mark):
        raise ConfigurationError(f"{mark} is no mark: 2 to 32 of a-z, 0-9 and - are expected")
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise ConfigurationError(f"a name has 1 to {LONGEST_NAME} characters")
