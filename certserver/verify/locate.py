"""Says where the face of a sheet lies in a picture: from the four corner marks and the face's own code, also when one
of these five can't be seen. What it says is where a flat sheet would lie; paper that bends is `align`'s to follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, permutations, product

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from certserver.antiforgery.codes import FACE_CODE_BOX
from certserver.antiforgery.marks import CENTRE_MM, RING_MM
from certserver.antiforgery.paper import SHEET_MM
from certserver.verify.expected import area_of
from certserver.verify.marks_seen import Mark, marks_in
from certserver.verify.pictures import Raster
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.facecode import FaceCode

Homography = npt.NDArray[np.float64]
"""(3, 3), from millimetres of the sheet (from its top left corner, y down) to pixels, whose middles are whole."""

Points = npt.NDArray[np.float64]
"""(n, 2): x, y."""

_CORNERS = np.array(
    [
        (CENTRE_MM, CENTRE_MM),
        (SHEET_MM[0] - CENTRE_MM, CENTRE_MM),
        (SHEET_MM[0] - CENTRE_MM, SHEET_MM[1] - CENTRE_MM),
        (CENTRE_MM, SHEET_MM[1] - CENTRE_MM),
    ]
)
"""Marks in mm: top left, top right, bottom right (the open one), bottom left."""

_OPEN = 2
_CODE = area_of(FACE_CODE_BOX)
_CODE_CORNERS = np.array(
    [(_CODE.left, _CODE.top), (_CODE.right, _CODE.top), (_CODE.right, _CODE.bottom), (_CODE.left, _CODE.bottom)]
)
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

_REACH_MM = 70.0
"""How far from where the code alone would have it a mark may lie: tilted by 30 degrees, a sheet's far corner is 40 mm
from there."""

_LARGEST_SIZE_ERROR = 0.12
_LARGEST_CODE_ERROR_MM = 4.0
_MOST_SQUASHED = 1.35
"""How much longer a millimetre may be along one direction than along another, in the middle of the sheet: tilted by 40
degrees, 1.31. Taken for each other, the sheet's sides would make it 2.1."""
_MOST_WITHOUT_CODE = 6
_LEAST_MARKS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Where a flat sheet would lie, how many corner marks said so, and whether the code was read."""

    homography: Homography
    marks: int
    code: bool

    @property
    def pixels_per_mm(self) -> float:
        """In the middle of the sheet."""
        middle = np.array(SHEET_MM) / 2
        a, b, c = project(self.homography, middle + np.array([(0, 0), (1, 0), (0, 1)]))
        (p, q), (r, s) = b - a, c - a
        return float(np.sqrt(abs(p * s - q * r)))


def locate(raster: Raster) -> Located | None:
    """Where the face in a grey picture lies, turned and tilted as it may be; None when too little of it is seen."""
    code = _code(raster)
    marks = marks_in(raster)
    best: Located | None = None
    least = (0, -np.inf)
    # From near by, a tilted sheet's far marks lie where nobody would look for them from the code: then they are taken
    # as if it had not been read.
    choices = chain(_near_code(marks, code), _alone(marks)) if code is not None else _alone(marks)
    # Those with the most marks first: what has fewer than the best is not looked at.
    for chosen in sorted(choices, key=_marks_of, reverse=True):
        there = _marks_of(chosen)
        if there < least[0]:
            break
        fitted = _fitted(chosen, code)
        if fitted is None:
            continue
        homography, error = fitted
        if (there, -error) > least:
            least = (there, -error)
            best = Located(homography, there, code is not None)
    return best


def project(homography: Homography, points: Points) -> Points:
    """Points through a homography."""
    moved = points @ homography[:, :2].T + homography[:, 2]
    projected: Points = moved[:, :2] / moved[:, 2:]
    return projected


def _code(raster: Raster) -> Points | None:
    """The corners of the face's code in pixels: its own top left first, then clockwise."""
    for symbol in zxingcpp.read_barcodes(raster, formats=_QR):
        try:
            FaceCode.from_bytes(bytes(symbol.bytes))
        except MalformedEvidence:
            continue
        at = symbol.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        return np.array([(corner.x, corner.y) for corner in corners], dtype=np.float64)
    return None


Chosen = tuple[Mark | None, ...]
"""Which candidate is which mark, in the order of `_CORNERS`."""


def _marks_of(chosen: Chosen) -> int:
    return sum(mark is not None for mark in chosen)


def _near_code(marks: tuple[Mark, ...], code: Points) -> Iterator[Chosen]:
    """Every way to take the candidates that lie about where the code would have the marks."""
    linear, *_ = np.linalg.lstsq(np.hstack((_CODE_CORNERS, np.ones((4, 1)))), code, rcond=None)
    scale = float(np.sqrt(abs(np.linalg.det(linear[:2]))))
    options: list[list[Mark | None]] = []
    for at, expected in enumerate(np.hstack((_CORNERS, np.ones((4, 1)))) @ linear):
        near = sorted(
            (
                (float(np.hypot(mark.x - expected[0], mark.y - expected[1])) / scale, number)
                for number, mark in enumerate(marks)
                if mark.open == (at == _OPEN)
            )
        )
        options.append([None, *(marks[number] for away, number in near[:2] if away < _REACH_MM)])
    for chosen in product(*options):
        there = [mark for mark in chosen if mark is not None]
        # Beside the code a mark at the bottom left says little more than the code does.
        if len(there) - (chosen[3] is not None) >= _LEAST_MARKS - 1 and len(set(there)) == len(there):
            yield chosen


def _alone(marks: tuple[Mark, ...]) -> Iterator[Chosen]:
    """Every way to take four candidates, or three of them with the open one, clockwise around the sheet."""
    best = marks[:_MOST_WITHOUT_CODE]
    for open_one in (mark for mark in best if mark.open):
        others = [mark for mark in best if not mark.open]
        for three in permutations(others, 3):
            yield _clockwise((three[0], three[1], open_one, three[2]))
        for one, two in permutations(others, 2):
            for empty in (0, 1, 3):
                places: list[Mark | None] = [one, two]
                places.insert(min(empty, 2), None)
                yield _clockwise((places[0], places[1], open_one, places[2]))


def _clockwise(chosen: Chosen) -> Chosen:
    """The choice, or nothing where it would be a sheet seen from behind."""
    points = np.array([(mark.x, mark.y) for mark in chosen if mark is not None])
    x, y = points.T
    area = float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))
    return chosen if area > 0 else (None,) * 4


def _fitted(chosen: Chosen, code: Points | None) -> tuple[Homography, float] | None:
    """The homography that has the marks and the code where they are and as large as they are, and how badly sizes fit
    (root of the mean square of their logarithms); None when they are not those of a sheet."""
    there = [at for at, mark in enumerate(chosen) if mark is not None]
    mm = [_CORNERS[at] for at in there]
    pixels = [np.array((mark.x, mark.y)) for mark in chosen if mark is not None]
    sizes = [mark.diameter / RING_MM for mark in chosen if mark is not None]
    if code is not None:
        mm.append(_CODE_CORNERS.mean(axis=0))
        pixels.append(_crossing(code))
        sizes.append(float(np.sqrt(cv2.contourArea(code.astype(np.float32)))) / (_CODE.right - _CODE.left))
    if len(there) < 2 or len(mm) < _LEAST_MARKS:
        return None
    places, seen, scales = np.array(mm), np.array(pixels), np.array(sizes)
    if len(there) == len(_CORNERS):
        exact = cv2.getPerspectiveTransform(places[:4].astype(np.float32), seen[:4].astype(np.float32))
        homography: Homography = np.asarray(exact, dtype=np.float64)
    else:
        solved = _solved(places, seen, scales)
        if solved is None:
            return None
        homography = solved
    if not _in_front(homography) or _squashed(homography) > _MOST_SQUASHED:
        return None
    error = float(np.sqrt(np.mean(np.log(_scale_at(homography, places) / scales) ** 2)))
    if error > _LARGEST_SIZE_ERROR:
        return None
    if code is not None:
        away = np.hypot(*(project(np.linalg.inv(homography).astype(np.float64), code) - _CODE_CORNERS).T).max()
        if away > _LARGEST_CODE_ERROR_MM:
            return None
    return homography, error


def _crossing(code: Points) -> Points:
    """Where the diagonals of the code cross: its middle, however it is tilted."""
    a, b, c, d = code
    along = np.linalg.solve(np.column_stack((c - a, b - d)), b - a)
    crossing: Points = a + along[0] * (c - a)
    return crossing


def _in_front(homography: Homography) -> bool:
    """Whether the whole sheet is before the camera, face up."""
    corners = np.array([(0, 0), (SHEET_MM[0], 0), SHEET_MM, (0, SHEET_MM[1])])
    depths = corners @ homography[2, :2] + homography[2, 2]
    return bool((depths > 0).all() and np.linalg.det(homography) > 0)


def _squashed(homography: Homography) -> float:
    middle = np.array(SHEET_MM) / 2
    at, along, down = project(homography, middle + np.array([(0, 0), (1, 0), (0, 1)]))
    longest, shortest = np.linalg.svd(np.stack((along - at, down - at)), compute_uv=False)
    return float(longest / max(float(shortest), 1e-9))


def _scale_at(homography: Homography, points: Points) -> Points:
    """Pixels a millimetre around points: the root of the Jacobian's determinant."""
    depths = points @ homography[2, :2] + homography[2, 2]
    scales: Points = np.sqrt(np.abs(np.linalg.det(homography)) / np.abs(depths) ** 3)
    return scales


def _solved(mm: Points, pixels: Points, scales: Points) -> Homography | None:
    """The least squares (Gauss-Newton) over places and sizes, from where an affine map has them. A place counts in
    millimetres, a size by its logarithm times the sheet's half height: a size wrong by 1 % is a corner wrong by 1.5."""
    middle = np.array(SHEET_MM) / 2
    reach = SHEET_MM[1] / 2
    unit = (mm - middle) / reach
    linear, *_ = np.linalg.lstsq(np.hstack((unit, np.ones((len(mm), 1)))), pixels, rcond=None)
    size = float(np.sqrt(abs(np.linalg.det(linear[:2]))))
    if size < 1:
        return None
    values = np.concatenate((linear.T.ravel(), (0.0, 0.0)))

    def residuals(at: Points) -> Points:
        homography = np.append(at, 1.0).reshape(3, 3)
        places = (project(homography, unit) - pixels) / size * reach
        sizes = np.log(_scale_at(homography, unit) / (scales * reach)) * reach * 0.1
        return np.concatenate((places.ravel(), sizes))

    for _ in range(12):
        now = residuals(values)
        steps = np.where(np.arange(8) < 6, size * 1e-5, 1e-6)
        slope = np.stack(
            [(residuals(values + step * row) - now) / step for step, row in zip(steps, np.eye(8), strict=True)]
        )
        change, *_ = np.linalg.lstsq(slope.T, -now, rcond=1e-9)
        if not np.isfinite(change).all():
            return None
        values = values + change
        values[6:] = np.clip(values[6:], -0.6, 0.6)
    back = np.array([[1 / reach, 0, -middle[0] / reach], [0, 1 / reach, -middle[1] / reach], [0, 0, 1]])
    homography: Homography = np.append(values, 1.0).reshape(3, 3) @ back
    return np.asarray(homography / homography[2, 2], dtype=np.float64)
