"""What the stages of issuing are handed: storage, clock, randomness, keys, and two neighbours known only by what is
asked of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from certserver.municipality import MunicipalityProfile
from certserver.pipeline.settings import SettingsCache
from certserver.pipeline.stages import DocumentStamp, EligibleLine, IdentifiedResident, Refused, RenderedDocument
from certserver.ports import Clock, Entropy
from certserver.registers.model import HouseholdSnapshot
from certserver.signing.municipal import MunicipalKey
from certserver.signing.secrets import Vault
from certserver.storage.engine import Database
from koufu.evidence.words import RefusalReason


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
        """The resident of a DER user-authentication X.509 that is trusted, in force and not revoked."""
        ...

    def still_valid(self, connection: Connection, resident: IdentifiedResident, now: datetime) -> Refused | None:
        """Why a resident who was identified may go no further: the X.509 expired, was revoked or is linked to somebody
        else by now, or nobody knows freshly enough (I6)."""
        ...

    def answered(self, x509: bytes, evidence: bytes, answer: bytes) -> bool:
        """Whether the card of an X.509 that was identified answered exactly these bytes."""
        ...


class DocumentMaker(Protocol):
    """From an eligible line to a document with its codes."""

    def make(
        self, line: EligibleLine, snapshot: HouseholdSnapshot, profile: MunicipalityProfile, stamp: DocumentStamp
    ) -> RenderedDocument | RefusalReason:
        """One document, or why it can't be made: `CHARACTER_MISSING` (I10) or `TOO_LONG`."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the stages work with. `keys` by municipality code."""

    database: Database
    clock: Clock
    entropy: Entropy
    identity: Identity
    documents: DocumentMaker
    vault: Vault
    keys: Mapping[str, MunicipalKey]
    settings: SettingsCache
