"""How printer and camera turned the bits of a face into what a picture shows: fitted on the picture itself, so that
nothing has to be known about either."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from certserver.verify.pictures import Raster

Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

_BLURS = (0.7, 1.4, 2.4)
_ROWS, _EVERY = 3, 3
"""Which pixels near ink the fit is made on: of every third row, every third of them."""

_HALO = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
_COVERED = 76


@dataclass(frozen=True, slots=True, eq=False)
class Device:
    """A mixture of three blurs, of toner that moves edges, and of a little light everywhere, one for the whole face, in
    terms of full ink. `gain`: how dark full ink is, from 0 to 1; `noise`: what the mixture leaves, of full ink;
    `likeness`: from 0 to 1, how well it fits."""

    shares: tuple[float, float, float, float, float]
    gain: float
    noise: float
    likeness: float

    @property
    def blur(self) -> float:
        """Sigma in pixels. Negative shares sharpen, so it may lie outside of those that are mixed."""
        *shares, _, _ = self.shares
        squared = sum(share * sigma**2 for share, sigma in zip(shares, _BLURS, strict=True))
        return float(np.sqrt(max(squared, 0.0)))

    def shows(self, bases: "Bases", lit: Floats | None = None) -> Floats:
        """What a picture shows of ink, in terms of full ink. `lit`: how much of the light each pixel has; None: all."""
        soft, softer, softest, edges = bases.all
        first, second, third, moved, light = self.shares
        dark = cv2.addWeighted(soft, first / 255, softer, second / 255, light if lit is None else 0, dtype=cv2.CV_32F)
        rest = cv2.addWeighted(softest, third / 255, edges, moved / 255, 0.0, dtype=cv2.CV_32F)
        shown = cv2.add(dark, rest)
        return np.asarray(shown if lit is None else cv2.scaleAdd(lit, light, shown), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Bases:
    """What a device mixes, from ink in full strength (255: all of a pixel): three blurs, and the change where edges
    move by a pixel."""

    all: tuple[Raster, Raster, Raster, Raster]

    @classmethod
    def of(cls, ink: Raster) -> "Bases":
        """Of a face or a piece of one."""
        soft, softer, softest = (np.asarray(cv2.GaussianBlur(ink, (0, 0), one), dtype=np.uint8) for one in _BLURS)
        steep = cv2.morphologyEx(soft, cv2.MORPH_GRADIENT, np.ones((3, 3), dtype=np.uint8))
        return cls((soft, softer, softest, np.asarray(cv2.blur(steep, (3, 3)), dtype=np.uint8)))

    def mapped(self, change: Callable[[cv2.typing.MatLike], cv2.typing.MatLike]) -> "Bases":
        """Each of them changed alike."""
        soft, softer, softest, edges = (np.asarray(change(base), dtype=np.uint8) for base in self.all)
        return Bases((soft, softer, softest, edges))

    @property
    def edges(self) -> Raster:
        """How strong the edges are, 255 at most."""
        return self.all[3]


def fit(bases: Bases, counts: Bits, seen: Floats) -> Device:
    """The mixture that explains best what is `seen` (0 for paper, 1 where no light comes back) in the pixels that
    count."""
    at = np.flatnonzero(counts[::_ROWS])[::_EVERY]
    columns = [base[::_ROWS].ravel()[at] / 255.0 for base in bases.all]
    table = np.stack([*columns, np.ones(len(at))], axis=1)
    values = seen[::_ROWS].ravel()[at].astype(np.float64)
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
    alike = float(np.corrcoef(fitted, values)[0, 1]) if fitted.std() > 0 and values.std() > 0 else 0.0
    first, second, third, moved, light = (float(share) for share in mixture / gain)
    return Device((first, second, third, moved, light), gain, spread / gain, max(alike, 0.0))


def near(ink: Raster) -> Bits:
    """The pixels within the halo of ink: there lies no dot of the ground."""
    return np.asarray(cv2.dilate(ink, _HALO) > _COVERED)
