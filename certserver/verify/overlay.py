"""What a picture shows beyond what it must show, at half of the resolution in which it was laid onto the face: what the
statistics near ink and far from it look at."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from certserver.antiforgery.paper import MM_PER_INCH
from certserver.verify.align import WORK_DPI
from certserver.verify.device import Bases, Device
from certserver.verify.expected import Area
from certserver.verify.pictures import Raster

Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

PIXEL_MM = 2 * MM_PER_INCH / WORK_DPI
"""Of one pixel of `Overlay`."""

_RULE_MM = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
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
    def of(cls, ink: Raster, bases: Bases, halo: Bits, device: Device, seen: Floats) -> "Overlay":
        """From rasters at `WORK_DPI`; `ink`: 255 for full; `halo`: the pixels near it; `seen`: 1 where no light comes
        back."""
        counts = np.asarray(halo.view(np.uint8) * np.uint8(255), dtype=np.uint8)
        share = np.asarray(_halved(counts) / np.float32(255), dtype=np.float32)
        # What is linear in pixels is worked out on halves, which are a quarter of the work.
        must = device.shows(bases.mapped(_halved))
        close = device.shows(bases.mapped(lambda base: _halved(cv2.bitwise_and(base, counts))), share)
        beyond_near = cv2.addWeighted(
            _halved(cv2.multiply(seen, counts, scale=1 / 255, dtype=cv2.CV_32F)),
            1 / device.gain,
            close,
            -1.0,
            0.0,
            dtype=cv2.CV_32F,
        )
        return cls(
            must=must,
            edges=np.asarray(_halved(bases.edges) / np.float32(255), dtype=np.float32),
            beyond=np.asarray(cv2.addWeighted(_halved(seen), 1 / device.gain, must, -1.0, 0.0), dtype=np.float32),
            beyond_near=np.asarray(beyond_near / np.maximum(share, np.float32(0.05)), dtype=np.float32),
            near=share,
            rules=_rules(np.asarray(_halved(ink), dtype=np.uint8)),
            noise=device.noise,
        )


def pixels_of(area: Area, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Those of an area, and a little around."""
    scale = 1 / PIXEL_MM
    rows = slice(max(0, int(area.top * scale) - 4), min(shape[0], int(area.bottom * scale) + 5))
    return rows, slice(max(0, int(area.left * scale) - 4), min(shape[1], int(area.right * scale) + 5))


def _halved(full: cv2.typing.MatLike) -> cv2.typing.MatLike:
    return cv2.resize(full, (full.shape[1] // 2, full.shape[0] // 2), interpolation=cv2.INTER_AREA)


def _rules(half: Raster) -> Bits:
    """Where rules of 8 mm and more are, and a few pixels beside them."""
    dark = (half > 50).astype(np.uint8)
    length = round(_RULE_MM / PIXEL_MM)
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), dtype=np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), dtype=np.uint8))
    return np.asarray(cv2.dilate(cv2.max(level, upright), np.ones((7, 7), dtype=np.uint8)) > 0)
