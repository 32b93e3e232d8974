"""The face finder on people drawn by us, where the truth is known. Real faces score higher; none is here."""

from dataclasses import replace
from functools import cache
from math import dist

import numpy as np
import pytest

from hardware.camera.centerface import SURE_FROM, CenterFaceFinder, weights
from hardware.camera.person import Backdrop, Person, draw, truth

pytestmark = pytest.mark.xdist_group("faces")

WIDE, HIGH = 640, 480
PEOPLE = {
    "plain": Person(),
    "hijab": Person(hijab=True),
    "glasses": Person(glasses=True),
    "tilted": Person(tilt=20),
    "dim": Person(light=0.2),
    "shelves": Person(backdrop=Backdrop.SHELVES),
    "far": Person(head=0.2),
    "near": Person(head=0.8),
    "aside": Person(at=(-0.3, 0.1), head=0.3),
    "blurred": Person(blur=0.03),
}


@cache
def finder() -> CenterFaceFinder:
    file = weights()
    assert file is not None, "the locked package with the weights is not installed: packaging/setup/setup.sh dev"
    return CenterFaceFinder(file)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_drawn_face_is_found_where_it_is(who: str) -> None:
    (found,) = finder().faces(draw(PEOPLE[who], WIDE, HIGH, 1))
    true = truth(PEOPLE[who], WIDE, HIGH)
    near = PEOPLE[who].head * HIGH * 0.06
    assert found.score >= SURE_FROM
    assert dist(found.left_eye, true.left_eye) < near
    assert dist(found.right_eye, true.right_eye) < near
    assert dist(found.mouth, true.mouth) < near


def test_two_people_are_two_faces_the_larger_first() -> None:
    larger, smaller = finder().faces(draw(Person(second=True), WIDE, HIGH, 1))
    assert larger.box[2] > 1.3 * smaller.box[2]
    assert smaller.box[0] > larger.box[0]


@pytest.mark.parametrize("backdrop", Backdrop)
def test_nobody_is_no_face(backdrop: Backdrop) -> None:
    away = draw(replace(Person(backdrop=backdrop), at=(9.0, 0.0)), WIDE, HIGH, 1)
    assert finder().faces(away) == ()


def test_noise_and_odd_sizes_are_no_face_and_no_error() -> None:
    noise = np.random.default_rng(4).integers(0, 256, (70, 900, 3), dtype=np.uint8)
    assert finder().faces(noise) == ()
    assert finder().faces(noise[:1, :1]) == ()


@pytest.mark.parametrize("package", ["no_such_package", "hardware"])
def test_without_the_weights_there_is_no_finder(package: str) -> None:
    assert weights(package) is None
