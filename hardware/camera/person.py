"""A person who is nobody: drawn from ellipses, so that a camera without a lens has somebody to show, and so that tests
know where head and eyes truly are. Drawn, never taken from anybody's picture."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import ceil, cos, hypot, radians, sin

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from hardware.camera.model import Face, Pixels, Point

Box = tuple[float, float, float, float]

SKIN, SHADE, HAIR, LIPS = (222, 184, 158), (176, 134, 110), (38, 30, 28), (176, 92, 90)
CLOTH, SCARF, WHITE, IRIS, FRAME = (58, 74, 110), (70, 84, 96), (246, 244, 240), (62, 44, 36), (28, 28, 30)
WALL, CURTAIN = (232, 234, 236), (120, 60, 50)
HEAD_WIDE = 0.72
"""Width of a head of height 1, hair included."""
BODY = 20.0
"""How far down somebody reaches, in heights of the head: out of every picture."""
SOFT = 0.004
"""How soft an edge of skin or ink is, in heights of the head."""
EYE_APART, EYES_AT, NOSE_AT, MOUTH_AT = 0.15, 0.50, 0.66, 0.80
"""In heights of the head: an eye from the middle; eyes, tip of the nose and mouth below the crown."""


class Backdrop(Enum):
    """What is behind."""

    PLAIN = "plain"
    CURTAIN = "curtain"
    """Folds of a dark cloth."""
    SHELVES = "shelves"
    """Things in many colours."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is in front of the camera and how. `head` is the head's height and `at` its middle, both in heights of the
    picture, from its middle, right and down; `tilt` in degrees, positive clockwise as the camera sees it; `light` 1.0
    is right, 0.0 is dark; `blur` is the radius of an unsharp picture in heights of the head."""

    head: float = 0.50
    at: tuple[float, float] = (0.0, 0.0)
    tilt: float = 0.0
    light: float = 1.0
    blur: float = 0.0
    backdrop: Backdrop = Backdrop.PLAIN
    hijab: bool = False
    glasses: bool = False
    second: bool = False
    """Another person looks over the shoulder."""


def truth(person: Person, width: int, height: int) -> Face:
    """Where head, eyes, nose and mouth of a drawn person are, in pixels; what a perfect finder would tell."""
    turned = _turned(person, width, height)
    side = EYE_APART
    box = (turned(0, 0.5)[0] - 0.33 * person.head * height, turned(0, 0.14)[1], 0.66 * person.head * height)
    return Face(
        box=(box[0], box[1], box[2], 0.86 * person.head * height),
        left_eye=turned(-side, EYES_AT),
        right_eye=turned(side, EYES_AT),
        nose=turned(0, NOSE_AT),
        mouth=turned(0, MOUTH_AT),
        score=1.0,
    )


def crown_and_chin(person: Person, width: int, height: int) -> tuple[Point, Point]:
    """Top of the hair (or scarf) and chin, in pixels."""
    turned = _turned(person, width, height)
    return turned(0, 0.0), turned(0, 1.0)


def draw(person: Person | None, width: int, height: int, seed: int) -> Pixels:
    """A picture of the person, or of the empty chair; the same seed gives the same noise."""
    shown = Image.new("RGB", (width, height))
    _backdrop(ImageDraw.Draw(shown), person.backdrop if person else Backdrop.PLAIN, width, height)
    if person is not None:
        if person.second:
            _stand(shown, Person(head=person.head * 0.6, at=(person.at[0] + 0.42, person.at[1] - 0.1)))
        _stand(shown, person)
        if person.blur:
            shown = shown.filter(ImageFilter.GaussianBlur(person.blur * person.head * height))
    light = 1.0 if person is None else person.light
    noise = np.random.default_rng(seed).integers(-3, 4, (height, width, 1), dtype=np.int16)
    lit = np.asarray(shown, dtype=np.float32) * light + noise
    return np.clip(np.round(lit), 0, 255).astype(np.uint8)


def _turned(person: Person, width: int, height: int) -> Callable[[float, float], Point]:
    """From heights of the head, right of its middle line and below its crown, to pixels."""
    size, angle = person.head * height, radians(person.tilt)
    middle = (width / 2 + person.at[0] * height, height / 2 + person.at[1] * height)

    def pixel(right: float, below: float) -> Point:
        x, y = right * size, (below - 0.5) * size
        return (middle[0] + x * cos(angle) - y * sin(angle), middle[1] + x * sin(angle) + y * cos(angle))

    return pixel


def _backdrop(pen: ImageDraw.ImageDraw, backdrop: Backdrop, width: int, height: int) -> None:
    pen.rectangle((0, 0, width, height), fill=WALL)
    step = max(8, height // 12)
    if backdrop is Backdrop.CURTAIN:
        for at in range(0, width, step):
            fold = at // step % 2 * 40
            pen.rectangle((at, 0, at + step, height), fill=(CURTAIN[0] + fold, CURTAIN[1] + fold, CURTAIN[2] + fold))
    elif backdrop is Backdrop.SHELVES:
        for row in range(0, height, 2 * step):
            for at in range(0, width, step):
                mix = (at * 7 + row * 13) // step
                fill = (60 + mix * 53 % 180, 60 + mix * 97 % 180, 60 + mix * 31 % 180)
                pen.rectangle((at, row, at + step - 3, row + 2 * step - 6), fill=fill)


def _stand(shown: Image.Image, person: Person) -> None:
    """Draws a person upright on a sheet of their own, twice as large, turns it, and lays it over the picture."""
    size = person.head * shown.height
    scale = 2 * size
    at = (shown.width / 2 + person.at[0] * shown.height, shown.height / 2 + person.at[1] * shown.height)
    farthest = max(hypot(at[0] - x, at[1] - y) for x in (0, shown.width) for y in (0, shown.height))
    # Whatever the tilt, this much covers the picture; a little more than the picture covers whoever stands outside.
    side = 4 * round(min(farthest, hypot(shown.width, shown.height)) + 1)
    sheet = Image.new("RGBA", (side, side), (*SKIN, 0))

    def box(left: float, top: float, right: float, bottom: float) -> Box:
        middle = side / 2
        return (
            middle + left * scale,
            middle + (top - 0.5) * scale,
            middle + right * scale,
            middle + (bottom - 0.5) * scale,
        )

    _figure(ImageDraw.Draw(sheet), box, person, scale)
    turned = sheet.rotate(-person.tilt, Image.Resampling.BILINEAR) if person.tilt else sheet
    left, top = round(at[0] - side / 4), round(at[1] - side / 4)
    # Only what is seen is softened, with as much around it as a soft edge reaches.
    beyond = ceil(4 * size * SOFT) + 2
    begins = max(0, -left - beyond), max(0, -top - beyond)
    ends = min(side // 2, shown.width - left + beyond), min(side // 2, shown.height - top + beyond)
    if begins[0] < ends[0] and begins[1] < ends[1]:
        seen = turned.crop((2 * begins[0], 2 * begins[1], 2 * ends[0], 2 * ends[1])).reduce(2)
        soft = seen.filter(ImageFilter.GaussianBlur(size * SOFT))
        shown.paste(soft, (left + begins[0], top + begins[1]), soft)


def _figure(pen: ImageDraw.ImageDraw, box: Callable[..., Box], person: Person, scale: float) -> None:
    line = max(1, round(0.012 * scale))
    around = SCARF if person.hijab else HAIR
    pen.rounded_rectangle(box(-0.95, 1.18, 0.95, BODY), 0.35 * scale, fill=SCARF if person.hijab else CLOTH)
    if person.hijab:
        pen.polygon([*box(-0.40, 0.55, 0.40, 0.55), *box(0.75, 1.5, -0.75, 1.5)], fill=SCARF)
    else:
        pen.rectangle(box(-0.17, 0.85, 0.17, 1.25), fill=SHADE)
        pen.ellipse(box(-0.38, 0.44, -0.29, 0.66), fill=SKIN)
        pen.ellipse(box(0.29, 0.44, 0.38, 0.66), fill=SKIN)
    pen.ellipse(box(-HEAD_WIDE / 2, 0.0, HEAD_WIDE / 2, 1.0 if person.hijab else 0.86), fill=around)
    pen.ellipse(box(-0.325, 0.14, 0.325, 1.0), fill=SHADE)
    for ring in range(12):
        near, fill = (
            ring / 11,
            tuple(round(dark + (light - dark) * ring / 11) for dark, light in zip(SHADE, SKIN, strict=True)),
        )
        pen.ellipse(box(-0.325 + 0.09 * near, 0.14 + 0.06 * near, 0.325 - 0.09 * near, 1.0 - 0.06 * near), fill=fill)
    for side in (-1, 1):
        eye = side * EYE_APART
        pen.ellipse(box(eye - 0.085, EYES_AT - 0.05, eye + 0.085, EYES_AT + 0.045), fill=SHADE)
        pen.ellipse(box(eye - 0.07, EYES_AT - 0.032, eye + 0.07, EYES_AT + 0.032), fill=WHITE)
        pen.ellipse(box(eye - 0.032, EYES_AT - 0.033, eye + 0.032, EYES_AT + 0.033), fill=IRIS)
        pen.ellipse(box(eye - 0.014, EYES_AT - 0.022, eye, EYES_AT - 0.008), fill=WHITE)
        pen.arc(box(eye - 0.08, EYES_AT - 0.045, eye + 0.08, EYES_AT + 0.06), 190, 350, fill=HAIR, width=line)
        pen.arc(box(eye - 0.11, EYES_AT - 0.13, eye + 0.11, EYES_AT + 0.06), 210, 330, fill=HAIR, width=2 * line)
        if person.glasses:
            pen.ellipse(box(eye - 0.125, EYES_AT - 0.09, eye + 0.125, EYES_AT + 0.11), outline=FRAME, width=line)
    if person.glasses:
        pen.line(box(-0.03, EYES_AT, 0.03, EYES_AT), fill=FRAME, width=line)
    pen.line(box(-0.035, EYES_AT + 0.02, -0.05, NOSE_AT - 0.02), fill=SHADE, width=line)
    pen.ellipse(box(-0.06, NOSE_AT - 0.04, 0.06, NOSE_AT + 0.03), fill=SHADE)
    pen.ellipse(box(-0.045, NOSE_AT - 0.055, 0.045, NOSE_AT + 0.012), fill=SKIN)
    pen.ellipse(box(-0.035, NOSE_AT + 0.005, -0.012, NOSE_AT + 0.02), fill=IRIS)
    pen.ellipse(box(0.012, NOSE_AT + 0.005, 0.035, NOSE_AT + 0.02), fill=IRIS)
    pen.ellipse(box(-0.115, MOUTH_AT - 0.035, 0.115, MOUTH_AT + 0.04), fill=LIPS)
    pen.line(box(-0.11, MOUTH_AT, 0.11, MOUTH_AT), fill=(110, 50, 50), width=line)
