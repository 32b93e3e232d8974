"""What the stages of issuing are handed: storage, clock, randomness, keys, and two neighbours known only by what is
asked of them."""

from dataclasses import dataclass
from typing import Protocol

from certserver.identity.model import Identity
from certserver.municipality import MunicipalityProfile
from certserver.pipeline.settings import SettingsCache
from certserver.pipeline.signing_keys import SigningKeys
from certserver.ports import Clock, Entropy
from certserver.registers.numbers import NumberVault
from certserver.signing.pages import PageSigner
from certserver.signing.secrets import Vault
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from certserver.storage.engine import Database


class DocumentMaker(Protocol):
    """From an eligible line to a document with its codes."""

    def make(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> RenderedDocument | Refused:
        """One document, its pages signed, or why it can't be made: `CHARACTER_MISSING` (I10) or `TOO_LONG`."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the stages work with."""

    database: Database
    clock: Clock
    entropy: Entropy
    identity: Identity
    documents: DocumentMaker
    vault: Vault
    numbers: NumberVault
    keys: SigningKeys
    settings: SettingsCache
