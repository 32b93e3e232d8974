"""A camera without a lens: it shows a person drawn by us, an empty chair, or pictures handed to it. Steered while it
runs: another person, another light, unplugged, frozen, covered."""

import numpy as np
from numpy.typing import NDArray

from hardware.camera.model import Frame, Pixels
from hardware.camera.person import Person, draw
from hardware.errors import CameraAbsent, CameraGone
from hardware.ports import Clock

NOISE = 3
"""Greatest change of a channel's value by noise from one frame to the next."""


class VirtualCamera:
    """The `Camera` without a device. Begins plugged in, with nobody in front of it."""

    def __init__(self, clock: Clock, width: int = 1280, height: int = 960) -> None:
        self._clock = clock
        self._size = (width, height)
        self._scene: Pixels = draw(None, width, height, 0)
        self._plugged = True
        self._open = False
        self._covered = False
        self._frozen: Pixels | None = None
        self._last: Pixels | None = None
        self.shown = 0
        """How many frames it ever gave."""

    # Steering

    def sit(self, person: Person | None) -> None:
        """This person is in front of it from now on; `None`: nobody."""
        self._scene = draw(person, *self._size, 0)

    def show(self, pixels: Pixels) -> None:
        """Shows this picture from now on, in its own size."""
        self._scene = pixels

    def unplug(self) -> None:
        """The cable is out."""
        self._plugged = False

    def plug(self) -> None:
        """The cable is in again; whoever wants pictures opens it anew."""
        self._plugged = True

    def cover(self, *, covered: bool) -> None:
        """A hand is on the lens, or no longer."""
        self._covered = covered

    def freeze(self, *, frozen: bool) -> None:
        """It shows its last picture for ever, or no longer."""
        self._frozen = self._take() if frozen else None

    # The device

    def open(self) -> None:
        """Starts it when it is plugged in."""
        if not self._plugged:
            raise CameraAbsent("the virtual camera is unplugged")
        self._open = True

    def frame(self) -> Frame:
        """What it was steered to show, with noise of its own in every frame; takes no time."""
        if not self._open:
            raise CameraAbsent("the virtual camera was not opened")
        if not self._plugged:
            self._open = False
            raise CameraGone("the virtual camera was unplugged")
        pixels = self._take() if self._frozen is None else self._frozen
        pixels.flags.writeable = False
        return Frame(pixels, self._clock.monotonic())

    def close(self) -> None:
        """Shuts it."""
        self._open = False

    def _take(self) -> Pixels:
        self.shown += 1
        noise = np.random.default_rng(self.shown).integers(-NOISE, NOISE + 1, self._scene.shape[:2], dtype=np.int16)
        lit: NDArray[np.int16] = self._scene.astype(np.int16) * (0 if self._covered else 1) + noise[..., None]
        return lit.clip(0, 255).astype(np.uint8)
