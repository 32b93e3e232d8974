"""What a picture shows beyond what it must show, at half of the resolution in which it was laid onto the face: what the
statistics near ink and far from it look at."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from certserver.verify.align import MM_PER_INCH, WORK_DPI
from certserver.verify.device import Bases, Device
from certserver.verify.expected import Area
from certserver.verify.pictures import Raster

Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

PIXEL_MM = 2 * MM_PER_INCH / WORK_DPI
"""Of one pixel of `Looks`."""

_RULE_MM = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """In terms of full ink: what must be seen (`must`), how strong its edges are, what is seen beyond it, over all
    (`beyond`) and averaged over the pixels near expected ink alone (`beyond_near`; `near`: their share); where long
    rules are; the noise of a pixel."""

    must: Floats
    edges: Floats
    beyond: Floats
    beyond_near: Floats
    near: Floats
    rules: Bits
    noise: float

    @classmethod
    def of(cls, ink: Raster, bases: Bases, halo: Bits, must: Floats, beyond: Floats, noise: float) -> "Looks":
        """From rasters at `WORK_DPI`; `ink`: 255 for full; `halo`: the pixels near it."""
        size = (ink.shape[1] // 2, ink.shape[0] // 2)

        def halved(full: cv2.typing.MatLike) -> Floats:
            return np.asarray(cv2.resize(full, size, interpolation=cv2.INTER_AREA), dtype=np.float32)

        counts = halo.view(np.uint8) * np.float32(1)
        share = halved(counts)
        close = cv2.divide(halved(cv2.multiply(beyond, counts)), cv2.max(share, np.full_like(share, 0.05)))
        return cls(
            must=halved(must),
            edges=np.asarray(halved(bases.edges) / np.float32(255), dtype=np.float32),
            beyond=halved(beyond),
            beyond_near=np.asarray(close, dtype=np.float32),
            near=share,
            rules=_rules(np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)),
            noise=noise,
        )


def looks_of(ink: Raster, bases: Bases, halo: Bits, device: Device, seen: Floats) -> tuple[Looks, Floats]:
    """And what is seen beyond what must be, at `WORK_DPI`."""
    must = device.shows(bases)
    beyond = np.asarray(cv2.addWeighted(seen, 1 / device.gain, must, -1.0, 0.0), dtype=np.float32)
    return Looks.of(ink, bases, halo, must, beyond, device.noise), beyond


def pixels_of(area: Area, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Those of an area, and a little around."""
    scale = 1 / PIXEL_MM
    rows = slice(max(0, int(area.top * scale) - 4), min(shape[0], int(area.bottom * scale) + 5))
    return rows, slice(max(0, int(area.left * scale) - 4), min(shape[1], int(area.right * scale) + 5))


def _rules(half: Raster) -> Bits:
    """Where rules of 8 mm and more are, and a few pixels beside them."""
    dark = (half > 50).astype(np.uint8)
    length = round(_RULE_MM / PIXEL_MM)
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), dtype=np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), dtype=np.uint8))
    return np.asarray(cv2.dilate(cv2.max(level, upright), np.ones((7, 7), dtype=np.uint8)) > 0)
