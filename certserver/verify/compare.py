"""Holds a picture of a face against the face as it must look, stroke by stroke, and says where the two differ. No
character is read. The ground's dots are told from strokes by where they may lie and by their size; a picture too poor
to tell is unreadable, never altered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

import cv2
import numpy as np
import numpy.typing as npt

from certserver.verify.align import WORK_DPI, align
from certserver.verify.device import Bases, Device, fit, near
from certserver.verify.expected import Area, Expected, NamedArea
from certserver.verify.locate import Located
from certserver.verify.other_forms import Likelier, towards_others
from certserver.verify.pictures import Raster

Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

MM_PER_INCH = 25.4
_MM = MM_PER_INCH / WORK_DPI
"""Of one pixel."""

_COMMON = 0.06
_READ = Area(14.2, 14.0, 195.8, 291.3)
"""What a person reads lies in it; outside are the corner marks and the edge of the sheet."""

_CODE = Area(13.6, 277.0, 26.2, 289.6)
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
    TOO_NOISY = "too-noisy"
    NO_LIKENESS = "no-likeness"
    """What is seen does not lie on what must be seen anywhere."""


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
    """Where a face differs, strongest first; or why the picture is too poor to say."""

    differences: tuple[Difference, ...]
    poor: Poor | None
    likeness: float
    """From 0 to 1: how well the ink fits, over the whole face."""
    seen: Floats | None = field(default=None, repr=False)
    """The picture straightened, as `Aligned.seen`; None when it was not."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chosen on seeds 0 to 999 of `tests.support.paper_model`, and on no other."""

    rise: float = 2.0
    """How many times what blur, toner and a shift of a fraction of a pixel explain a spot must be off to count."""
    weight: float = 12.0
    """How much such spots must weigh together: pixels of 150 dpi times how far each is beyond `rise`."""
    steady: float = 0.05
    """What noise explains, in full ink."""
    edges: float = 0.06
    """What toner and shift explain, for each full edge."""
    without_halo: float = 5.0
    """The same for added ink beside long rules and within official seals."""
    far_rise: float = 0.18
    """How much denser than the ground around a spot without any expected ink must be, in full ink."""
    far_weight: float = 3.0
    towards: float = 0.6
    """How far from the right form to another (see `Likelier`) a picture must be to show the other."""
    least_energy: float = 1.0
    joined_mm: float = 0.8
    """Spots nearer to each other than that are one difference."""
    least_pixels_per_mm: float = 5.9
    most_outside: float = 0.04
    least_gain: float = 0.2
    most_noise: float = 0.25
    least_likeness: float = 0.55


THRESHOLDS = Thresholds()


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
    ink = np.round(aligned.ink * 255).astype(np.uint8)
    bases, halo = Bases.of(ink), near(ink)
    device = fit(bases, halo, aligned.seen)
    poor = _too_poor(device, limits)
    if poor is not None:
        return Compared((), poor, device.likeness, aligned.seen)
    beyond = aligned.seen / np.float32(device.gain) - device.shows(bases)
    looks = _looks(ink, bases.edges, halo, beyond, device.noise)
    bare = looks.rules.copy()
    for area in expected.bare:
        bare[_pixels(area, bare.shape)] = True
    spots = _near_ink(looks, bare, limits) + _far_from_ink(looks, limits)
    margin = np.ones(spots.shape, dtype=np.bool_)
    margin[_pixels(_READ, spots.shape)] = False
    margin[_pixels(_CODE, spots.shape)] = True
    spots[margin] = 0
    for named in expected.private:
        spots[_pixels(named.area, spots.shape)] = 0
    found = _differences(spots, expected.entries, limits)
    for likelier in towards_others(ink, beyond, device, expected.others, _MM):
        if likelier.towards > limits.towards and likelier.energy > limits.least_energy:
            found.append(_other(likelier, limits))
    return Compared(tuple(sorted(found, key=lambda one: -one.strength)), None, device.likeness, aligned.seen)


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """At half of `WORK_DPI`, in terms of full ink: what is seen beyond what must be seen, averaged over the pixels near
    expected ink alone (`near`, in shares) and over all (`beyond`); how strong the edges are; where long rules are."""

    beyond_near: Floats
    near: Floats
    beyond: Floats
    edges: Floats
    rules: Bits
    noise: float


def _looks(ink: Raster, steep: Raster, halo: Bits, beyond: Floats, noise: float) -> _Looks:
    half = (ink.shape[1] // 2, ink.shape[0] // 2)
    share = halo.astype(np.float32)

    def halved(full: cv2.typing.MatLike) -> Floats:
        return np.asarray(cv2.resize(full, half, interpolation=cv2.INTER_AREA), dtype=np.float32)

    edges = halved(steep) / np.float32(255)
    return _Looks(halved(beyond * share), halved(share), halved(beyond), edges, _rules(ink), noise)


def _rules(ink: Raster) -> Bits:
    """Where rules of 8 mm and more are, and a pixel beside them."""
    half = cv2.resize(ink, (ink.shape[1] // 2, ink.shape[0] // 2), interpolation=cv2.INTER_AREA)
    dark = (half > 50).astype(np.uint8)
    length = round(8 / (2 * _MM))
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), dtype=np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), dtype=np.uint8))
    return np.asarray(cv2.dilate(cv2.max(level, upright), np.ones((7, 7), dtype=np.uint8)) > 0)


def _too_poor(looks: Device, limits: Thresholds) -> Poor | None:
    if looks.gain < limits.least_gain:
        return Poor.TOO_FAINT
    if looks.noise > limits.most_noise:
        return Poor.TOO_NOISY
    if looks.likeness < limits.least_likeness:
        return Poor.NO_LIKENESS
    return None


def _near_ink(looks: _Looks, bare: Bits, limits: Thresholds) -> Floats:
    """How far off each spot near expected ink is, beyond `rise`: negative where ink is missing. `bare`:
    where dots of the ground may lie beside ink."""
    shares = cv2.GaussianBlur(looks.near, (0, 0), 1.0)
    off = cv2.GaussianBlur(looks.beyond_near, (0, 0), 1.0) / np.maximum(shares, 0.05)
    # A printer that is darker here than there, or a lens sharper: what all characters around have in common.
    clipped = np.clip(off, -_COMMON, _COMMON) * shares
    around = _wide(clipped) / np.maximum(_wide(shares), 0.01)
    explained = limits.steady + looks.noise * 0.3 + limits.edges * cv2.GaussianBlur(looks.edges, (0, 0), 1.0)
    times = np.where(shares > 0.15, (off - around) / explained, 0)
    times[bare & (times > 0) & (times < limits.without_halo)] = 0
    return np.asarray(np.sign(times) * np.maximum(np.abs(times) - limits.rise, 0), dtype=np.float32)


def _far_from_ink(looks: _Looks, limits: Thresholds) -> Floats:
    """The same where there must be no ink: there dots of the ground lie, whose mean is taken away."""
    free = cv2.erode((looks.near < 0.02).astype(np.float32), np.ones((3, 3), dtype=np.uint8))
    shares = cv2.GaussianBlur(free, (0, 0), 1.8)
    dense = cv2.GaussianBlur(looks.beyond * free, (0, 0), 1.8) / np.maximum(shares, 0.05)
    usual = _wide(np.minimum(dense, 0.3) * free) / np.maximum(_wide(free), 0.05)
    times = (dense - usual) / (limits.far_rise + looks.noise * 0.3 + usual)
    heavy = np.where((shares > 0.4) & (times > 1), (times - 1) * (limits.weight / limits.far_weight), 0)
    return np.asarray(heavy, dtype=np.float32)


def _wide(values: cv2.typing.MatLike) -> Floats:
    """A Gaussian mean over several characters (sigma 2.5 mm)."""
    small = cv2.resize(values, (values.shape[1] // 4, values.shape[0] // 4), interpolation=cv2.INTER_AREA)
    calm = cv2.GaussianBlur(small, (0, 0), 2.5 / (2 * _MM) / 4)
    return np.asarray(
        cv2.resize(calm, (values.shape[1], values.shape[0]), interpolation=cv2.INTER_LINEAR), dtype=np.float32
    )


def _pixels(area: Area, shape: tuple[int, ...]) -> tuple[slice, slice]:
    scale = 0.5 / _MM
    rows = slice(max(0, int(area.top * scale) - 4), min(shape[0], int(area.bottom * scale) + 5))
    return rows, slice(max(0, int(area.left * scale) - 4), min(shape[1], int(area.right * scale) + 5))


def _differences(spots: Floats, entries: Iterable[NamedArea], limits: Thresholds) -> list[Difference]:
    """Spots of one sign that hang together, heavy enough, and joined with their neighbours."""
    kept = np.zeros(spots.shape, dtype=np.uint8)
    weights = np.zeros(spots.shape, dtype=np.float32)
    for sign in (-1, 1):
        here = np.maximum(spots * sign, 0)
        count, labels = cv2.connectedComponents((here > 0).astype(np.uint8))
        heavy = np.bincount(labels.ravel(), here.ravel(), count) >= limits.weight
        heavy[0] = False
        chosen = heavy[labels]
        kept |= chosen.astype(np.uint8)
        weights += np.where(chosen, here * sign, 0)
    reach = round(limits.joined_mm / (2 * _MM)) | 1
    joined = cv2.dilate(kept, np.ones((reach, reach), dtype=np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    named = tuple(entries)
    for number in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[number])
        box = (slice(top, top + height), slice(left, left + width))
        inside = np.where(labels[box] == number, weights[box], 0)
        area = Area(*(edge * 2 * _MM for edge in (left, top, left + width, top + height)))
        pixel = (2 * _MM) ** 2
        missing, added = float((inside < 0).sum()) * pixel, float((inside > 0).sum()) * pixel
        entry = next((one.name for one in named if one.area.meets(area)), None)
        found.append(Difference(area, float(np.abs(inside).sum()) / limits.weight, missing, added, entry))
    return found


def _other(likelier: Likelier, limits: Thresholds) -> Difference:
    return Difference(likelier.area, likelier.towards / limits.towards, 0.0, 0.0, likelier.name)
