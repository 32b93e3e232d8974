"""Each gate at its boundary, on pictures drawn on either side of it, and on the number itself."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import cos, inf, nextafter, radians, sin

import numpy as np
import pytest

from hardware.camera.model import Face, Pixels
from hardware.camera.person import Backdrop, Person, draw, truth
from kiosk.photo.crop import CantCrop, Crop, Head, head_of, paper_crop
from kiosk.photo.gates import LIMITS, Gate, Hint, Judgement, Reading, judge
from koufu.photo.words import NEVER_WAIVED, PhotoFinding

WIDE, HIGH = 1280, 960
GOOD = Person(head=0.55)


@cache
def drawn(person: Person | None) -> Pixels:
    return draw(person, WIDE, HIGH, 1)


def judged(person: Person, *, alter: Callable[[Pixels], Pixels] = lambda each: each) -> Judgement:
    """What the gates say where a perfect finder told where the face is."""
    faces = [truth(person, WIDE, HIGH)]
    if person.second:
        faces.append(truth(replace(person, head=person.head * 0.6), WIDE, HIGH))
    return judge(alter(drawn(person)), faces)


def failed(judgement: Judgement) -> set[Gate]:
    return {each.gate for each in judgement.readings if not each.passed}


def measured(judgement: Judgement, gate: Gate) -> float:
    (found,) = (each.measure for each in judgement.readings if each.gate is gate)
    return found


def test_a_good_picture_passes_every_gate() -> None:
    judgement = judged(GOOD)
    assert {each.gate for each in judgement.readings} == set(Gate)
    assert failed(judgement) == set()
    assert judgement.findings == frozenset()
    assert judgement.hints == ()


@pytest.mark.parametrize("gate", Gate)
def test_a_gate_lets_its_limits_pass_and_nothing_beyond(gate: Gate) -> None:
    limit = LIMITS[gate]
    for edge, beyond, hint in ((limit.least, -inf, limit.too_little), (limit.most, inf, limit.too_much)):
        assert Reading(gate, edge).passed
        assert Reading(gate, edge).hint is None
        assert Reading(gate, edge).finding is None
        if abs(edge) != inf:
            assert Reading(gate, nextafter(edge, beyond)).hint is hint
            assert Reading(gate, nextafter(edge, beyond)).finding is limit.finding


def test_what_could_not_be_measured_does_not_pass() -> None:
    assert not any(Reading(gate, float("nan")).passed for gate in Gate)


@pytest.mark.parametrize("who", [GOOD, replace(GOOD, hijab=True), replace(GOOD, glasses=True)])
def test_scarf_and_glasses_are_no_matter_of_gates(who: Person) -> None:
    assert failed(judged(who)) == set()


@pytest.mark.parametrize(
    ("passes", "fails", "gates", "hint"),
    [
        (replace(GOOD, light=0.42), replace(GOOD, light=0.33), {Gate.LIGHT}, Hint.MORE_LIGHT),
        (replace(GOOD, tilt=5.5), replace(GOOD, tilt=6.5), {Gate.TILT}, Hint.HEAD_LEVEL),
        (replace(GOOD, tilt=-5.5), replace(GOOD, tilt=-6.5), {Gate.TILT}, Hint.HEAD_LEVEL),
        (replace(GOOD, blur=0.015), replace(GOOD, blur=0.020), {Gate.SHARPNESS}, Hint.HOLD_STILL),
        (GOOD, replace(GOOD, backdrop=Backdrop.CURTAIN), {Gate.BACKGROUND}, Hint.PLAIN_BACKGROUND),
        (GOOD, replace(GOOD, backdrop=Backdrop.SHELVES), {Gate.BACKGROUND}, Hint.PLAIN_BACKGROUND),
        (GOOD, replace(GOOD, second=True), {Gate.FACES}, Hint.ONE_PERSON),
        (replace(GOOD, head=0.48), replace(GOOD, head=0.45), {Gate.CUT}, Hint.NEARER),
        (replace(GOOD, head=0.68), replace(GOOD, head=0.85), {Gate.CUT}, Hint.TO_THE_MIDDLE),
        (replace(GOOD, at=(0.3, 0.0)), replace(GOOD, at=(0.5, 0.0)), {Gate.CUT}, Hint.TO_THE_MIDDLE),
    ],
)
def test_drawn_on_either_side_of_a_limit(passes: Person, fails: Person, gates: set[Gate], hint: Hint) -> None:
    assert failed(judged(passes)) == set()
    judgement = judged(fails)
    assert failed(judgement) == gates
    assert judgement.hints == (hint,)


def shaded(share: float) -> Callable[[Pixels], Pixels]:
    """The middle of the picture, where the face is, in the shade of a light behind it."""

    def alter(pixels: Pixels) -> Pixels:
        dark = pixels.astype(float)
        dark[220:780, 480:800] *= share
        return dark.astype(np.uint8)

    return alter


def test_a_face_against_the_light_is_told_apart_from_a_dark_room() -> None:
    assert Gate.FACE_LIGHT not in failed(judged(GOOD, alter=shaded(0.3)))
    judgement = judged(GOOD, alter=shaded(0.15))
    assert Gate.FACE_LIGHT in failed(judgement)
    assert PhotoFinding.TOO_DARK not in judgement.findings, "that is for the clerk to say"


def burnt(rows: int) -> Callable[[Pixels], Pixels]:
    def alter(pixels: Pixels) -> Pixels:
        white = pixels.copy()
        white[450 : 450 + rows] = 255
        return white

    return alter


def test_glare_counts_the_share_of_the_face() -> None:
    core = 0.54 * 0.55 * HIGH
    some, many = round(core * 0.045), round(core * 0.056)
    assert Gate.GLARE not in failed(judged(GOOD, alter=burnt(some)))
    assert PhotoFinding.TOO_BRIGHT in judged(GOOD, alter=burnt(many)).findings


def turned(face: Face, aside: float) -> Face:
    """The nose moved along the line of the eyes by so many distances between them."""
    across = (face.right_eye[0] - face.left_eye[0], face.right_eye[1] - face.left_eye[1])
    return replace(face, nose=(face.nose[0] + aside * across[0], face.nose[1] + aside * across[1]))


@pytest.mark.parametrize("tilt", [0.0, 5.0])
@pytest.mark.parametrize("aside", [-1.0, 1.0])
def test_a_turned_head_shows_its_nose_aside_whatever_the_tilt(tilt: float, aside: float) -> None:
    person = replace(GOOD, tilt=tilt)
    picture, face = drawn(person), truth(person, WIDE, HIGH)
    assert failed(judge(picture, [turned(face, aside * 0.19)])) == set()
    assert failed(judge(picture, [turned(face, aside * 0.21)])) == {Gate.TURN}


def test_tilt_is_measured_in_degrees_clockwise() -> None:
    for tilt in (-30.0, -1.0, 0.0, 12.0):
        face = truth(replace(GOOD, tilt=tilt), WIDE, HIGH)
        assert abs(measured(judge(drawn(GOOD), [face]), Gate.TILT) - tilt) < 0.01
        assert np.isclose(face.right_eye[0] - face.left_eye[0], 0.3 * 0.55 * HIGH * cos(radians(tilt)))
        assert np.isclose(face.right_eye[1] - face.left_eye[1], 0.3 * 0.55 * HIGH * sin(radians(tilt)))


def test_noise_makes_nothing_sharp_and_dim_light_nothing_soft() -> None:
    """Noise of a webcam in a dim room. It makes a picture seem a little sharper, never soft enough to sharp."""
    noise = np.random.default_rng(2).normal(0, 8, (HIGH, WIDE, 1))
    noisy = judged(replace(GOOD, blur=0.025), alter=lambda each: np.clip(each + noise, 0, 255).astype(np.uint8))
    assert Gate.SHARPNESS in failed(noisy)
    assert Gate.SHARPNESS not in failed(judged(replace(GOOD, light=0.2)))


@pytest.mark.parametrize("skin", [0.25, 0.5])
def test_dark_skin_in_good_light_is_not_too_dark(skin: float) -> None:
    """The face's own colour is darker; everything else keeps its light."""
    judgement = judged(GOOD, alter=shaded(skin))
    assert Gate.LIGHT not in failed(judgement)
    assert Gate.SHARPNESS not in failed(judgement)
    assert not judgement.findings & NEVER_WAIVED


def test_nobody_is_asked_to_sit_down() -> None:
    judgement = judge(drawn(None), [])
    assert judgement.crop is CantCrop.NO_HEAD
    assert judgement.hints == (Hint.NOBODY,)
    assert judgement.findings == {PhotoFinding.CANT_CROP}


@pytest.mark.parametrize("faces", [None, []])
def test_where_no_face_is_found_the_guide_put_by_the_clerk_serves(faces: list[Face] | None) -> None:
    head = head_of(truth(GOOD, WIDE, HIGH))
    judgement = judge(drawn(GOOD), faces, put=head)
    assert isinstance(judgement.crop, Crop)
    assert judgement.findings == frozenset()
    assert failed(judgement) == (set() if faces is None else {Gate.FACES})


def test_a_scanned_print_is_cut_where_it_lies_and_its_guide_only_advised() -> None:
    scan = np.full((1400, 1000, 3), 250, np.uint8)
    a_mm = 600 / 25.4
    print_high = round(45 * a_mm)
    small = draw(Person(head=28 / 45), round(35 * a_mm), print_high, 1)
    scan[100 : 100 + print_high, 60 : 60 + small.shape[1]] = small
    crown = 100 + print_high * (0.5 - 14 / 45)
    head = Head(crown, crown + 28 * a_mm, 60 + small.shape[1] / 2)
    judgement = judge(scan, None, put=head, cut=paper_crop((60, 100), 600, head, 1000, 1400))
    assert isinstance(judgement.crop, Crop)
    assert failed(judgement) == {Gate.HEAD, Gate.MARGIN}
    assert judgement.hints == (Hint.HEAD_IN_GUIDE,)
    assert judgement.findings == frozenset()


@pytest.mark.parametrize("shape", [(1, 1), (3, 2000), (2000, 3), (64, 64)])
def test_pictures_of_any_shape_are_judged(shape: tuple[int, int]) -> None:
    picture = np.zeros((*shape, 3), np.uint8)
    for head in (None, Head(0, 500, 30), Head(-900, -800, 5000)):
        assert judge(picture, [], put=head).findings >= {PhotoFinding.TOO_DARK, PhotoFinding.CANT_CROP}
