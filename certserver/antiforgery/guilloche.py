"""The fine lines of a back: a band of interwoven waves, and the detection image with its latent 証. Shape and phase
follow from the document number, so that all sheets of a document wear the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import product

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from certserver.antiforgery.paper import Box, dots
from certserver.font_files import GOTHIC_BOLD, installed

Bits = npt.NDArray[np.bool_]
Plane = npt.NDArray[np.float32]

LINE = 2
"""Dots; no line of the sheet is thinner. The lines are drawn here dot by dot, since renderers differ in how wide they
paint a stroke of two dots."""

BAND = Box.of_mm(15.0, 17.0, 195.0, 31.0)
DETECTION = Box(354, 5514, 1302, 6462)
"""x 15-55, y 233.5-273.5 mm. Its edges are whole dots also at 200 and 300 dpi, so that its even lines stay even."""

UPPER, LOWER, OUTER, INNER, DISC = "GU", "GL", "GO", "GI", "GD"
"""Names of the image XObjects."""

_UPPER_WAVES = ((33.0, 66.0), (39.0, 78.0), (45.0, 90.0), (36.0, 72.0))
_LOWER_WAVES = ((24.0, 48.0), (28.0, 56.0), (22.0, 66.0), (26.0, 52.0))
"""Length of a wave and of its beat, in mm. A beat holds whole waves, so that one beat is drawn and repeated."""

_UPPER_LINES, _LOWER_LINES = 26, 18
_UPPER_REACH, _LOWER_REACH = (1.9, 6.75), (1.7, 6.2)
"""Smallest and largest half height of the bundles, in mm."""

_SLOW, _QUICK = 0.4, 0.6
"""Shares of the envelope that swell once and three times a beat."""

_LOBES = (8, 9, 10, 11, 13)
"""Never 16: sixteen petals are the Imperial crest."""

_INNER_LOBES = (17, 19, 21, 23)
_TURNS = 4
_OUTER_LINES, _INNER_LINES = 18, 12
_OUTER_WAVES, _INNER_WAVES = 5, 11
_DISC_MM, _OUTLINE_MM = 24.1, 24.5
_PITCH, _BAR = 12, 4
_LATENT = "証"
_LATENT_MM = 17.6


@dataclass(frozen=True, slots=True)
class Choices:
    """What a document number chooses: kinds of wave and ring, shifts of the waves in dots, turns of the rings."""

    upper: int
    upper_shift: int
    lower: int
    lower_shift: int
    outer: tuple[int, int]
    inner: tuple[int, int]


def choices(document_no: str) -> Choices:
    """The same for every page of a document."""
    chosen = sha256(b"koufu/guilloche/1" + document_no.encode("ascii")).digest()

    def pick(at: int, count: int) -> int:
        return int.from_bytes(chosen[2 * at : 2 * at + 2], "big") % count

    upper, lower = pick(0, len(_UPPER_WAVES)), pick(2, len(_LOWER_WAVES))
    return Choices(
        upper=upper,
        upper_shift=pick(1, dots(_UPPER_WAVES[upper][1])),
        lower=lower,
        lower_shift=pick(3, dots(_LOWER_WAVES[lower][1])),
        outer=(pick(4, len(_LOBES)), pick(5, _TURNS)),
        inner=(pick(6, len(_INNER_LOBES)), pick(7, _TURNS)),
    )


def every_choice() -> Iterator[Choices]:
    """Choices among which every kind of wave and ring occurs."""
    rings = product(range(max(len(_LOBES), len(_INNER_LOBES))), range(_TURNS))
    for at, (lobes, turn) in enumerate(rings):
        yield Choices(
            upper=at % len(_UPPER_WAVES),
            upper_shift=0,
            lower=at % len(_LOWER_WAVES),
            lower_shift=0,
            outer=(lobes % len(_LOBES), turn),
            inner=(lobes % len(_INNER_LOBES), turn),
        )


def upper_band(kind: int) -> Bits:
    """One beat of the wide bundle, as high as the band."""
    return _bundle(*_UPPER_WAVES[kind], _UPPER_LINES, *_UPPER_REACH)


def lower_band(kind: int) -> Bits:
    """One beat of the narrow bundle."""
    return _bundle(*_LOWER_WAVES[kind], _LOWER_LINES, *_LOWER_REACH)


def outer_ring(kind: tuple[int, int]) -> Bits:
    """The rosette's outer ring: lobes and turn."""
    lobes, turn = kind
    return _ring(16.6, 0.6, _LOBES[lobes], 1.9, _OUTER_WAVES, _OUTER_LINES, turn)


def inner_ring(kind: tuple[int, int]) -> Bits:
    """The rosette's inner ring."""
    lobes, turn = kind
    return _ring(13.9, 0.25, _INNER_LOBES[lobes], 0.85, _INNER_WAVES, _INNER_LINES, turn)


def latent_disc() -> Bits:
    """The rosette's heart: horizontal lines, shifted by half a pitch where 証 stands, and a circle around them."""
    side = DETECTION.width
    canvas = Image.new("1", (side, side), 0)
    draw = ImageDraw.Draw(canvas)
    draw.fontmode = "1"
    font = ImageFont.truetype(installed(GOTHIC_BOLD), dots(_LATENT_MM))
    draw.text((side / 2, side / 2), _LATENT, font=font, fill=1, anchor="mm")
    latent = np.asarray(canvas, dtype=np.bool_)
    row = np.arange(side)[:, None]
    lines, shifted = row % _PITCH < _BAR, (row + _PITCH // 2) % _PITCH < _BAR
    away, _ = _polar()
    inside = away < dots(_DISC_MM) / 2
    outline = np.abs(away - dots(_OUTLINE_MM) / 2) < LINE
    return np.asarray((np.where(latent, shifted, lines) & inside) | outline)


def paint(chosen: Choices) -> str:
    """Paints band and detection image with the image XObjects of the names above."""
    parts = [f"q {BAND.operator()} W n"]
    for name, waves, kind, shift in (
        (UPPER, _UPPER_WAVES, chosen.upper, chosen.upper_shift),
        (LOWER, _LOWER_WAVES, chosen.lower, chosen.lower_shift),
    ):
        beat = dots(waves[kind][1])
        parts += [
            Box(left, BAND.top, left + beat, BAND.bottom).picture(name)
            for left in range(BAND.left - shift, BAND.right, beat)
        ]
    return "\n".join((*parts, "Q", *map(DETECTION.picture, (OUTER, INNER, DISC))))


def _bundle(wave: float, beat: float, lines: int, low: float, high: float) -> Bits:
    """`lines` sines in evenly spread phases under one envelope that swells from `low` to `high` mm, column by column:
    a steep line is taller in its column, so that it is two dots wide everywhere."""
    width, height = dots(beat), BAND.height
    x = np.arange(width)
    swell = 2 * np.pi * x / width
    waves = round(beat / wave)
    turn = waves * swell
    middle, half = dots((high + low) / 2), dots((high - low) / 2)
    envelope = middle + half * (_SLOW * np.cos(swell) + _QUICK * np.cos(3 * swell + 1.0))
    growth = -half * (_SLOW * np.sin(swell) + 3 * _QUICK * np.sin(3 * swell + 1.0)) * 2 * np.pi / width
    edges = np.zeros((height + 1, width), dtype=np.int8)
    for line in range(lines):
        phase = turn + 2 * np.pi * line / lines
        y = height / 2 + envelope * np.sin(phase)
        slope = growth * np.sin(phase) + envelope * np.cos(phase) * 2 * np.pi * waves / width
        reach = LINE / 2 * np.hypot(1.0, slope)
        np.add.at(edges, (np.clip(np.rint(y - reach), 0, height).astype(int), x), 1)
        np.add.at(edges, (np.clip(np.rint(y + reach), 0, height).astype(int), x), -1)
    return np.asarray(np.cumsum(edges[:-1], axis=0) > 0)


def _ring(radius: float, lobe: float, lobes: int, wave: float, waves: int, lines: int, turn: int) -> Bits:
    """Closed curves, in mm: a ring with lobes in which sines of evenly spread phases cross. A dot is inked when it is
    at most half a line away from one of them."""
    away, angle = _polar()
    near = np.abs(away - dots(radius)) < dots(lobe + wave) + LINE
    r, theta = away[near], angle[near] + np.float32(2 * np.pi * turn / _TURNS)
    centre = dots(radius) + dots(lobe) * np.cos(lobes * theta)
    growth = -dots(lobe) * lobes * np.sin(lobes * theta)
    sine, cosine = np.sin(waves * theta), np.cos(waves * theta)
    inked = np.zeros(len(r), dtype=np.bool_)
    for line in range(lines):
        phase = 2 * np.pi * line / lines
        a, b = np.float32(dots(wave) * np.cos(phase)), np.float32(dots(wave) * np.sin(phase))
        slope = (growth + waves * (a * cosine - b * sine)) / r
        inked |= np.abs(r - centre - a * sine - b * cosine) <= np.float32(LINE / 2) * np.sqrt(1 + slope * slope)
    picture = np.zeros(away.shape, dtype=np.bool_)
    picture[near] = inked
    return picture


@cache
def _polar() -> tuple[Plane, Plane]:
    """Distance in dots and angle of every dot of the detection image from its middle."""
    side = DETECTION.width
    y, x = (np.mgrid[0:side, 0:side] - (side - 1) / 2).astype(np.float32)
    return np.hypot(x, y), np.arctan2(y, x)
