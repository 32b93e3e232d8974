"""Which field of a measured sheet suits a printer: even on the original, plain on a copy. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.calibration.measure import Density, Measured
from kiosk.calibration.plan import Field
from kiosk.errors import ScanUnusable

EVEN_WITHIN = 0.03
"""How much message and background may differ on the original, as a share of the background."""
PLAIN = 1.8
"""How much darker the message should be than the background on a copy."""

_LEAST = 0.002
"""Densities below this are noise: a background that a copier lost whole counts as this dark."""
_PRINTED = 0.01
"""A field that is lighter on the original is no ground any more."""
_SWAPPED = 0.8


@dataclass(frozen=True, slots=True)
class Judged:
    """A field with its difference on the original (0.02: the message is 2 % darker than its background) and its ratio
    on the copy."""

    field: Field
    difference: float
    ratio: float

    @property
    def is_even(self) -> bool:
        """Whether the message stays hidden on the original."""
        return abs(self.difference) < EVEN_WITHIN

    @property
    def is_plain(self) -> bool:
        """Whether it comes out on a copy."""
        return self.ratio >= PLAIN


@dataclass(frozen=True, slots=True)
class Proposal:
    """The best field; `judged` are all that could be measured, `unmeasured` the numbers that could not."""

    best: Judged
    judged: tuple[Judged, ...]
    unmeasured: tuple[int, ...]


def propose(original: Measured, copy: Measured) -> Proposal:
    """The field for this printer: of those that are even on the original and plain on the copy the evenest; where none
    is both, of the even ones the plainest, and where none is even the evenest. Raises `ScanUnusable`."""
    if original.plan != copy.plan:
        raise ScanUnusable("the scans show two different sheets: the copy must be made from the very original")
    judged, unmeasured = [], []
    for field, printed, copied in zip(original.plan.fields, original.fields, copy.fields, strict=True):
        if printed.clear and copied.clear and printed.background > _PRINTED:
            judged.append(Judged(field, _ratio(printed) - 1, _ratio(copied)))
        else:
            unmeasured.append(field.number)
    if not judged:
        raise ScanUnusable(
            "no field can be measured: shadows or stains lie on the scans, or nothing of the ground does"
        )
    _check_order(judged)
    return Proposal(min(judged, key=_rank), tuple(judged), tuple(unmeasured))


def _rank(field: Judged) -> tuple[bool, bool, float]:
    if not field.is_even:
        return True, True, abs(field.difference)
    return False, not field.is_plain, abs(field.difference) if field.is_plain else -field.ratio


def _ratio(density: Density) -> float:
    return max(density.message, _LEAST) / max(density.background, _LEAST)


def _check_order(judged: Sequence[Judged]) -> None:
    """A copier loses small dots before large ones. Raises `ScanUnusable` where most messages are weaker in the second
    scan, against their backgrounds."""
    gained = sorted(field.ratio / (1 + field.difference) for field in judged)
    if gained[len(gained) // 2] < _SWAPPED:
        raise ScanUnusable("the message is weaker in the scan of the copy: are the two scans exchanged?")
