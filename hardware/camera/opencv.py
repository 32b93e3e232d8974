"""A camera by OpenCV: the only file that takes pictures through it. Nothing is written anywhere; a film file serves as
well as a device, since both go one way through OpenCV."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from hardware.camera.model import Frame
from hardware.errors import CameraAbsent, CameraGone
from hardware.ports import Clock

T = TypeVar("T")

WIDTH, HEIGHT = 1920, 1080
"""Pixels asked for; a device gives the nearest it has. A head of two thirds of the height is then 720 pixels high, and
a card's photo needs 476."""


class OpenCvCamera:
    """The `Camera` of a device number, a device path (`/dev/video0`) or a film file. How long a frame may take is the
    device's matter: V4L2 in OpenCV gives up after ten seconds, and that is a `CameraGone`."""

    def __init__(self, source: int | Path, clock: Clock) -> None:
        self._source = source if isinstance(source, int) else str(source)
        self._clock = clock
        self._device: cv2.VideoCapture | None = None

    def open(self) -> None:
        """Opens the device and asks for its finest picture."""
        if self._device is not None:
            return
        device = _quietly(lambda: cv2.VideoCapture(self._source))
        if device is None or not device.isOpened():
            raise CameraAbsent("no camera there")
        device.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
        device.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
        device.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._device = device

    def frame(self) -> Frame:
        """The next picture, turned from OpenCV's blue first to red first."""
        device = self._device
        if device is None:
            raise CameraAbsent("the camera was not opened")
        told = _quietly(device.read)
        if told is None or not told[0]:
            self.close()
            raise CameraGone("the camera shows nothing any more")
        pixels = cv2.cvtColor(told[1], cv2.COLOR_BGR2RGB)
        pixels.flags.writeable = False
        return Frame(np.asarray(pixels, dtype=np.uint8), self._clock.monotonic())

    def close(self) -> None:
        """Releases the device."""
        device, self._device = self._device, None
        if device is not None:
            _quietly(device.release)


def _quietly(call: Callable[[], T]) -> T | None:
    """OpenCV raises its own error for some devices where others just tell no; both mean no."""
    try:
        return call()
    except cv2.error:
        return None
