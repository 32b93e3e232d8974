"""One gate for each thing that can be measured in a photo: what was measured, what is enough, and what to say. A gate
only advises. None says what a person is to look like: light is judged by the picture's brightest parts, never by
skin. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf

from hardware.camera.model import Face, Pixels
from kiosk.photo import measure
from kiosk.photo.crop import COARSEST, CantCrop, Crop, Head, crop_around, head_of
from koufu.photo.measures import HEAD_MM, TOP_MARGIN_MM
from koufu.photo.words import PhotoFinding


class Gate(Enum):
    """What is judged, in the order in which hints help."""

    LIGHT = "light"
    FACES = "faces"
    CUT = "cut"
    HEAD = "head"
    MARGIN = "margin"
    TILT = "tilt"
    TURN = "turn"
    FACE_LIGHT = "face-light"
    GLARE = "glare"
    SHARPNESS = "sharpness"
    BACKGROUND = "background"


class Hint(Enum):
    """What to say so that the next picture is better."""

    MORE_LIGHT = "more-light"
    NOBODY = "nobody"
    ONE_PERSON = "one-person"
    TO_THE_MIDDLE = "to-the-middle"
    NEARER = "nearer"
    HEAD_IN_GUIDE = "head-in-guide"
    HEAD_LEVEL = "head-level"
    LOOK_AHEAD = "look-ahead"
    LIGHT_ON_FACE = "light-on-face"
    LESS_LIGHT = "less-light"
    HOLD_STILL = "hold-still"
    PLAIN_BACKGROUND = "plain-background"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a measure may be, both ends included; what follows where it isn't. All figures but those of the crop were
    chosen for this software, on drawn people and one photograph of a real one."""

    least: float
    most: float
    finding: PhotoFinding | None
    too_little: Hint
    too_much: Hint


LIMITS = {
    Gate.LIGHT: Limit(90.0, inf, PhotoFinding.TOO_DARK, Hint.MORE_LIGHT, Hint.MORE_LIGHT),
    Gate.FACES: Limit(1.0, 1.0, None, Hint.NOBODY, Hint.ONE_PERSON),
    Gate.CUT: Limit(float(COARSEST), inf, PhotoFinding.CANT_CROP, Hint.NEARER, Hint.NEARER),
    Gate.HEAD: Limit(*HEAD_MM, None, Hint.HEAD_IN_GUIDE, Hint.HEAD_IN_GUIDE),
    Gate.MARGIN: Limit(*TOP_MARGIN_MM, None, Hint.HEAD_IN_GUIDE, Hint.HEAD_IN_GUIDE),
    Gate.TILT: Limit(-6.0, 6.0, PhotoFinding.NOT_FRONTAL, Hint.HEAD_LEVEL, Hint.HEAD_LEVEL),
    Gate.TURN: Limit(0.0, 0.20, PhotoFinding.NOT_FRONTAL, Hint.LOOK_AHEAD, Hint.LOOK_AHEAD),
    Gate.FACE_LIGHT: Limit(40.0, inf, None, Hint.LIGHT_ON_FACE, Hint.LIGHT_ON_FACE),
    Gate.GLARE: Limit(0.0, 0.05, PhotoFinding.TOO_BRIGHT, Hint.LESS_LIGHT, Hint.LESS_LIGHT),
    Gate.SHARPNESS: Limit(0.10, inf, PhotoFinding.BLURRED, Hint.HOLD_STILL, Hint.HOLD_STILL),
    Gate.BACKGROUND: Limit(0.0, 35.0, PhotoFinding.BACKGROUND, Hint.PLAIN_BACKGROUND, Hint.PLAIN_BACKGROUND),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one gate measured. `instead` is a hint that fits better than the limit's."""

    gate: Gate
    measure: float
    instead: Hint | None = None

    @property
    def limit(self) -> Limit:
        """What is enough."""
        return LIMITS[self.gate]

    @property
    def passed(self) -> bool:
        """Whether it is."""
        return self.limit.least <= self.measure <= self.limit.most

    @property
    def hint(self) -> Hint | None:
        """What to say, if anything."""
        if self.passed:
            return None
        return self.instead or (self.limit.too_little if self.measure < self.limit.least else self.limit.too_much)

    @property
    def finding(self) -> PhotoFinding | None:
        """What it means for the application, if anything."""
        return None if self.passed else self.limit.finding


@dataclass(frozen=True, slots=True)
class Judgement:
    """What all gates say of one picture. `crop` is what is cut out, or why nothing can be; `head` is as it was
    found or put."""

    head: Head | None
    crop: Crop | CantCrop
    readings: tuple[Reading, ...]

    @property
    def findings(self) -> frozenset[PhotoFinding]:
        """What the gates find."""
        return frozenset(each.finding for each in self.readings if each.finding is not None)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What to say, the most helpful first, each once."""
        return tuple(dict.fromkeys(each.hint for each in self.readings if each.hint is not None))


def judge(
    pixels: Pixels, faces: Sequence[Face] | None, put: Head | None = None, cut: Crop | CantCrop | None = None
) -> Judgement:
    """Judges a picture. `faces`: what the finder found, `None` where this terminal has none; `put`: the guide as the
    clerk put it, which counts before a face; `cut`: the cut of a scanned print, which is where the print is."""
    face = faces[0] if faces else None
    head = put or (head_of(face) if face else None)
    if cut is None:
        cut = crop_around(head, pixels.shape[1], pixels.shape[0]) if head else CantCrop.NO_HEAD
    readings = [Reading(Gate.LIGHT, measure.light(pixels))]
    if faces is not None:
        readings.append(Reading(Gate.FACES, float(len(faces))))
    readings.append(_cut_reading(cut))
    if face is not None:
        readings += [Reading(Gate.TILT, measure.tilt(face)), Reading(Gate.TURN, measure.turn(face))]
    if head is not None:
        core = measure.core_of(pixels, head)
        if isinstance(cut, Crop):
            readings += [
                Reading(Gate.HEAD, cut.head_mm),
                Reading(Gate.MARGIN, cut.top_margin_mm),
                Reading(Gate.BACKGROUND, measure.background(pixels, head)),
            ]
        readings += [
            Reading(Gate.FACE_LIGHT, measure.face_light(core)),
            Reading(Gate.GLARE, measure.glare(core)),
            Reading(Gate.SHARPNESS, measure.sharpness(pixels, head)),
        ]
    order = list(Gate)
    return Judgement(head, cut, tuple(sorted(readings, key=lambda each: order.index(each.gate))))


def _cut_reading(cut: Crop | CantCrop) -> Reading:
    match cut:
        case Crop():
            return Reading(Gate.CUT, cut.pixels_a_mm)
        case CantCrop.NO_HEAD:
            return Reading(Gate.CUT, 0.0, Hint.NOBODY)
        case CantCrop.OVER_THE_EDGE:
            return Reading(Gate.CUT, 0.0, Hint.TO_THE_MIDDLE)
        case CantCrop.TOO_SMALL:
            return Reading(Gate.CUT, 0.0, Hint.NEARER)
