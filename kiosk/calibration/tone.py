"""What a scanner's grey means in light. A small dot that is half as dark as a large one weighs half in light, but less
in sRGB: measuring without knowing which would find a difference that no eye sees."""

from enum import Enum

import numpy as np

from kiosk.calibration.places import Light, Projection, mesh, read_light
from kiosk.calibration.plan import BAR, DOTS_PER_MM
from kiosk.calibration.scans import Grey


class Tone(Enum):
    """How a scanner writes down light. (IEC 61966-2-1 for sRGB; scanners' grey of gamma 2.2 is as good as the same.)"""

    LINEAR = "linear"
    SRGB = "srgb"

    def table(self) -> Light:
        """Light, 0 to 1, of each of the 256 grey levels."""
        level = np.arange(256) / 255
        if self is Tone.LINEAR:
            return level.astype(np.float32)
        return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4).astype(np.float32)

    def light(self, picture: Grey) -> Light:
        """The picture as light."""
        return self.table()[picture]


_REACH_MM = 4.0
_WINDOW_PIXELS = 6
_ENDS_DOTS = 200


def tone_of(picture: Grey, sheet: Projection, pixels_per_mm: float) -> Tone:
    """Which it is, read off the long edges of the bar: in light, a blurred straight edge is as light on one side of its
    middle as it is dark on the other, however much toner spread."""
    left, top, right, bottom = BAR
    middle, reach = (top + bottom) / 2, _REACH_MM * DOTS_PER_MM
    step = DOTS_PER_MM / pixels_per_mm
    points, shape = mesh(left + _ENDS_DOTS, middle - reach, right - _ENDS_DOTS, middle + reach, step)
    across = sheet(points)
    return min(Tone, key=lambda tone: abs(_lopsided(read_light(tone.light(picture), across).reshape(shape))))


def _lopsided(strips: Light) -> float:
    """The third central moment of both edges' slopes, in units of their width: 0 for an edge like its mirror. `strips`:
    light along lines that cross the bar, (steps, lines)."""
    white = np.percentile(strips, 85, axis=0)
    black = strips.min(axis=0)
    dark = np.clip((white - strips) / np.maximum(white - black, 1e-3), -0.2, 1.2)
    solid = np.where(dark > 0.5, dark, 0)
    core = np.round((solid * np.arange(len(dark))[:, None]).sum(axis=0) / solid.sum(axis=0)).astype(int)
    moments = []
    for direction in (1, -1):
        outwards = _outwards(dark, core, direction)
        moments.append(_moments(outwards))
    second, third = np.mean(moments, axis=0)
    return float(third / max(second, 1e-6) ** 1.5)


def _outwards(dark: Light, core: np.ndarray, direction: int) -> Light:
    """Each line from the bar's middle outwards to 2 mm behind its edge: (steps, lines), as far as all of them go."""
    length = min(int(core.min()), len(dark) - 1 - int(core.max())) if len(core) else 0
    steps = np.arange(max(length, 1))[:, None]
    lines: Light = np.take_along_axis(dark, (core[None, :] + direction * steps).clip(0, len(dark) - 1), axis=0)
    return lines


def _moments(outwards: Light) -> tuple[float, float]:
    """Second and third central moment of the fall from dark to white, over all lines, in pixels."""
    slopes = -np.diff(outwards, axis=0)
    at = np.arange(len(slopes))[:, None]
    edge = np.argmax(outwards < 0.5, axis=0)[None, :]
    near = np.where(np.abs(at - edge) <= _WINDOW_PIXELS, slopes, 0)
    whole = near.sum(axis=0)
    middle = (near * at).sum(axis=0) / np.where(np.abs(whole) < 0.3, 1, whole)
    kept = whole > 0.3
    away = at - middle[None, :]
    return (
        float((near * away**2).sum(axis=0)[kept].mean()) if kept.any() else 1.0,
        float((near * away**3).sum(axis=0)[kept].mean()) if kept.any() else 0.0,
    )
