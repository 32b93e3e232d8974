"""Holds a picture of a face against the face as it must look, stroke by stroke, and says where the two differ. No
character is read. The ground's dots are told from strokes by where they may lie and by their size; a picture too poor
to tell is unreadable, never altered."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
import numpy.typing as npt

from certserver.verify.align import WORK_DPI, Aligned, align
from certserver.verify.expected import Area, Expected, NamedArea
from certserver.verify.locate import Located
from certserver.verify.pictures import Raster

Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

MM_PER_INCH = 25.4
_MM = MM_PER_INCH / WORK_DPI
"""Of one pixel."""

_COMMON = 0.06
_READ = Area(13.5, 13.0, 196.5, 292.0)
"""What a person reads lies in it; outside are the corner marks and the edge of the sheet."""


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
    beside_rules: float = 5.0
    """The same for added ink beside long rules."""
    far_rise: float = 0.18
    """How much denser than the ground around a spot without any expected ink must be, in full ink."""
    far_weight: float = 3.0
    joined_mm: float = 0.8
    """Spots nearer to each other than that are one difference."""
    least_pixels_per_mm: float = 5.9
    most_outside: float = 0.04
    least_gain: float = 0.2
    most_noise: float = 0.25
    least_likeness: float = 0.55


THRESHOLDS = Thresholds()


def compare(expected: Expected, raster: Raster, located: Located, limits: Thresholds = THRESHOLDS) -> Compared:
    """Compares the face in a grey picture with what it must look like."""
    if located.pixels_per_mm < limits.least_pixels_per_mm:
        return Compared((), Poor.TOO_FEW_PIXELS, 0.0)
    aligned = align(expected, raster, located)
    if aligned.outside > limits.most_outside:
        return Compared((), Poor.NOT_WHOLE, 0.0)
    looks = _through_the_device(aligned)
    poor = _too_poor(looks, limits)
    if poor is not None:
        return Compared((), poor, looks.likeness)
    spots = _near_ink(looks, limits) + _far_from_ink(looks, limits)
    margin = np.ones(spots.shape, dtype=np.bool_)
    margin[_pixels(_READ, spots.shape)] = False
    spots[margin] = 0
    for named in expected.private:
        spots[_pixels(named.area, spots.shape)] = 0
    return Compared(tuple(_differences(spots, expected.entries, limits)), None, looks.likeness)


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """At half of `WORK_DPI`, in terms of full ink: what is seen beyond what must be seen, averaged over the pixels near
    expected ink alone (`near`, in shares) and over all (`beyond`); how strong the edges are; where long rules
    are, beside which dots of the ground may lie without a halo; and how the whole fits."""

    beyond_near: Floats
    near: Floats
    beyond: Floats
    edges: Floats
    rules: Bits
    gain: float
    noise: float
    likeness: float


def _through_the_device(aligned: Aligned) -> _Looks:
    """Fits how printer and camera turned bits into grey: a mixture of blurs, toner that moves edges, a little of the
    light everywhere; one mixture for the whole face. Only pixels within the halo of expected ink count: no dot of the
    ground lies there."""
    ink, seen = np.round(aligned.ink * 255).astype(np.uint8), aligned.seen
    soft, softer, softest = (cv2.GaussianBlur(ink, (0, 0), sigma) for sigma in (0.7, 1.4, 2.4))
    around = np.ones((3, 3), dtype=np.uint8)
    # As wide as an edge that moves by a pixel.
    edges = cv2.blur(cv2.morphologyEx(soft, cv2.MORPH_GRADIENT, around), (3, 3))
    bases = (soft, softer, softest, edges)
    halo = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))) > 76
    at = np.flatnonzero(halo.ravel())[::7]
    table = np.stack([base.ravel()[at] / 255.0 for base in bases] + [np.ones(len(at))], axis=1)
    values = seen.ravel()[at].astype(np.float64)
    weights = np.ones(len(at))
    mixture, spread = np.zeros(table.shape[1]), 0.0
    for _ in range(3):
        weighted = table * weights[:, None]
        mixture = np.linalg.solve(weighted.T @ table + np.eye(5) * 1e-3, weighted.T @ values)
        off = np.abs(values - table @ mixture)
        spread = 1.4826 * float(np.median(off)) + 1e-6
        weights = np.minimum(1.0, 2 * spread / np.maximum(off, 1e-9))
    gain = max(float(mixture[:3].sum()), 1e-3)
    fitted = table @ mixture
    likeness = float(np.corrcoef(fitted, values)[0, 1]) if fitted.std() > 0 and values.std() > 0 else 0.0
    shares = mixture / gain
    must = cv2.addWeighted(soft, shares[0] / 255, softer, shares[1] / 255, float(shares[4]), dtype=cv2.CV_32F)
    rest = cv2.addWeighted(softest, shares[2] / 255, edges, shares[3] / 255, 0.0, dtype=cv2.CV_32F)
    beyond = cv2.addWeighted(seen, 1 / gain, cv2.add(must, rest), -1.0, 0.0)
    half = (ink.shape[1] // 2, ink.shape[0] // 2)
    share = halo.astype(np.float32)

    def halved(full: cv2.typing.MatLike) -> Floats:
        return np.asarray(cv2.resize(full, half, interpolation=cv2.INTER_AREA), dtype=np.float32)

    return _Looks(
        halved(beyond * share),
        halved(share),
        halved(beyond),
        halved(edges) / np.float32(255),
        _rules(ink),
        gain,
        spread / gain,
        max(likeness, 0.0),
    )


def _rules(ink: Raster) -> Bits:
    """Where rules of 8 mm and more are, and a pixel beside them."""
    half = cv2.resize(ink, (ink.shape[1] // 2, ink.shape[0] // 2), interpolation=cv2.INTER_AREA)
    dark = (half > 50).astype(np.uint8)
    length = round(8 / (2 * _MM))
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), dtype=np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), dtype=np.uint8))
    return np.asarray(cv2.dilate(cv2.max(level, upright), np.ones((7, 7), dtype=np.uint8)) > 0)


def _too_poor(looks: _Looks, limits: Thresholds) -> Poor | None:
    if looks.gain < limits.least_gain:
        return Poor.TOO_FAINT
    if looks.noise > limits.most_noise:
        return Poor.TOO_NOISY
    if looks.likeness < limits.least_likeness:
        return Poor.NO_LIKENESS
    return None


def _near_ink(looks: _Looks, limits: Thresholds) -> Floats:
    """How far off each spot near expected ink is, beyond `rise`: negative where ink is missing."""
    shares = cv2.GaussianBlur(looks.near, (0, 0), 1.0)
    off = cv2.GaussianBlur(looks.beyond_near, (0, 0), 1.0) / np.maximum(shares, 0.05)
    # A printer that is darker here than there, or a lens sharper: what all characters around have in common.
    clipped = np.clip(off, -_COMMON, _COMMON) * shares
    around = _wide(clipped) / np.maximum(_wide(shares), 0.01)
    explained = limits.steady + looks.noise * 0.3 + limits.edges * cv2.GaussianBlur(looks.edges, (0, 0), 1.0)
    times = np.where(shares > 0.15, (off - around) / explained, 0)
    times[looks.rules & (times > 0) & (times < limits.beside_rules)] = 0
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
    return sorted(found, key=lambda one: -one.strength)
