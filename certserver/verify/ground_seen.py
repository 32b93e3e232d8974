"""How dark the copy-warning ground of a face is in its message and around it. On an original both are alike; a copier
loses the fine dots around the message first. A sign, never a proof: whoever prints a forgery prints its ground too."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from certserver.antiforgery.ground import FIELD, Ground, draw_ground
from certserver.antiforgery.paper import Box
from certserver.verify.expected import Area, NamedArea
from certserver.verify.ground_printed import faintest, message_of
from certserver.verify.redraw import REDRAWN_DPI, Redrawn
from koufu.ground.cell import FINEST_DPI, CellProfile, Dots
from koufu.ground.profiles import CELL_PROFILES

Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

_DOTS_A_PIXEL = 4
"""At 150 dpi, where a cell of the ground is 4 or 6 pixels wide."""

_HALO_PIXELS = 15
"""Of 300 dpi around ink, a square's side: there is none of the ground, or what blur carries over."""

_TILE, _REACH = 120, 6
"""Of 150 dpi: squares of 20 mm, each of which may lie a millimetre beside its place."""

_LEAST_OF_TILE = 0.08
"""How much of a square must be free of ink to be looked at."""

_CLEAREST, _LEAST_CLEAR = 80, 0.85
"""Squares are looked at whose pattern is at least so clear beside the clearest ones' (a percentile)."""

_CARRIED, _SEEN_MORE = 0.06, 1.045
"""How much of what is around the message is seen in it, and how much darker it is seen than it is: means over scans of
originals."""

_UNSURE = 0.002
"""Coverage by which what is around the message may be darker than it is seen. It counts where there is little."""

_SOLID = 5
"""Pixels of 300 dpi: what is that wide and full of ink tells how dark ink is."""


class SheetLook(Enum):
    """What a sheet looks like."""

    ORIGINAL = "looks-original"
    COPY = "looks-like-a-copy"
    CANT_TELL = "cant-tell"


@dataclass(frozen=True, slots=True)
class LookLimits:
    """Chosen on seeds 0 to 999 of `tests.support.paper_model`, and on no other."""

    original_below: float = 1.06
    copy_above: float = 1.09
    """How many times darker the message is than an original's would be with as much ink around it."""
    alike_below: float = 3.0
    """How many times darker than what is around it the message may be on what looks original: where the ground all but
    went, a weak printer or a copier took it."""
    lost_below: float = 0.25
    """What share of the weakest printer's ink only a copier leaves around the message."""
    least_message: float = 0.01
    least_pixels: int = 2000


LOOK_LIMITS = LookLimits()


@dataclass(frozen=True, slots=True)
class GroundSeen:
    """Coverage in message and around it, above the paper's white and in terms of full ink, and on how many pixels of
    150 dpi each. `original`: of the message, on an original with as much ink around it; `faintest`: around it, on an
    original by the weakest printer; `fine`: whether its dots are so fine that no copier keeps them as they are."""

    message: float
    background: float
    original: float
    faintest: float
    pixels: int
    fine: bool

    @classmethod
    def of(cls, profile: CellProfile, message: float, background: float, pixels: int) -> "GroundSeen":
        """What is seen of a ground of that profile."""
        original = message_of(profile, background + _UNSURE)
        # Blur carries some of what is around into the message, and the rings, taken for paper, have a little ink too.
        original = (original + _CARRIED * (background - original)) * _SEEN_MORE
        # The smallest dots of coarser printers are so large that some copies are as even as originals.
        return cls(message, background, original, faintest(profile), pixels, FINEST_DPI in profile.resolutions)

    def look(self, limits: LookLimits = LOOK_LIMITS) -> SheetLook:
        """What it makes the sheet look like."""
        if self.pixels < limits.least_pixels or self.message < limits.least_message:
            return SheetLook.CANT_TELL
        if self.background < limits.lost_below * self.faintest:
            return SheetLook.COPY
        if self.message > limits.copy_above * self.original:
            return SheetLook.COPY
        alike = self.message < min(limits.alike_below * self.background, limits.original_below * self.original)
        return SheetLook.ORIGINAL if alike and self.fine else SheetLook.CANT_TELL


NOTHING_SEEN = GroundSeen(0.0, 0.0, 1.0, 0.0, 0, False)


def ground_seen(seen: Floats, redrawn: Redrawn) -> GroundSeen:
    """The ground of a face. `seen`: the picture straightened at `REDRAWN_DPI`, 0 for paper, 1 where no light comes
    back, as `Compared` has it."""
    profile = CELL_PROFILES.get(redrawn.ground.profile)
    if profile is None:
        return NOTHING_SEEN
    free = _free(redrawn)
    dark = _halved(seen[: 2 * free.shape[0], : 2 * free.shape[1]])
    tiles = list(_tiles(dark, free, _kinds(redrawn, profile.cell, dark.shape)))
    if not tiles:
        return NOTHING_SEEN
    # Where nothing is printed, a picture may lie further beside its place than is looked for.
    clear = float(np.percentile([tile.contrast for tile in tiles], _CLEAREST)) * _LEAST_CLEAR
    tiles = [tile for tile in tiles if tile.contrast >= clear]
    sums, counts = (np.array([getattr(tile, name) for tile in tiles]).sum(axis=0) for name in ("sums", "counts"))
    if not counts.all():
        return NOTHING_SEEN
    message, background = (float(value) for value in sums / counts / _full_ink(seen, redrawn))
    return GroundSeen.of(profile, message, background, int(counts.min()))


def _full_ink(seen: Floats, redrawn: Redrawn) -> float:
    """How dark full ink is: the corner marks, the code, the seals."""
    black = (redrawn.expected.raster < 8).astype(np.uint8)
    solid = cv2.erode(black, np.ones((_SOLID, _SOLID), dtype=np.uint8))[: seen.shape[0], : seen.shape[1]] > 0
    return max(float(np.median(seen[solid])), 0.1) if solid.any() else 1.0


def _free(redrawn: Redrawn) -> Bits:
    """Where, at 150 dpi, nothing stands on the ground, nor near."""
    expected = redrawn.expected
    assert expected.dpi == REDRAWN_DPI
    ink = (expected.raster < 250).astype(np.uint8)
    near = cv2.dilate(ink, np.ones((_HALO_PIXELS, _HALO_PIXELS), dtype=np.uint8))
    free: Bits = _halved(near.astype(np.float32)) == 0
    field = np.zeros_like(free)
    field[_pixels(FIELD)] = True
    for box in (*redrawn.ground.white, *map(_box, expected.private), *map(_box, expected.bare)):
        field[_pixels(box)] = False
    return free & field


@dataclass(frozen=True, slots=True, eq=False)
class _Tile:
    """A square: how much lighter the rings are than what is beside them, and per kind how much darkness above the rings
    on how many pixels: message, around it."""

    contrast: float
    sums: tuple[float, float]
    counts: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """Of each pixel at 150 dpi whether ground lies there at all, whether in a cell of the message or around it, all of
    whose neighbours are alike, or well within a ring."""

    inked: Bits
    message: Bits
    around: Bits
    ring: Bits


def _kinds(redrawn: Redrawn, side: int, shape: tuple[int, ...]) -> _Kinds:
    plan = redrawn.ground
    ground = _ground(side, plan.municipality, plan.quiet)
    inked = _on_sheet(ground.inked, side, shape)
    message, around = (
        _on_sheet(_inner(cells), side, shape)
        for cells in (ground.inked & ground.message, ground.inked & ~ground.message)
    )
    calm = np.zeros(shape, dtype=np.bool_)
    for box in plan.calm:
        # Whole cells lie in the zone where a part of them does.
        calm[_pixels(box.grown(side))] = True
    field = np.zeros(shape, dtype=np.bool_)
    field[_pixels(FIELD)] = True
    return _Kinds(
        inked,
        message & ~calm,
        around,
        _inner(field & ~inked),
    )


def _tiles(dark: Floats, free: Bits, kinds: _Kinds) -> Iterator[_Tile]:
    """What each square shows, laid on the ground's pattern where it fits best."""
    rows, columns = dark.shape
    weight = free.astype(np.float32)
    weighted = dark * weight
    for top in range(_REACH, rows - _TILE - _REACH, _TILE):
        for left in range(_REACH, columns - _TILE - _REACH, _TILE):
            here = (slice(top, top + _TILE), slice(left, left + _TILE))
            if weight[here].mean() < _LEAST_OF_TILE:
                continue
            wide = (slice(top - _REACH, top + _TILE + _REACH), slice(left - _REACH, left + _TILE + _REACH))
            down, across, contrast = _best_shift(weighted[here], weight[here], kinds.inked[wide].astype(np.float32))
            there = (slice(top + down, top + down + _TILE), slice(left + across, left + across + _TILE))
            ring = kinds.ring[there] & free[here]
            if contrast <= 0 or ring.sum() < _TILE:
                continue
            above = dark[here] - dark[here][ring].mean()
            parts = [kind[there] & free[here] for kind in (kinds.message, kinds.around)]
            message, around = (float(above[part].sum()) for part in parts)
            yield _Tile(contrast, (message, around), (int(parts[0].sum()), int(parts[1].sum())))


def _best_shift(weighted: Floats, weight: Floats, inked: Floats) -> tuple[int, int, float]:
    """By how many pixels down and across a square lies beside its place, and how much lighter its rings are then."""
    dark_on = cv2.matchTemplate(inked, weighted, cv2.TM_CCORR)
    count_on = cv2.matchTemplate(inked, weight, cv2.TM_CCORR)
    total, count = float(weighted.sum()), float(weight.sum())
    off = np.maximum(count - count_on, 1)
    contrast = dark_on / np.maximum(count_on, 1) - (total - dark_on) / off
    at = int(np.argmax(contrast))
    down, across = divmod(at, contrast.shape[1])
    return down - _REACH, across - _REACH, float(contrast.flat[at])


def _on_sheet(cells: Bits, side: int, shape: tuple[int, ...]) -> Bits:
    """Cells of the field as pixels of the sheet."""
    pixels = side // _DOTS_A_PIXEL
    wide = cells.repeat(pixels, axis=0).repeat(pixels, axis=1)
    found = np.zeros(shape, dtype=np.bool_)
    rows, columns = _pixels(FIELD)
    found[rows.start : rows.start + wide.shape[0], columns.start : columns.start + wide.shape[1]] = wide
    return found


def _inner(bits: Bits) -> Bits:
    """What has its like all around, so that blur brings nothing else there."""
    return np.asarray(cv2.erode(bits.astype(np.uint8), np.ones((3, 3), dtype=np.uint8)) > 0)


def _halved(values: Floats) -> Floats:
    size = (values.shape[1] // 2, values.shape[0] // 2)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _pixels(box: Box) -> tuple[slice, slice]:
    rows, columns = ((max(0, low), max(0, high)) for low, high in ((box.top, box.bottom), (box.left, box.right)))
    return (
        slice(rows[0] // _DOTS_A_PIXEL, -(-rows[1] // _DOTS_A_PIXEL)),
        slice(columns[0] // _DOTS_A_PIXEL, -(-columns[1] // _DOTS_A_PIXEL)),
    )


def _box(named: NamedArea | Area) -> Box:
    area = named.area if isinstance(named, NamedArea) else named
    return Box.of_mm(area.left, area.top, area.right, area.bottom)


@lru_cache(maxsize=8)
def _ground(side: int, municipality: str, quiet: Box | None) -> Ground:
    """Where ground and message lie with cells of that side; what dots are in them does not matter."""
    return draw_ground(CellProfile(f"cells of {side}", side, Dots(()), Dots(()), frozenset()), municipality, quiet)
