"""Asks of each character that has other forms (異体字) which of them a picture shows: not how far off it is, but which
way. So a stroke that is thinner than what toner may add or take away still tells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from certserver.verify.device import Bases, Device, Floats, near
from certserver.verify.expected import Area, OtherForm
from certserver.verify.pictures import Raster

_MARGIN = 8
"""Pixels around a piece, for blurs to reach over."""

_TRIES = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""By how many pixels a single character may still lie beside its place, across and down."""


@dataclass(frozen=True, slots=True)
class Likelier:
    """How much likelier another form is than the right one: `towards` is 0 where the picture shows exactly what must be
    there and 1 where it shows the other form; `energy` is how much the two differ, in pixels of full ink."""

    name: str
    area: Area
    towards: float
    energy: float


def towards_others(
    ink: Raster, seen: Floats, device: Device, others: Iterable[OtherForm], mm: float
) -> Iterator[Likelier]:
    """Each other form's likelihood. `ink` and `seen` (1 where no light comes back): the whole face; `mm`: of one pixel."""
    for (left, top, shape), forms in _by_place(others).items():
        rows, columns = (slice(at - _MARGIN, at + side + _MARGIN) for at, side in zip((top, left), shape, strict=True))
        right = ink[rows, columns]
        if min(rows.start, columns.start) < 0 or right.shape != (shape[0] + 2 * _MARGIN, shape[1] + 2 * _MARGIN):
            continue
        must = device.shows(Bases.of(right))
        there = seen[rows, columns] / np.float32(device.gain)
        counts = near(right)
        lies = min(_moved(must), key=lambda moved: float(((there - moved)[counts] ** 2).sum()))
        area = Area(*(edge * mm for edge in (left, top, left + shape[1], top + shape[0])))
        for other in forms:
            wrong = right.copy()
            wrong[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = 255 - other.raster
            way = (device.shows(Bases.of(wrong)) - must)[both := counts | near(wrong)]
            energy = float((way**2).sum())
            if energy > 0:
                yield Likelier(other.name, area, float(((there - lies)[both] * way).sum()) / energy, energy)


def _by_place(others: Iterable[OtherForm]) -> dict[tuple[int, int, tuple[int, ...]], list[OtherForm]]:
    places: dict[tuple[int, int, tuple[int, ...]], list[OtherForm]] = {}
    for other in others:
        places.setdefault((other.left, other.top, other.raster.shape), []).append(other)
    return places


def _moved(must: Floats) -> Iterator[Floats]:
    """What must be seen, a little beside its place."""
    for across in _TRIES:
        for down in _TRIES:
            shift = np.array([[1, 0, across], [0, 1, down]], dtype=np.float64)
            size = (must.shape[1], must.shape[0])
            yield np.asarray(cv2.warpAffine(must, shift, size, borderMode=cv2.BORDER_REPLICATE), dtype=np.float32)
