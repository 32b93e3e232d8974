"""What identification gives, and what is asked of whoever identifies. It says nothing of how."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from certserver.stages import IdentifiedResident, Refused


@dataclass(frozen=True, slots=True)
class IdentifiedCard:
    """A resident found by a valid X.509, and whether it is on a face-authentication card, which has no PIN."""

    resident: IdentifiedResident
    face_auth: bool


class Identity(Protocol):
    """Who is it, and is the X.509 valid."""

    def identify(
        self, connection: Connection, municipality: str, terminal: str, x509: bytes, now: datetime
    ) -> IdentifiedCard | Refused:
        """The holder of a DER user-authentication X.509 that is trusted, in force and not revoked: a resident, or
        somebody who lives elsewhere."""
        ...

    def still_valid(self, connection: Connection, resident: IdentifiedResident, now: datetime) -> Refused | None:
        """Why a resident who was identified may go no further: the X.509 expired, was revoked or is linked to somebody
        else by now, or nobody knows freshly enough (I6)."""
        ...

    def still_elsewhere(
        self, connection: Connection, holder: IdentifiedResident, x509: bytes, now: datetime
    ) -> Refused | None:
        """The same for whoever lives elsewhere: no row here knows their X.509, so it is looked at again itself."""
        ...

    def subject(self, connection: Connection, municipality: str, x509: bytes) -> bytes | Refused:
        """The 32 bytes that stand for a DER in one municipality, expired or revoked though it may be; or the refusal of
        one that no trusted issuer made."""
        ...

    def answered(self, x509: bytes, evidence: bytes, answer: bytes) -> bool:
        """Whether the card of an X.509 that was identified answered exactly these bytes."""
        ...
