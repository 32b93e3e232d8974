"""What can be measured in a picture around a head: light, sharpness, background, tilt. Numbers alone; what is enough is
for the gates. Pure."""

from math import atan2, degrees, hypot

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from hardware.camera.model import Face, Pixels, grey
from kiosk.photo.crop import Head

Brightness = NDArray[np.uint8]

HEAD_SEEN = 320
"""Pixels that a head is made smaller to before its sharpness is measured, so that a fine picture of a soft lens and a
coarse one of a good lens are judged alike."""
SPECKS = 5
"""Pixels, then, of a square whose median takes noise away and leaves edges where they are."""
CORE = (0.27, 0.36, 0.90)
"""The face without hair and background, in heights of the head: to each side of the middle, and from where to where
below the crown."""
BESIDE = (0.42, 0.515)
"""Strips of background at both sides: from where to where from the middle. 0.515 is a photo's edge."""
BESIDE_DOWN = (-0.11, 0.50)
"""The same strips: from a photo's upper edge to the eyes. Further down hair and scarves are wide."""
ABOVE_DOWN = (-0.11, -0.06)
"""The strip above the head, from a photo's left edge to its right."""
PATCHES = 16
"""Patches of a strip, each averaged so that noise is no pattern."""


def light(pixels: Pixels) -> float:
    """Brightness, 0 to 255, that only a twentieth of the picture exceeds: how much light there is, whatever the colour
    of skin, hair and clothes."""
    return float(np.percentile(grey(pixels), 95))


def face_light(core: Brightness) -> float:
    """Mean brightness of a face, 0 to 255."""
    return float(core.mean())


def glare(core: Brightness) -> float:
    """Share of a face that is white without any drawing."""
    return float((core >= 250).mean())


def sharpness(pixels: Pixels, head: Head) -> float:
    """How steep the steepest hundredth of a face's edges is, in shares of the face's own contrast from one pixel to the
    next where the head is `HEAD_SEEN` pixels high; 0 where nothing is seen. Neither light nor noise makes it sharp."""
    core = core_of(pixels, head)
    shrink = min(1.0, HEAD_SEEN / head.height)
    size = (max(1, round(core.shape[1] * shrink)), max(1, round(core.shape[0] * shrink)))
    small = Image.fromarray(core).resize(size, Image.Resampling.BOX)
    seen = np.asarray(small.filter(ImageFilter.MedianFilter(SPECKS)), dtype=np.float32)
    if min(seen.shape) < 8:
        return 0.0
    contrast = float(np.percentile(seen, 98) - np.percentile(seen, 2))
    down, right = np.gradient(seen)
    return float(np.percentile(np.hypot(down, right), 99)) / max(contrast, 20.0)


def core_of(pixels: Pixels, head: Head) -> Brightness:
    """The brightness of the face alone, as far as it lies in the picture."""
    side, top, bottom = CORE
    across = _span(head.middle - side * head.height, head.middle + side * head.height, pixels.shape[1])
    down = _span(head.crown + top * head.height, head.crown + bottom * head.height, pixels.shape[0])
    return grey(pixels[down, across])


def background(pixels: Pixels, head: Head) -> float:
    """The widest difference between patches of background, 0 to 255, in whichever of the colours it is widest."""
    near, far = (each * head.height for each in BESIDE)
    beside, above = (
        _span(head.crown + top * head.height, head.crown + bottom * head.height, pixels.shape[0])
        for top, bottom in (BESIDE_DOWN, ABOVE_DOWN)
    )
    right, left, whole = (
        _span(head.middle + start, head.middle + stop, pixels.shape[1])
        for start, stop in ((near, far), (-far, -near), (-far, far))
    )
    patches = [
        *np.array_split(pixels[beside, right], PATCHES, axis=0),
        *np.array_split(pixels[beside, left], PATCHES, axis=0),
        *np.array_split(pixels[above, whole], PATCHES, axis=1),
    ]
    seen = [patch.mean(axis=(0, 1)) for patch in patches if patch.size]
    return float(np.ptp(np.array(seen), axis=0).max())


def tilt(face: Face) -> float:
    """Degrees that the line between the eyes is off level, positive clockwise in the picture."""
    return degrees(atan2(face.right_eye[1] - face.left_eye[1], face.right_eye[0] - face.left_eye[0]))


def turn(face: Face) -> float:
    """How far the nose is beside the middle of the face, in distances between the eyes, whatever the tilt."""
    across = (face.right_eye[0] - face.left_eye[0], face.right_eye[1] - face.left_eye[1])
    apart = hypot(*across)
    if apart < 1.0:
        return 1.0
    eyes = ((face.left_eye[0] + face.right_eye[0]) / 2, (face.left_eye[1] + face.right_eye[1]) / 2)
    middle = ((eyes[0] + face.mouth[0]) / 2, (eyes[1] + face.mouth[1]) / 2)
    aside = (face.nose[0] - middle[0]) * across[0] + (face.nose[1] - middle[1]) * across[1]
    return abs(aside) / apart**2


def _span(start: float, stop: float, limit: int) -> slice:
    """Whole pixels within the picture; at least one."""
    first = min(max(0, round(start)), limit - 1)
    return slice(first, max(first + 1, min(limit, round(stop))))
