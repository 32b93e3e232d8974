"""What the registers say of whoever holds a card: of a resident all of them, of somebody who lives elsewhere the one
koseki that an approved enrolment names. Nothing is read for an X.509 that is neither."""

from sqlalchemy import Connection

from certserver.identity.enrolments import enrolled_person
from certserver.registers.model import StatusNow
from certserver.registers.repository import read_snapshot, read_status
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.settings import InForce
from certserver.stages import IdentifiedResident, Refused
from koufu.evidence.words import KOSEKI_KINDS, RefusalReason

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


def serves_elsewhere(in_force: InForce) -> bool:
    """Whether people who live elsewhere have any business here: only where a koseki kind is offered."""
    return any(kind.kind in KOSEKI_KINDS for kind in in_force.kinds)


def read_registers(connection: Connection, holder: IdentifiedResident) -> RegisterSnapshot | Refused:
    """Everything this holder may see of the registers, as one snapshot (I3), or why nothing."""
    if holder.resident_id is None:
        person = enrolled_person(connection, holder.municipality, holder.subject)
        return person if isinstance(person, Refused) else Refused(RefusalReason.NOT_RECORDED)
    return read_snapshot(connection, holder.municipality, holder.resident_id) or Refused(RefusalReason.X509_UNKNOWN)


def read_status_now(connection: Connection, holder: IdentifiedResident) -> StatusNow | Refused:
    """What a release must see again (I6): for whoever lives elsewhere the enrolment too. Only for a transaction that
    opened the book."""
    if holder.resident_id is None:
        person = enrolled_person(connection, holder.municipality, holder.subject)
        return person if isinstance(person, Refused) else Refused(RefusalReason.NOT_RECORDED)
    return read_status(connection, holder.municipality, holder.resident_id) or Refused(RefusalReason.X509_UNKNOWN)
