"""What every `Camera` promises. The real one opens films that we draw: no device of this machine, but OpenCV's own path
from `VideoCapture` to pixels, which a device goes too. What a V4L2 driver does by itself is not tested here."""

from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import pytest

from hardware.camera.model import Camera, Pixels
from hardware.camera.opencv import OpenCvCamera
from hardware.camera.person import Person, draw
from hardware.camera.virtual import VirtualCamera
from hardware.camera.watched import FROZEN_AFTER, CameraProblem, Watched
from hardware.errors import CameraAbsent, CameraGone
from tests.support.printer_clocks import JumpingClock

SIZE = (320, 240)
SOMEBODY = Person(head=0.6, hijab=True)
FRAMES = 6


class Rig(Protocol):
    """Cameras in every condition; `clock` is theirs."""

    clock: JumpingClock

    def working(self) -> Camera: ...

    def absent(self) -> Camera: ...

    def gone_after(self, frames: int) -> Camera:
        """Opened; the cable is out after so many frames have been taken."""
        ...

    def frozen(self) -> Camera: ...

    def covered(self) -> Camera: ...

    def take(self, camera: Camera, frames: int) -> None:
        """Takes so many frames, then lets happen what is to happen."""
        ...


class VirtualRig:
    def __init__(self, folder: Path) -> None:
        self.clock = JumpingClock()
        self._unplug = False

    def _camera(self) -> VirtualCamera:
        camera = VirtualCamera(self.clock, *SIZE)
        camera.sit(SOMEBODY)
        return camera

    def working(self) -> Camera:
        return self._camera()

    def absent(self) -> Camera:
        camera = self._camera()
        camera.unplug()
        return camera

    def gone_after(self, frames: int) -> Camera:
        self._unplug = True
        return self._camera()

    def frozen(self) -> Camera:
        camera = self._camera()
        camera.freeze(frozen=True)
        return camera

    def covered(self) -> Camera:
        camera = self._camera()
        camera.cover(covered=True)
        return camera

    def take(self, camera: Camera, frames: int) -> None:
        for _ in range(frames):
            camera.frame()
        if self._unplug:
            assert isinstance(camera, VirtualCamera)
            camera.unplug()


class FilmRig:
    """OpenCV's camera, with lossless films for devices."""

    def __init__(self, folder: Path) -> None:
        self.clock = JumpingClock()
        self._folder = folder

    def _film(self, name: str, pictures: list[Pixels]) -> Camera:
        file = self._folder / f"{name}.avi"
        writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"FFV1"), 25.0, SIZE)
        assert writer.isOpened()
        for picture in pictures:
            writer.write(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        writer.release()
        return OpenCvCamera(file, self.clock)

    def working(self) -> Camera:
        return self._film("working", [draw(SOMEBODY, *SIZE, seed) for seed in range(FRAMES)])

    def absent(self) -> Camera:
        return OpenCvCamera(self._folder / "nothing.avi", self.clock)

    def gone_after(self, frames: int) -> Camera:
        return self._film("short", [draw(SOMEBODY, *SIZE, seed) for seed in range(frames)])

    def frozen(self) -> Camera:
        return self._film("frozen", [draw(SOMEBODY, *SIZE, 1)] * FRAMES)

    def covered(self) -> Camera:
        return self._film("covered", [np.zeros((SIZE[1], SIZE[0], 3), np.uint8)] * FRAMES)

    def take(self, camera: Camera, frames: int) -> None:
        for _ in range(frames):
            camera.frame()


@pytest.fixture(params=[VirtualRig, FilmRig], ids=["virtual", "opencv-film"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    made: Rig = request.param(tmp_path)
    return made


def problem(rig: Rig, camera: Camera, step: float) -> CameraProblem | None:
    """What somebody who watches it sees at the last of the frames, so many seconds from each to the next."""
    camera.open()
    watched, found = Watched(), None
    for _ in range(FRAMES):
        found = watched.look(camera.frame())
        rig.clock.wait(step)
    return found


def test_frames_are_in_colour_red_first_and_say_when(rig: Rig) -> None:
    camera = rig.working()
    camera.open()
    first = camera.frame()
    rig.clock.wait(0.25)
    second = camera.frame()
    assert second.at - first.at == 0.25
    assert first.pixels.dtype == np.uint8
    assert first.pixels.shape == (SIZE[1], SIZE[0], 3)
    assert first.grey.shape == (SIZE[1], SIZE[0])
    cheek = first.pixels[SIZE[1] // 2 + 20, SIZE[0] // 2 - 25].astype(int)
    assert cheek[0] > cheek[2] + 20, "skin is redder than blue"


def test_nobody_can_write_into_a_frame(rig: Rig) -> None:
    camera = rig.working()
    camera.open()
    with pytest.raises(ValueError, match="read-only"):
        camera.frame().pixels[0, 0] = 0


def test_a_picture_of_a_person_is_in_no_repr(rig: Rig) -> None:
    camera = rig.working()
    camera.open()
    assert "array" not in repr(camera.frame())


def test_a_working_camera_shows_no_problem(rig: Rig) -> None:
    assert problem(rig, rig.working(), FROZEN_AFTER) is None


def test_a_shut_camera_gives_nothing(rig: Rig) -> None:
    camera = rig.working()
    with pytest.raises(CameraAbsent):
        camera.frame()
    camera.open()
    camera.open()
    camera.frame()
    camera.close()
    camera.close()
    with pytest.raises(CameraAbsent):
        camera.frame()


def test_a_camera_that_is_not_there_can_not_be_opened(rig: Rig) -> None:
    with pytest.raises(CameraAbsent):
        rig.absent().open()


def test_an_unplugged_camera_is_gone_and_then_shut(rig: Rig) -> None:
    camera = rig.gone_after(2)
    camera.open()
    rig.take(camera, 2)
    with pytest.raises(CameraGone):
        camera.frame()
    with pytest.raises(CameraAbsent):
        camera.frame()


def test_a_frozen_camera_is_seen_after_its_time_and_not_before(rig: Rig) -> None:
    assert problem(rig, rig.frozen(), FROZEN_AFTER / (FRAMES - 1)) is CameraProblem.FROZEN
    assert problem(rig, rig.frozen(), FROZEN_AFTER / FRAMES) is None


def test_a_covered_lens_is_dark(rig: Rig) -> None:
    assert problem(rig, rig.covered(), 0.1) is CameraProblem.DARK
