"""What became of a visit that a restart cut off."""

from dataclasses import dataclass

from kiosk.flow.means import Means


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a restart cut off is settled: yen that went back, yen owed, the reference of the debt's slip. `confirmed`
    unless the device could not say all that came out; `noted` yen staff were told of as owed before the restart; `kept`
    yen that count as kept for what was delivered; `means` says how it was paid, and `debited` that this is certain of a
    cashless payment that stands open."""

    returned: int
    owed: int
    reference: str
    confirmed: bool = True
    noted: int = 0
    kept: int = 0
    means: Means = Means.CASH
    debited: bool = False


@dataclass(frozen=True, slots=True)
class RecoveryFailed:
    """What a visit that was cut off by a restart left behind could not be settled. It stands open in the journal."""


@dataclass(frozen=True, slots=True)
class RecoveryWaits:
    """What a visit that was cut off by a restart left behind is not settled yet: nothing can be written down. What came
    out meanwhile is known, and nobody was told of it."""
