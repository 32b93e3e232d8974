"""Which register is in force, and the version of what is read from it (I3). A version never stands for two contents."""

from collections.abc import Set
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select

from certserver.registers.model import PrintedAddress
from certserver.storage.registers import registers_in_force
from certserver.storage.statements import Query

_DIGEST_DIGITS = 32

_SELECT = select(registers_in_force.c.snapshot, registers_in_force.c.switches).where(
    registers_in_force.c.municipality == bindparam("of_municipality")
)
# The one lock of a register on PostgreSQL: releases share it, writers in the day and switches have it alone. Whoever
# waited for it reads with a later statement, and so what the one before has committed. SQLite has one writer anyway.
_HELD = Query(_SELECT.with_for_update(read=True))
_HELD_ALONE = Query(_SELECT.with_for_update())
_IN_FORCE = Query(_SELECT)


@dataclass(frozen=True, slots=True)
class SnapshotKey:
    """What leads every key of a snapshot's rows."""

    municipality: str
    number: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A household or koseki, and how often anything of it was changed in its snapshot. `withheld` says who of it is
    withheld, and how (`withheld.named`): that may hang on a row of another register, whose changes are not counted
    here."""

    key: str
    version: int
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """The snapshot in force. `switches` tells a snapshot that came back from what it was before."""

    municipality: str
    number: int
    switches: int

    @property
    def key(self) -> SnapshotKey:
        """Where its rows are."""
        return SnapshotKey(self.municipality, self.number)

    def version(
        self, household: Counted | None, koseki: Counted | None = None, protected: Set[PrintedAddress] = frozenset()
    ) -> str:
        """The version of what a household and a koseki say, at most 64 characters. It names both, since what a resident
        has moved to may stand at the same count; in a digest, since their keys may be long. Who is withheld and what is
        protected hangs on others too, whose changes these do not count: both are named themselves."""
        counted = ("/".join((f"{one.key}:{one.version}", *one.withheld)) if one else "-" for one in (household, koseki))
        read = "//".join((*counted, *sorted(where.value for where in protected)))
        return f"{self.number}.{self.switches}-{sha256(read.encode()).hexdigest()[:_DIGEST_DIGITS]}"


def read_in_force(connection: Connection, municipality: str) -> InForce | None:
    """The snapshot in force, or None when the municipality has no register."""
    return _found(connection, _IN_FORCE, municipality)


def hold_in_force(connection: Connection, municipality: str) -> InForce | None:
    """The snapshot in force, which stays so, and unchanged, until the transaction ends."""
    return _found(connection, _HELD, municipality)


def hold(connection: Connection, municipality: str) -> None:
    """As `hold_in_force`, for whoever reads what is in force with a later statement anyway."""
    if connection.dialect.name == "postgresql":
        _HELD.first(connection, {"of_municipality": municipality})


def hold_if_any(connection: Connection, municipality: str) -> InForce | None:
    """The snapshot in force for somebody who changes it or puts another in its place: nobody else does, and nobody
    releases, until the transaction ends. None when the municipality has no register."""
    return _found(connection, _HELD_ALONE, municipality)


def _found(connection: Connection, statement: Query, municipality: str) -> InForce | None:
    row = statement.first(connection, {"of_municipality": municipality})
    return None if row is None else InForce(municipality, row.snapshot, row.switches)
