"""A sheet as a printer, a scanner, a telephone or a copier shows it: a model, seeded and deterministic, fixed before
any threshold of the check was chosen. Never change `LIMITS` to make a check look better."""

from dataclasses import dataclass
from enum import Enum
from math import erf, sqrt

import cv2
import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.bool_]
Grey = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
"""(n, 2): x, y."""

DPI = 600
MM_PER_INCH = 25.4
DOTS_PER_MM = DPI / MM_PER_INCH
SHEET_MM = (4960 / DOTS_PER_MM, 7016 / DOTS_PER_MM)
PHOTO_PIXELS = (4000, 3000)
"""12 megapixels, 4 to 3."""


class Capture(Enum):
    """How a sheet gets into a picture."""

    SCAN_200 = "scan-200"
    SCAN_300 = "scan-300"
    SCAN_600 = "scan-600"
    PHOTO = "photo"
    PHOTOCOPY = "photocopy"
    """A copy of the sheet made by a copier, then scanned at 300 dpi."""

    @property
    def dpi(self) -> int | None:
        """Of the scanner; None for a telephone."""
        return {Capture.SCAN_200: 200, Capture.SCAN_300: 300, Capture.SCAN_600: 600, Capture.PHOTOCOPY: 300}.get(self)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is drawn evenly between two ends. The first block was given before the check was written, as what it must
    bear; the second is what a model needs besides, chosen wide."""

    toner_dots: float = 1.0
    """A stroke comes out up to so many dots of 600 dpi wider or thinner than its bits: each edge moves by half. Read as
    the stroke's width, since a stroke of two dots that lost one at each edge would not be there."""
    blur_pixels: tuple[float, float] = (0.5, 1.2)
    """Sigma, in pixels of the picture."""
    warp_mm: float = 2.0
    """How far a spot is moved at most from where a flat sheet has it."""
    shadow: float = 0.40
    """How much light is missing at most in the deepest spot."""
    jpeg: tuple[int, int] = (60, 90)
    tilt_degrees: float = 25.0
    """Of a telephone from straight above."""

    skew_degrees: float = 3.0
    """On a scanner's glass, beside whole quarter turns. A telephone is turned by any angle."""
    warp_wave_mm: tuple[float, float] = (100.0, 400.0)
    noise: tuple[float, float] = (1.0, 5.0)
    """Sigma, of 255."""
    white: tuple[int, int] = (180, 250)
    black: tuple[int, int] = (15, 60)
    """Toner, where the paper is at 255."""
    distance_mm: tuple[float, float] = (350.0, 600.0)
    """From telephone to sheet."""
    margin: tuple[float, float] = (0.02, 0.08)
    """Of the picture, around the sheet."""
    copier_cleans_below: tuple[float, float] = (0.05, 0.15)
    """Coverage that a copier takes for dirt."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Warp:
    """Smooth displacement over the sheet: waves as rows of (kx, ky, phase) in radians and mm, and their (x, y)
    amplitudes in mm."""

    waves: Points
    amplitudes: Points

    def at(self, points: Points) -> Points:
        """The displacement at points of the sheet, all in mm."""
        angles = points @ self.waves[:, :2].T + self.waves[:, 2]
        moved: Points = np.sin(angles) @ self.amplitudes
        return moved


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture and the truth about it: `flat` is the homography from mm of the flat sheet to pixels."""

    raster: Grey
    flat: Points
    warp: Warp

    def sheet_of(self, pixels: Points) -> Points:
        """Which spot of the sheet, in mm, is seen at these pixels."""
        return _seen(_inverse(self.flat), self.warp, pixels)


def take(printed: Bits, capture: Capture, seed: int, limits: Limits = LIMITS) -> Taken:
    """Takes a picture of a sheet. `printed`: one side as bits for a 600-dpi printer, True for toner, (7016, 4960)."""
    rng = np.random.default_rng([seed, list(Capture).index(capture)])
    toner = _toner(printed, rng.uniform(-0.5, 0.5) * limits.toner_dots, rng)
    if capture is Capture.PHOTOCOPY:
        toner = _copied(toner, limits, rng)
    flat, size = _photo(limits, rng) if capture.dpi is None else _scan(capture.dpi, limits, rng)
    warp = _warp(limits, rng)
    step = DOTS_PER_MM / _pixels_per_mm(flat)
    sigma = step * float(np.hypot(rng.uniform(*limits.blur_pixels), 0.29))
    blurred = cv2.GaussianBlur(toner, (0, 0), sigma)
    seen = cv2.remap(
        blurred, *_maps(flat, warp, size), interpolation=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
    )
    coverage = seen.astype(np.float32) / 255
    black = rng.uniform(*limits.black) / 255
    light = 1 - (1 - black) * coverage
    light *= _surface(flat, size, capture, rng)
    light *= _shadow(size, rng.uniform(0, limits.shadow), rng) * rng.uniform(*limits.white)
    light += _noise(size, rng.uniform(*limits.noise), rng)
    grey = np.clip(light + 0.5, 0, 255).astype(np.uint8)
    quality = int(rng.integers(limits.jpeg[0], limits.jpeg[1] + 1))
    _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    raster = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return Taken(raster, flat, warp)


def _toner(printed: Bits, moved: float, rng: np.random.Generator) -> Grey:
    """Coverage of 255 per dot. The laser's spot has a sigma of 0.8 dots; toner lies where its light passes a level,
    that which moves a straight edge outwards by `moved` dots; near it, toner is thin."""
    spot = 0.8
    light = cv2.GaussianBlur(printed.view(np.uint8) * np.uint8(255), (0, 0), spot)
    level = 0.5 * (1 - erf(moved / spot / sqrt(2)))
    ramp = min(0.5, 2 * level, 2 * (1 - level))
    mottle = cv2.GaussianBlur(rng.standard_normal((512, 512)).astype(np.float32), (0, 0), 2)
    table = np.clip((np.arange(256) / 255 - level) / ramp + 0.5, 0, 1) * 255
    toner = cv2.LUT(light, np.round(table).astype(np.uint8))
    rows, columns = toner.shape
    tiled = np.clip(1 - np.abs(mottle) * (0.04 / float(mottle.std())), 0, 1)
    full = np.tile((tiled * 255).astype(np.uint8), (rows // 512 + 1, columns // 512 + 1))[:rows, :columns]
    return np.asarray(cv2.multiply(toner, full, scale=1 / 255), dtype=np.uint8)


def _copied(toner: Grey, limits: Limits, rng: np.random.Generator) -> Grey:
    """What a 300-dpi copier prints of it: its optics blur, it takes every second dot and cleans its background."""
    cleaned_below = rng.uniform(*limits.copier_cleans_below)
    seen = cv2.GaussianBlur(toner, (0, 0), 0.9)
    height, width = toner.shape
    small = cv2.resize(seen, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    table = np.clip((np.arange(256) / 255 - cleaned_below) / 0.5, 0, 1) * 255
    printed = cv2.resize(cv2.LUT(small, table.astype(np.uint8)), (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.GaussianBlur(printed, (0, 0), 0.8), dtype=np.uint8)


def _scan(dpi: int, limits: Limits, rng: np.random.Generator) -> tuple[Points, tuple[int, int]]:
    """Homography and picture size (width, height): the sheet in the middle of a glass a little larger than itself."""
    scale = dpi / MM_PER_INCH
    quarter = int(rng.integers(4))
    angle = np.radians(90 * quarter + rng.uniform(-limits.skew_degrees, limits.skew_degrees))
    width, height = (round((side + 8) * scale) for side in (SHEET_MM[::-1] if quarter % 2 else SHEET_MM))
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    middle = turn @ np.array([SHEET_MM[0] / 2, SHEET_MM[1] / 2, 1])
    slip = rng.uniform(-2, 2, 2) * scale
    turn[:2, 2] = np.array([width / 2, height / 2]) - middle[:2] + slip
    return turn, (width, height)


def _photo(limits: Limits, rng: np.random.Generator) -> tuple[Points, tuple[int, int]]:
    """Homography and picture size: a pinhole above the sheet, tilted over any axis, turned by any angle, and so near
    that the sheet fills the picture but for the margin. The telephone is held upright or level, as fits better."""
    tilt = np.radians(rng.uniform(0, limits.tilt_degrees))
    axis = rng.uniform(0, 2 * np.pi)
    turn = rng.uniform(0, 2 * np.pi)
    rotation, _ = cv2.Rodrigues(np.array([np.cos(axis), np.sin(axis), 0.0]) * tilt)
    spin, _ = cv2.Rodrigues(np.array([0.0, 0.0, turn]))
    centred = np.array([[1, 0, -SHEET_MM[0] / 2], [0, 1, -SHEET_MM[1] / 2], [0, 0, 1]])
    lifted = (spin @ rotation) @ np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 0]]) @ centred
    lifted[2] += rng.uniform(*limits.distance_mm) * np.array([0, 0, 1.0])
    corners = _project(lifted, np.array([[0, 0], [SHEET_MM[0], 0], SHEET_MM, [0, SHEET_MM[1]]], dtype=np.float64))
    low, high = corners.min(axis=0), corners.max(axis=0)
    wide = PHOTO_PIXELS if (high - low)[0] > (high - low)[1] else PHOTO_PIXELS[::-1]
    room = 1 - 2 * rng.uniform(*limits.margin)
    scale = float((np.array(wide) * room / (high - low)).min())
    shift = np.array(wide) / 2 - scale * (low + high) / 2
    flat = np.array([[scale, 0, shift[0]], [0, scale, shift[1]], [0, 0, 1]]) @ lifted
    return flat / flat[2, 2], wide


def _warp(limits: Limits, rng: np.random.Generator) -> Warp:
    count = 4
    lengths, directions = rng.uniform(*limits.warp_wave_mm, count), rng.uniform(0, 2 * np.pi, count)
    numbers = 2 * np.pi / lengths
    waves = np.stack(
        (numbers * np.cos(directions), numbers * np.sin(directions), rng.uniform(0, 2 * np.pi, count)), axis=1
    )
    warp = Warp(waves, rng.standard_normal((count, 2)))
    x, y = np.meshgrid(np.linspace(0, SHEET_MM[0], 22), np.linspace(0, SHEET_MM[1], 30))
    largest = np.hypot(*warp.at(np.stack((x.ravel(), y.ravel()), axis=1)).T).max()
    return Warp(waves, warp.amplitudes * (rng.uniform(0, limits.warp_mm) / largest))


def _inverse(homography: Points) -> Points:
    return np.linalg.inv(homography).astype(np.float64)


def _project(homography: Points, points: Points) -> Points:
    moved = points @ homography[:, :2].T + homography[:, 2]
    projected: Points = moved[:, :2] / moved[:, 2:]
    return projected


def _seen(back: Points, warp: Warp, pixels: Points) -> Points:
    flat = _project(back, pixels)
    seen: Points = flat + warp.at(flat)
    return seen


def _pixels_per_mm(flat: Points) -> float:
    """In the middle of the sheet."""
    middle = np.array(SHEET_MM) / 2
    a, b, c = _project(flat, middle + np.array([(0, 0), (1, 0), (0, 1)]))
    return float(np.sqrt(abs(np.cross(np.append(b - a, 0), np.append(c - a, 0))[2])))


def _maps(flat: Points, warp: Warp, size: tuple[int, int]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Which dot of the print each pixel shows, worked out for every 16th pixel and drawn evenly between."""
    step = 16
    width, height = size
    x, y = (np.arange(-1, side // step + 2) * step + (step - 1) / 2 for side in size)
    pixels = np.stack([axis.ravel() for axis in np.meshgrid(x, y)], axis=1)
    dots = _seen(_inverse(flat), warp, pixels) * DOTS_PER_MM - 0.5
    maps = []
    for axis in range(2):
        coarse = dots[:, axis].reshape(len(y), len(x)).astype(np.float32)
        fine = cv2.resize(coarse, (len(x) * step, len(y) * step), interpolation=cv2.INTER_LINEAR)
        maps.append(np.ascontiguousarray(fine[step : step + height, step : step + width], dtype=np.float32))
    return maps[0], maps[1]


def _surface(
    flat: Points, size: tuple[int, int], capture: Capture, rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """How much light comes back, 1 for paper: what the sheet lies on is a table or a scanner's lid."""
    around = rng.uniform(0.2, 0.7) if capture is Capture.PHOTO else rng.uniform(0.9, 1.0)
    corners = _project(flat, np.array([[0, 0], [SHEET_MM[0], 0], SHEET_MM, [0, SHEET_MM[1]]], dtype=np.float64))
    sheet = np.full(size[::-1], around, dtype=np.float32)
    cv2.fillConvexPoly(sheet, np.round(corners * 16).astype(np.int32), 1.0, lineType=cv2.LINE_AA, shift=4)
    return sheet


def _shadow(size: tuple[int, int], depth: float, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """A hand's shadow: light falls by `depth` across a soft edge, and a little along the way."""
    width, height = size
    angle, softness = rng.uniform(0, 2 * np.pi), rng.uniform(0.02, 0.5)
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 200), np.linspace(-0.5, 0.5, 200))
    along = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.3, 0.3)
    small = (1 - depth / (1 + np.exp(-along / softness * 4))).astype(np.float32)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _noise(size: tuple[int, int], sigma: float, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    return rng.standard_normal(size[::-1], dtype=np.float32) * np.float32(sigma)
