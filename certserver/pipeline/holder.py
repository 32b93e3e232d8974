"""What the registers say of whoever holds a card: of a resident all of them, of somebody who lives elsewhere the one
koseki that an approved enrolment names. Nothing is read for an X.509 that is neither."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection

from certserver.identity.enrolments import EnrolledPerson, enrolled_person
from certserver.pipeline.parts import Parts
from certserver.registers.model import StatusNow
from certserver.registers.repository import read_koseki_snapshot, read_koseki_status, read_snapshot, read_status
from certserver.registers.snapshot import RegisterSnapshot, Wanted
from certserver.stages import IdentifiedResident, Refused
from koufu.evidence.codec import Writer
from koufu.evidence.words import KOSEKI_KINDS, CertificateKind, RefusalReason

STAYS = frozenset(
    {
        RefusalReason.NOT_ENROLLED,
        RefusalReason.ENROLMENT_PENDING,
        RefusalReason.ENROLMENT_DECLINED,
        RefusalReason.ENROLMENT_RENEW,
        RefusalReason.NOT_RECORDED,
    }
)
"""Refusals after which a session goes on, though nothing can be ordered in it: one can apply."""


def serves_elsewhere(offered: Iterable[CertificateKind]) -> bool:
    """Whether people who live elsewhere have any business here: only where a koseki kind is offered."""
    return not KOSEKI_KINDS.isdisjoint(offered)


def read_registers(
    parts: Parts, connection: Connection, holder: IdentifiedResident, wanted: Wanted
) -> RegisterSnapshot | Refused:
    """What is wanted of the registers that this holder may see, as one snapshot (I3), or why nothing."""
    if holder.resident_id is None:
        return _by_enrolment(connection, holder)
    snapshot = read_snapshot(connection, holder.municipality, holder.resident_id, wanted, parts.numbers)
    return snapshot or Refused(RefusalReason.X509_UNKNOWN)


def read_status_now(connection: Connection, holder: IdentifiedResident, wanted: Wanted) -> StatusNow | Refused:
    """What a release must see again (I6) of what its documents show: for whoever lives elsewhere the enrolment too.
    Only for a transaction that opened the book."""
    if holder.resident_id is None:
        return _status_by_enrolment(connection, holder)
    status = read_status(connection, holder.municipality, holder.resident_id, wanted)
    return status or Refused(RefusalReason.X509_UNKNOWN)


def _by_enrolment(connection: Connection, holder: IdentifiedResident) -> RegisterSnapshot | Refused:
    person = enrolled_person(connection, holder.municipality, holder.subject)
    if isinstance(person, Refused):
        return person
    snapshot = read_koseki_snapshot(connection, holder.municipality, person.koseki_id, person.person_id)
    if snapshot is None or snapshot.koseki is None or snapshot.koseki.orderer is None:
        return Refused(RefusalReason.NOT_RECORDED)
    return replace(snapshot, version=_version(snapshot.version, person))


def _status_by_enrolment(connection: Connection, holder: IdentifiedResident) -> StatusNow | Refused:
    person = enrolled_person(connection, holder.municipality, holder.subject)
    if isinstance(person, Refused):
        return person
    status = read_koseki_status(connection, holder.municipality, person.koseki_id, person.person_id)
    if status is None or status.koseki is None or not status.koseki.recorded:
        return Refused(RefusalReason.NOT_RECORDED)
    return replace(status, version=_version(status.version, person))


def _version(version: str, person: EnrolledPerson) -> str:
    """Moves with the register and with the enrolment: approved for another person it is another version (I3, I6)."""
    writer = Writer("koufu/enrolled/1")
    for part in (version, person.number, person.koseki_id, person.person_id):
        writer.text(part)
    return sha256(writer.done()).hexdigest()
