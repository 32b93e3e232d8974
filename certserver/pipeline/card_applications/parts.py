"""What the use cases of card applications are handed."""

from dataclasses import dataclass

from certserver.pipeline.card_applications.keys import ApplicationKeys
from certserver.ports import Clock, Entropy
from certserver.storage.engine import Database


@dataclass(frozen=True, slots=True)
class ApplicationParts:
    """Database, clock, randomness and keys."""

    database: Database
    clock: Clock
    entropy: Entropy
    keys: ApplicationKeys
