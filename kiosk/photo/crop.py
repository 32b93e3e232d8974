"""Where a photo is cut out of a picture: 35 × 45 mm with the head of its guide. A guide put by the clerk counts as
much as a face that was found. Pure."""

from dataclasses import dataclass
from enum import Enum

from hardware.camera.model import Face
from koufu.photo.measures import FILE_SIDE, PAPER_MM

WIDE_MM, HIGH_MM = PAPER_MM
COARSEST = -(-FILE_SIDE[0] // int(WIDE_MM))
"""Pixels a millimetre that a file must have at least."""
HEADS_MM = (34.0, 33.0, 35.0, 32.0, 36.0)
MARGINS_MM = (4.0, 5.0, 3.0, 6.0, 2.0)
"""Tried in this order: the middle of what the guide lets pass, then further and further from it."""
EYES_TO_MOUTH = 0.30
"""Of a head's height; the eyes are halfway down it. Grown-ups vary by some hundredths, and hair stands higher than the
skull: the clerk moves the guide where that shows."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where crown and chin are: pixels down, and the middle between the ears, pixels right. Raises `ValueError` for a
    head without height."""

    crown: float
    chin: float
    middle: float

    def __post_init__(self) -> None:
        if not self.chin - self.crown >= 1.0:
            raise ValueError("a head's chin is below its crown")

    @property
    def height(self) -> float:
        """Crown to chin, in pixels."""
        return self.chin - self.crown


class CantCrop(Enum):
    """Why no photo can be cut out."""

    NO_HEAD = "no-head"
    TOO_SMALL = "too-small"
    """The head has too few pixels; a photo is never enlarged."""
    OVER_THE_EDGE = "over-the-edge"
    """The head is too near to an edge of the picture, or too large in it."""


@dataclass(frozen=True, slots=True)
class Crop:
    """What is cut out, in pixels of the picture, and what it is in mm on paper."""

    left: float
    top: float
    width: float
    height: float
    head_mm: float
    top_margin_mm: float

    @property
    def pixels_a_mm(self) -> float:
        """How fine the picture is there."""
        return self.height / HIGH_MM


def head_of(face: Face) -> Head | None:
    """The head around a face, as grown-ups have it; nothing where its features lie on one spot."""
    eyes = ((face.left_eye[0] + face.right_eye[0]) / 2, (face.left_eye[1] + face.right_eye[1]) / 2)
    apart = ((face.mouth[0] - eyes[0]) ** 2 + (face.mouth[1] - eyes[1]) ** 2) ** 0.5
    height = apart / EYES_TO_MOUTH
    if not height >= 1.0:
        return None
    return Head(eyes[1] - height / 2, eyes[1] + height / 2, eyes[0])


def crop_around(head: Head, width: int, height: int) -> Crop | CantCrop:
    """The cut nearest to the guide that lies within a picture of so many pixels."""
    fits = None
    for head_mm in HEADS_MM:
        for margin_mm in MARGINS_MM:
            crop = _crop(head, head_mm, margin_mm)
            if not _inside(crop, width, height):
                continue
            if crop.pixels_a_mm >= COARSEST:
                return crop
            fits = crop
    return CantCrop.OVER_THE_EDGE if fits is None else CantCrop.TOO_SMALL


def paper_crop(
    corner: tuple[float, float], dots_an_inch: float, head: Head | None, width: int, height: int
) -> Crop | CantCrop:
    """The cut of a print that lies on a scanner with its corner there: its 35 × 45 mm are what they are, and the guide
    only says what the head measures. Its own margin may therefore lie outside the guide's bounds."""
    scale = dots_an_inch / 25.4
    if not scale >= COARSEST:
        return CantCrop.TOO_SMALL
    left, top = corner
    head_mm = head.height / scale if head else 0.0
    margin_mm = (head.crown - top) / scale if head else 0.0
    crop = Crop(left, top, WIDE_MM * scale, HIGH_MM * scale, head_mm, margin_mm)
    return crop if _inside(crop, width, height) else CantCrop.OVER_THE_EDGE


def _crop(head: Head, head_mm: float, margin_mm: float) -> Crop:
    scale = head.height / head_mm
    wide, high = WIDE_MM * scale, HIGH_MM * scale
    return Crop(head.middle - wide / 2, head.crown - margin_mm * scale, wide, high, head_mm, margin_mm)


def _inside(crop: Crop, width: int, height: int) -> bool:
    return crop.left >= 0 and crop.top >= 0 and crop.left + crop.width <= width and crop.top + crop.height <= height
