"""The camera without a lens can be steered while it runs."""

import numpy as np
import pytest

from hardware.camera.person import Backdrop, Person, draw
from hardware.camera.virtual import NOISE, VirtualCamera
from hardware.camera.watched import Watched
from hardware.errors import CameraAbsent, CameraGone
from tests.support.printer_clocks import JumpingClock


def opened() -> VirtualCamera:
    camera = VirtualCamera(JumpingClock(), 160, 120)
    camera.open()
    return camera


def test_people_come_and_go_and_the_light_changes() -> None:
    camera = opened()
    empty = camera.frame().grey
    camera.sit(Person())
    lit = camera.frame().grey
    camera.sit(Person(light=0.3))
    dim = camera.frame().grey
    assert empty[60, 80] > lit[60, 80] > dim[60, 80]
    camera.sit(None)
    assert abs(int(camera.frame().grey[60, 80]) - int(empty[60, 80])) <= 4 * NOISE


@pytest.mark.parametrize("backdrop", Backdrop)
def test_each_backdrop_is_another(backdrop: Backdrop) -> None:
    corner = draw(Person(backdrop=backdrop), 160, 120, 1)[:20, :60].astype(float)
    assert bool(corner.std(axis=(0, 1)).max() < 5) is (backdrop is Backdrop.PLAIN)


def test_plugged_in_again_it_has_to_be_opened_again() -> None:
    camera = opened()
    camera.unplug()
    with pytest.raises(CameraGone):
        camera.frame()
    with pytest.raises(CameraAbsent):
        camera.open()
    camera.plug()
    with pytest.raises(CameraAbsent):
        camera.frame()
    camera.open()
    camera.frame()


def test_thawed_it_shows_who_is_there_now() -> None:
    camera = opened()
    camera.freeze(frozen=True)
    camera.sit(Person())
    still = camera.frame().grey
    camera.freeze(frozen=False)
    assert int(still[60, 80]) - int(camera.frame().grey[60, 80]) > 20


def test_whoever_watches_can_forget_the_picture_that_was_kept() -> None:
    camera = opened()
    camera.freeze(frozen=True)
    watched = Watched()
    watched.look(camera.frame())
    watched.forget()
    assert watched.look(camera.frame()) is None


def test_the_same_seed_draws_the_same_picture() -> None:
    assert np.array_equal(draw(Person(), 160, 120, 3), draw(Person(), 160, 120, 3))
    assert not np.array_equal(draw(Person(), 160, 120, 3), draw(Person(), 160, 120, 4))
