"""What is asked of the journal, and written into it for staff."""

from dataclasses import dataclass

from kiosk.flow.occasions import Occasion


@dataclass(frozen=True, slots=True)
class LookAtJournal:
    """Writes what is not on disk yet; answers `JournalSeen`."""


@dataclass(frozen=True, slots=True)
class Recover:
    """Settles what a visit that was cut off by a restart left behind; answers `Recovered`, `RecoveryFailed` or
    `RecoveryWaits`."""


@dataclass(frozen=True, slots=True)
class WriteDown:
    """Writes the occasion down. Nothing answers."""

    occasion: Occasion
    reference: str = ""
    yen: int = 0


JournalEffect = LookAtJournal | Recover | WriteDown
