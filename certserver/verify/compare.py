"""Holds a picture of a face against the face as it must look, stroke by stroke, and says where the two differ. No
character is read. The ground's dots are told from strokes by where they may lie and by their size; a picture too poor
to tell is unreadable, never altered."""

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from certserver.antiforgery.codes import FACE_CODE_BOX, QUIET
from certserver.verify.align import WORK_DPI, Aligned, align
from certserver.verify.device import Bases, Device, fit, near
from certserver.verify.elsewhere import elsewhere
from certserver.verify.expected import Area, Expected, NamedArea, area_of
from certserver.verify.far_from_ink import far_from_ink
from certserver.verify.locate import Located
from certserver.verify.near_ink import left_near_ink, near_ink
from certserver.verify.other_forms import towards_others
from certserver.verify.overlay import PIXEL_MM, Overlay, pixels_of
from certserver.verify.pictures import Raster
from certserver.verify.regions import Region, regions
from certserver.verify.thresholds import THRESHOLDS, Thresholds
from certserver.verify.unlike import unlike

Bits = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]

_READ = Area(14.2, 14.0, 195.8, 291.3)
"""What a person reads lies in it; outside are the corner marks and the edge of the sheet."""

_SOME, _DARKEST = 8, 0.995
"""Of every eighth pixel of every eighth row, the share below which none is as dark as ink."""

_CODE = area_of(FACE_CODE_BOX.grown(QUIET))
"""With its quiet zone. What it says is checked by reading it."""


class Poor(Enum):
    """Why a picture can't be compared."""

    TOO_FEW_PIXELS = "too-few-pixels"
    """Less than about 150 dpi."""
    NOT_WHOLE = "not-whole"
    """A part of the sheet lies outside."""
    TOO_FAINT = "too-faint"
    """Ink hardly differs from paper."""
    TOO_BLURRED = "too-blurred"
    """So soft that one character may look like another."""
    TOO_NOISY = "too-noisy"
    NO_LIKENESS = "no-likeness"
    """What must be seen lies beside its place."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A region of the face that is not as it must be. `strength` is 1 at the threshold; `missing` and `added` say how
    much ink, in square millimetres; `entry` names the entry that stands there."""

    area: Area
    strength: float
    missing: float
    added: float
    entry: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Where a face differs, strongest first; or why the picture is too poor to say. `another`: the face shows something
    else altogether, as another page does."""

    differences: tuple[Difference, ...]
    poor: Poor | None
    likeness: float
    """From 0 to 1: how well the ink fits, over the whole face."""
    seen: Floats | None = field(default=None, repr=False)
    """The picture straightened, as `Aligned.seen`; None when it was not."""
    another: bool = False


def compare(expected: Expected, raster: Raster, located: Located, limits: Thresholds = THRESHOLDS) -> Compared:
    """Compares the face in a grey picture with what it must look like. Raises `ValueError` for other forms at another
    resolution than `WORK_DPI`."""
    if located.pixels_per_mm < limits.least_pixels_per_mm:
        return Compared((), Poor.TOO_FEW_PIXELS, 0.0)
    if expected.others and expected.dpi != WORK_DPI:
        raise ValueError(f"other forms are compared at {WORK_DPI} dpi alone")
    aligned = align(expected, raster, located)
    if aligned.outside > limits.most_outside:
        return Compared((), Poor.NOT_WHOLE, 0.0, aligned.seen)
    return judged(expected, aligned, limits)


def judged(expected: Expected, aligned: Aligned, limits: Thresholds = THRESHOLDS) -> Compared:
    """Compares what lies on each other already."""
    ink = aligned.ink
    bases, halo = Bases.of(ink), near(ink)
    device = fit(bases, halo, aligned.seen)
    if not _fits(device, limits):
        return _unfit(expected, aligned, device, limits)
    if device.blur > limits.most_blur:
        return Compared((), Poor.TOO_BLURRED, device.likeness, aligned.seen)
    overlay = Overlay.of(ink, bases, halo, device, aligned.seen)
    bare = overlay.rules.copy()
    for area in expected.bare:
        bare[pixels_of(area, bare.shape)] = True
    left = left_near_ink(overlay)
    leave = _not_compared(expected, bare.shape)
    spots = near_ink(overlay, left, bare, limits) + unlike(overlay, left, bare | leave, limits)
    spots += far_from_ink(overlay, limits)
    spots[leave] = 0
    found = [_difference(region, expected.entries) for region in regions(spots, limits)]
    # So much differs on another page, and on a sheet that bends too much to be followed.
    if len(found) > limits.many and elsewhere(ink, aligned.seen).beside > limits.mostly_beside:
        return Compared((), Poor.NO_LIKENESS, device.likeness, aligned.seen)
    found += [
        Difference(likelier.area, likelier.towards / limits.towards, 0.0, 0.0, likelier.name)
        for likelier in towards_others(ink, aligned.seen, device, expected.others, PIXEL_MM / 2)
        if likelier.towards > limits.towards and likelier.sure > limits.least_sure
    ]
    return Compared(tuple(sorted(found, key=lambda one: -one.strength)), None, device.likeness, aligned.seen)


def _not_compared(expected: Expected, shape: tuple[int, ...]) -> Bits:
    """The margin, the code, and what is not signed."""
    out = np.ones(shape, dtype=np.bool_)
    out[pixels_of(_READ, shape)] = False
    for area in (_CODE, *(named.area for named in expected.private)):
        out[pixels_of(area, shape)] = True
    return out


def _fits(device: Device, limits: Thresholds) -> bool:
    """Whether what must be seen explains what is seen, more or less."""
    return (
        device.gain >= limits.least_gain
        and device.noise <= limits.most_noise
        and device.likeness >= limits.least_likeness
    )


def _unfit(expected: Expected, aligned: Aligned, device: Device, limits: Thresholds) -> Compared:
    """What is said of a face that does not fit: mostly the picture is too poor; if something else is seen there, it
    differs."""
    darkest = float(np.quantile(aligned.seen[::_SOME, ::_SOME], _DARKEST))
    if darkest < limits.least_gain:
        return Compared((), Poor.TOO_FAINT, device.likeness, aligned.seen)
    found = elsewhere(aligned.ink, aligned.seen)
    if found.area is not None and found.beside < limits.beside:
        entry = next((one.name for one in expected.entries if one.area.meets(found.area)), None)
        whole = Difference(found.area, limits.least_likeness / max(device.likeness, 0.05), 0.0, 0.0, entry)
        return Compared((whole,), None, device.likeness, aligned.seen, another=True)
    noisy = found.area is None and device.noise > limits.most_noise
    return Compared((), Poor.TOO_NOISY if noisy else Poor.NO_LIKENESS, device.likeness, aligned.seen)


def _difference(region: Region, entries: tuple[NamedArea, ...]) -> Difference:
    entry = next((one.name for one in entries if one.area.meets(region.area)), None)
    return Difference(region.area, region.strength, region.missing, region.added, entry)
