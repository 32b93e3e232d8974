"""What a camera shows, the Protocol that real and virtual cameras fulfil, and what a face is. A picture of a person is
in no `repr`. Pure."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Rows × columns × red, green, blue."""
Point = tuple[float, float]
"""Right and down, in pixels from the picture's corner."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture and when it came, in seconds of the clock that was handed in. Nobody may write into the pixels."""

    pixels: Pixels = field(repr=False)
    at: float

    @property
    def grey(self) -> NDArray[np.uint8]:
        """Rows × columns of brightness (Rec. 601)."""
        return grey(self.pixels)


def grey(pixels: Pixels) -> NDArray[np.uint8]:
    """Brightness of each pixel (Rec. 601), rounded."""
    weights = np.array([299, 587, 114], dtype=np.uint32)
    return ((pixels.astype(np.uint32) @ weights + 500) // 1000).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Face:
    """Where a face is. `box` is left, top, width, height from about the forehead to the chin; left and right are the
    picture's, not the person's. `score` is how sure the finder is, 0 to 1."""

    box: tuple[float, float, float, float]
    left_eye: Point
    right_eye: Point
    nose: Point
    mouth: Point
    score: float


class FaceFinder(Protocol):
    """Finds faces without asking anybody outside this machine."""

    def faces(self, pixels: Pixels) -> tuple[Face, ...]:
        """Every face, the largest first."""
        ...


class Camera(Protocol):
    """One camera, used by one caller at a time. Shut until opened; frames are kept nowhere."""

    def open(self) -> None:
        """Starts it; an open camera stays open. Raises `CameraAbsent`."""
        ...

    def frame(self) -> Frame:
        """The next picture; waits for it as long as the device takes. Raises `CameraAbsent` when it
        is shut, `CameraGone` when it shows nothing any more, after which it is shut."""
        ...

    def close(self) -> None:
        """Lets go of it. Never raises; a shut camera stays shut."""
        ...
