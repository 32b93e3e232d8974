"""Asks of each character that has other forms (異体字) which of them a picture shows: not how far off it is, but which
way. So a stroke that is thinner than what toner may add or take away still tells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from certserver.verify.device import Bases, Bits, Device, Floats, near
from certserver.verify.expected import Area, OtherForm
from certserver.verify.pictures import Raster

Table = npt.NDArray[np.float64]

_MARGIN = 8
"""Pixels around a piece, for blurs to reach over."""

_USUAL = (0.10, 0.15, 0.5, 0.5, 0.15, 0.02)
"""How far a single character usually is (sigma) from what the whole face shows: density, strokes wider or thinner,
moves across and down in pixels, density where strokes stand close, light."""

_CLOSE = 3.0
"""Pixels (sigma): strokes so close to each other run together where toner is heavy, and stay apart where it is thin."""

_LEAST_NOISE, _FAR = 0.02, 0.04
_PASSES = 2


@dataclass(frozen=True, slots=True)
class Likelier:
    """How much likelier another form is than the right one: `towards` is 0 where the picture shows exactly what must be
    there and 1 where it shows the other form; `sure` says from how many times what is left unexplained."""

    name: str
    area: Area
    towards: float
    sure: float


def towards_others(
    ink: Raster, seen: Floats, device: Device, others: Iterable[OtherForm], mm: float
) -> Iterator[Likelier]:
    """Each other form's likelihood. `ink` and `seen` (1 where no light comes back): the whole face; `mm`: of one
    pixel."""
    for (left, top, shape), forms in _by_place(others).items():
        rows, columns = (slice(at - _MARGIN, at + side + _MARGIN) for at, side in zip((top, left), shape, strict=True))
        right = ink[rows, columns]
        if min(rows.start, columns.start) < 0 or right.shape != (shape[0] + 2 * _MARGIN, shape[1] + 2 * _MARGIN):
            continue
        place = _Place.of(right, seen[rows, columns], device)
        area = Area(*(edge * mm for edge in (left, top, left + shape[1], top + shape[0])))
        for other in forms:
            wrong = right.copy()
            wrong[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = cv2.bitwise_not(other.raster)
            yield Likelier(other.name, area, *place.towards(wrong))


def _by_place(others: Iterable[OtherForm]) -> dict[tuple[int, int, tuple[int, ...]], list[OtherForm]]:
    places: dict[tuple[int, int, tuple[int, ...]], list[OtherForm]] = {}
    for other in others:
        places.setdefault((other.left, other.top, other.raster.shape), []).append(other)
    return places


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """What must be seen in a character's place, what is seen beyond it, which pixels count, and what printer and camera
    may do to a character."""

    device: Device
    must: Floats
    beyond: Floats
    counts: Bits
    causes: tuple[Floats, ...]

    @classmethod
    def of(cls, ink: Raster, seen: Floats, device: Device) -> "_Place":
        bases = Bases.of(ink)
        must = device.shows(bases)
        across, down = (
            np.asarray(cv2.Scharr(must, cv2.CV_32F, *axis, scale=-1 / 32), dtype=np.float32)
            for axis in ((1, 0), (0, 1))
        )
        edges = np.asarray(bases.edges / np.float32(255), dtype=np.float32)
        beyond = np.asarray(seen / np.float32(device.gain) - must, dtype=np.float32)
        close = np.asarray(cv2.GaussianBlur(must, (0, 0), _CLOSE), dtype=np.float32)
        return cls(device, must, beyond, near(ink), (must, edges, across, down, close, np.ones_like(must)))

    def towards(self, wrong: Raster) -> tuple[float, float]:
        """`Likelier`'s figures of a form. All causes are fitted together with the way to the form: a character moved or
        printed heavily goes no way that they can explain, however small the stroke is that the forms differ by."""
        at = np.flatnonzero(self.counts | near(wrong))
        way = self.device.shows(Bases.of(wrong)) - self.must
        table = np.stack([each.ravel()[at] for each in (way, *self.causes)], axis=1).astype(np.float64)
        beyond = self.beyond.ravel()[at].astype(np.float64)
        noise = max(self.device.noise, _LEAST_NOISE)
        usual = np.diag((0.0, *((noise / np.array(_USUAL)) ** 2)))
        weights = np.ones(len(at))
        shares: Table = np.zeros(len(usual))
        left, normal = beyond, usual
        for _ in range(_PASSES):
            normal = table.T @ (table * weights[:, None]) + usual
            if normal[0, 0] <= 0:
                return 0.0, 0.0
            shares = np.asarray(np.linalg.solve(normal, table.T @ (weights * beyond)), dtype=np.float64)
            left = beyond - table @ shares
            weights = 1 / (1 + np.square(left / (2 * (noise + _FAR))))
        spread = float(np.sqrt(np.average(np.square(left), weights=weights)))
        own = float(np.linalg.inv(normal)[0, 0])
        return float(shares[0]), float(shares[0]) / max(spread * np.sqrt(own), 1e-9)
