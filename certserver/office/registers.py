"""The register changed for one person at once: a registered seal cancelled or revived, a withholding (支援措置,
発行抑止) set or lifted. Nobody is named to the audit log (I11): a resident, or a person of a koseki, stands there as a
keyed hash."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection

from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.registers.model import RegisteredSealStatus, StatusNow, Withholding
from certserver.registers.repository import read_koseki_snapshot, read_status
from certserver.registers.withholding import (
    koseki_withholding_on,
    withholding_on,
    write_koseki_withholding,
    write_withholding,
)
from certserver.registers.writing import cancel_registered_seal, revive_registered_seal
from certserver.signing.secrets import subkey


class WhyNot(Enum):
    """Why nothing was set."""

    NO_SUCH_PERSON = "no-such-person"
    IN_FORCE = "in-force"
    NOT_IN_FORCE = "not-in-force"
    STANDS_ELSEWHERE = "stands-elsewhere"
    CANCELLED = "cancelled"
    CANCELLED_BY_CORE = "cancelled-by-core"
    NO_SEAL = "no-seal"
    NOT_CANCELLED = "not-cancelled"


class NotSet(ConfigurationError):
    """Nothing was set, and why not."""

    def __init__(self, why: WhyNot, told: str) -> None:
        super().__init__(told)
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Resident:
    """Whom something is about, by the resident register's key."""

    resident_id: str
    called = "resident"
    elsewhere = "on the same person in a koseki (--koseki, --person)"

    @property
    def key(self) -> str:
        """As it goes into the keyed hash."""
        return self.resident_id

    def own(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        """What stands on this very key."""
        return withholding_on(connection, municipality, self.resident_id)

    def write(self, connection: Connection, municipality: str, withholding: frozenset[Withholding]) -> None:
        """Sets what stands on this key."""
        write_withholding(connection, municipality, self.resident_id, withholding)

    def in_force(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        """What counts for them, wherever it stands."""
        orderer = _status(connection, municipality, self.resident_id).orderer
        return orderer.withholding if orderer else frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class KosekiPerson:
    """The same, by the koseki register's keys."""

    koseki_id: str
    person_id: str
    called = "person"
    elsewhere = "on the same person as a resident (--resident), or in another koseki"

    @property
    def key(self) -> str:
        """As it goes into the keyed hash."""
        return f"{self.koseki_id}/{self.person_id}"

    def own(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        """What stands on this very key."""
        return koseki_withholding_on(connection, municipality, self.koseki_id, self.person_id)

    def write(self, connection: Connection, municipality: str, withholding: frozenset[Withholding]) -> None:
        """Sets what stands on this key."""
        write_koseki_withholding(connection, municipality, self.koseki_id, self.person_id, withholding)

    def in_force(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        """What counts for them, wherever it stands."""
        snapshot = read_koseki_snapshot(connection, municipality, self.koseki_id, self.person_id)
        person = snapshot.koseki.orderer if snapshot and snapshot.koseki else None
        return person.withholding if person else frozenset()


Whom = Resident | KosekiPerson


@dataclass(frozen=True, slots=True)
class Lifted:
    """What came of lifting: the keyed hash, and whether it stays in force since it stands elsewhere too."""

    reference: str
    stays: bool


def cancel_seal(desk: Desk, whom: Resident) -> str:
    """Cancels a registered seal (廃印) from now on. The keyed hash that stands for the resident in the audit log.
    Raises `NotSet`."""
    desk.demand(Right.KEEP_REGISTERS)
    reference = _reference(desk, whom)
    with desk.changing() as (connection, book):
        if _status(connection, desk.municipality, whom.resident_id).seal is RegisteredSealStatus.CANCELLED:
            raise NotSet(WhyNot.CANCELLED, "this resident's registered seal is cancelled already")
        with _unless(WhyNot.NO_SEAL):
            cancel_registered_seal(connection, desk.municipality, whom.resident_id)
        _note(desk, book, "registered seal cancelled", whom, reference)
    return reference


def revive_seal(desk: Desk, whom: Resident) -> str:
    """Takes back that a registered seal was cancelled here; as `cancel_seal` otherwise."""
    desk.demand(Right.KEEP_REGISTERS)
    reference = _reference(desk, whom)
    with desk.changing() as (connection, book):
        _status(connection, desk.municipality, whom.resident_id)
        with _unless(WhyNot.NOT_CANCELLED):
            revive_registered_seal(connection, desk.municipality, whom.resident_id)
        if _status(connection, desk.municipality, whom.resident_id).seal is RegisteredSealStatus.CANCELLED:
            raise NotSet(
                WhyNot.CANCELLED_BY_CORE,
                "the core system has this registered seal as cancelled: it must deliver it anew",
            )
        _note(desk, book, "registered seal revived", whom, reference)
    return reference


def set_withholding(desk: Desk, whom: Whom, kind: Withholding) -> str:
    """Puts a withholding in force from now on; as `cancel_seal` otherwise."""
    desk.demand(Right.KEEP_REGISTERS)
    reference = _reference(desk, whom)
    with desk.changing() as (connection, book):
        with _unless(WhyNot.NO_SUCH_PERSON):
            before = whom.own(connection, desk.municipality)
        if kind in before:
            raise NotSet(WhyNot.IN_FORCE, f"{kind.value} is already in force for this {whom.called}")
        whom.write(connection, desk.municipality, before | {kind})
        _note(desk, book, f"{kind.value} set", whom, reference)
    return reference


def lift_withholding(desk: Desk, whom: Whom, kind: Withholding) -> Lifted:
    """Lifts a withholding on this one key. Raises `NotSet` when none stands on it."""
    desk.demand(Right.KEEP_REGISTERS)
    reference = _reference(desk, whom)
    with desk.changing() as (connection, book):
        whom.write(connection, desk.municipality, _to_lift(connection, desk.municipality, whom, kind) - {kind})
        stays = kind in whom.in_force(connection, desk.municipality)
        _note(desk, book, f"{kind.value} lifted", whom, reference)
    return Lifted(reference, stays)


def require_to_lift(desk: Desk, whom: Whom, kind: Withholding) -> None:
    """Raises `NotSet` as lifting it would, and lifts nothing: whoever is asked whether they mean it has something to
    lift."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.database.reading() as connection:
        _to_lift(connection, desk.municipality, whom, kind)


def _to_lift(connection: Connection, municipality: str, whom: Whom, kind: Withholding) -> frozenset[Withholding]:
    """What stands on this one key, this withholding among it. Raises `NotSet`."""
    with _unless(WhyNot.NO_SUCH_PERSON):
        before = whom.own(connection, municipality)
    if kind not in before:
        stands = kind in whom.in_force(connection, municipality)
        where = f": it stands {whom.elsewhere}" if stands else ""
        why = WhyNot.STANDS_ELSEWHERE if stands else WhyNot.NOT_IN_FORCE
        raise NotSet(why, f"{kind.value} is not in force for this {whom.called}{where}")
    return before


def _status(connection: Connection, municipality: str, resident_id: str) -> StatusNow:
    status = read_status(connection, municipality, resident_id)
    if status is None:
        raise NotSet(WhyNot.NO_SUCH_PERSON, f"the register of {municipality} has no such resident")
    return status


@contextmanager
def _unless(why: WhyNot) -> Iterator[None]:
    """What the register says of an entry that there is not, as an officer is told it."""
    try:
        yield
    except NoSuchEntry as error:
        raise NotSet(why, str(error)) from error


def _reference(desk: Desk, whom: Whom) -> str:
    """How the audit log names somebody: always alike, and to nobody without the home's secret."""
    used_for = "residents in the audit log" if isinstance(whom, Resident) else "people of koseki in the audit log"
    key = subkey(desk.secret(), used_for)
    return hmac.digest(key, f"{desk.municipality}/{whom.key}".encode(), "sha256").hex()


def _note(desk: Desk, book: Book, what: str, whom: Whom, reference: str) -> None:
    desk.note(book, AuditEvent.REGISTER_CHANGED, {"what": what, whom.called: reference})
