"""What the use cases of staff are handed."""

from dataclasses import dataclass

from certserver.identity.model import Identity
from certserver.pipeline.staff.keys import StaffKeys
from certserver.ports import Clock, Entropy
from certserver.staff.sessions import SessionLimits
from certserver.storage.engine import Database


@dataclass(frozen=True, slots=True)
class StaffParts:
    """Database, clock, randomness, keys, who judges X.509s, and how long a session lives."""

    database: Database
    clock: Clock
    entropy: Entropy
    keys: StaffKeys
    identity: Identity
    limits: SessionLimits
