"""Makes of spots that differ the places that a person is shown: what lies close together in one entry is one place."""

from collections.abc import Sequence

from certserver.verify.compare import Difference
from certserver.verify.expected import Area

_CLOSE_MM = 4.0
"""Half a line: further apart, two frames are clearer than one."""

MOST_PLACES = 50
"""Of one picture."""


def places(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """The places, strongest first, as many as are shown."""
    joined: list[Difference] = []
    for difference in differences:
        together = difference
        # What joins two places may bring them near a third.
        while near := [one for one in joined if _one_place(one, together)]:
            joined = [one for one in joined if one not in near]
            for one in near:
                together = _with(together, one)
        joined.append(together)
    return tuple(sorted(joined, key=lambda one: -one.strength)[:MOST_PLACES])


def _one_place(one: Difference, other: Difference) -> bool:
    return one.area.meets(other.area) or (one.entry == other.entry and one.area.meets(other.area, _CLOSE_MM))


def _with(one: Difference, other: Difference) -> Difference:
    first, second = one.area, other.area
    area = Area(
        min(first.left, second.left),
        min(first.top, second.top),
        max(first.right, second.right),
        max(first.bottom, second.bottom),
    )
    stronger = max(one, other, key=lambda each: each.strength)
    return Difference(area, stronger.strength, one.missing + other.missing, one.added + other.added, stronger.entry)
