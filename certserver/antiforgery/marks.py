"""Corner marks of a face: a ring and a disc in a fine double frame. A scanner finds and straightens the face by them;
the bottom right one differs, so that the sheet's orientation is known even where the code is lost."""

from certserver.antiforgery.paper import PAGE_HEIGHT, PAGE_WIDTH, Box, dots, number

CENTRE_MM = 10.0
"""Of each mark, from both edges."""

RING_MM = 5.0
"""Outer diameter of the ring."""

_CENTRE = dots(CENTRE_MM)
_RING = (RING_MM, 4.0)
_DISC = 2.2
_SMALL_RING = (2.2, 1.2)
_FRAMES = ((6.0, 0.25, 15.0), (6.6, 0.085, 12.5))
"""Distance from the edge, thickness, length, in mm."""

_ARC = 0.5522847
"""Control points of a quarter circle as cubic curve."""


def circle(x: float, y: float, diameter: float) -> str:
    """A circle as path of a content stream; centre and diameter in dots."""
    radius = diameter / 2
    arc = radius * _ARC
    right, left, below, above = (number(value) for value in (x + radius, x - radius, y + radius, y - radius))
    x_more, x_less, y_more, y_less = (number(value) for value in (x + arc, x - arc, y + arc, y - arc))
    middle_x, middle_y = number(x), number(y)
    return (
        f"{right} {middle_y} m {right} {y_more} {x_more} {below} {middle_x} {below} c "
        f"{x_less} {below} {left} {y_more} {left} {middle_y} c "
        f"{left} {y_less} {x_less} {above} {middle_x} {above} c "
        f"{x_more} {above} {right} {y_less} {right} {middle_y} c h"
    )


def ring(x: float, y: float, outer_mm: float, inner_mm: float) -> str:
    """Paints a ring around a point in dots."""
    return f"{circle(x, y, dots(outer_mm))} {circle(x, y, dots(inner_mm))} f*"


def corner_marks() -> str:
    """Paints all four marks and frames, black."""
    operators = []
    for right in (False, True):
        for bottom in (False, True):
            x = PAGE_WIDTH - _CENTRE if right else _CENTRE
            y = PAGE_HEIGHT - _CENTRE if bottom else _CENTRE
            operators.append(ring(x, y, *_RING))
            operators.append(ring(x, y, *_SMALL_RING) if right and bottom else f"{circle(x, y, dots(_DISC))} f")
            for away, thick, long in _FRAMES:
                operators.append(_angle(dots(away), dots(thick), dots(long), right=right, bottom=bottom))
    return "\n".join(operators)


def _angle(away: int, thick: int, long: int, *, right: bool, bottom: bool) -> str:
    x = PAGE_WIDTH - away - long if right else away
    y = PAGE_HEIGHT - away - long if bottom else away
    bar_x = PAGE_WIDTH - away - thick if right else away
    bar_y = PAGE_HEIGHT - away - thick if bottom else away
    level = Box(x, bar_y, x + long, bar_y + thick)
    upright = Box(bar_x, y, bar_x + thick, y + long)
    return f"{level.bar()} {upright.bar()} f"
