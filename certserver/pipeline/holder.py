"""What the registers say of whoever holds a card: of a resident all of them, of somebody who lives elsewhere the one
koseki that an approved enrolment names. Nothing is read for an X.509 that is neither."""

from collections.abc import Iterable

from sqlalchemy import Connection

from certserver.identity.enrolments import enrolled_person
from certserver.pipeline.parts import Parts
from certserver.registers.model import StatusNow
from certserver.registers.repository import read_koseki_snapshot, read_koseki_status, read_snapshot, read_status
from certserver.registers.snapshot import RegisterSnapshot, Wanted
from certserver.stages import IdentifiedResident, Refused
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
        person = enrolled_person(connection, holder.municipality, holder.subject)
        if isinstance(person, Refused):
            return person
        held = read_koseki_snapshot(connection, holder.municipality, person.koseki_id, person.person_id)
        return held or Refused(RefusalReason.NOT_RECORDED)
    snapshot = read_snapshot(connection, holder.municipality, holder.resident_id, wanted, parts.numbers)
    return snapshot or Refused(RefusalReason.X509_UNKNOWN)


def read_status_now(connection: Connection, holder: IdentifiedResident, wanted: Wanted) -> StatusNow | Refused:
    """What a release must see again (I6) of what its documents show: for whoever lives elsewhere the enrolment too.
    Only for a transaction that opened the book."""
    if holder.resident_id is None:
        person = enrolled_person(connection, holder.municipality, holder.subject)
        if isinstance(person, Refused):
            return person
        held = read_koseki_status(connection, holder.municipality, person.koseki_id, person.person_id)
        return held or Refused(RefusalReason.NOT_RECORDED)
    status = read_status(connection, holder.municipality, holder.resident_id, wanted)
    return status or Refused(RefusalReason.X509_UNKNOWN)
