"""Whether what an open camera shows can be relied on: a frozen picture shows somebody who may have left, a dark one
nobody. Pure: frames in, one word out."""

from enum import Enum

import numpy as np

from hardware.camera.model import Frame

FROZEN_AFTER = 2.0
"""Seconds of the very same picture. A lens never shows the same picture twice: its sensor has noise."""
DARK_BELOW = 8.0
"""Mean brightness of 255. A room at night shows more; a photo too dark for a card is another matter."""


class CameraProblem(Enum):
    """Why pictures of an open camera are of no use."""

    FROZEN = "frozen"
    """It shows the very same picture again and again."""
    DARK = "dark"
    """Next to no light comes in: a cap, a shutter, a hand."""


class Watched:
    """Looks at the frames of one open camera, in their order. Keeps one of them, until `forget`."""

    def __init__(self) -> None:
        self._first: Frame | None = None

    def look(self, frame: Frame) -> CameraProblem | None:
        """What is wrong up to this frame, if anything."""
        if float(np.mean(frame.grey)) < DARK_BELOW:
            return CameraProblem.DARK
        if self._first is None or not np.array_equal(frame.pixels, self._first.pixels):
            self._first = frame
        return CameraProblem.FROZEN if frame.at - self._first.at >= FROZEN_AFTER else None

    def forget(self) -> None:
        """The picture that was kept is let go of."""
        self._first = None
