"""The camera at the counter: live pictures at a pace, judged; what is taken, cut; what can't be relied on, told; and
that no picture stays."""

import io
from dataclasses import dataclass

import pytest
from PIL import Image

from hardware.camera.model import Face, Pixels
from hardware.camera.none import NoCamera
from hardware.camera.person import Person, truth
from hardware.camera.virtual import VirtualCamera
from hardware.scanner.virtual import DOTS_AN_INCH
from kiosk.actions.counter.camera import FRAME_S, LIVE, TAKEN, CameraActions
from kiosk.actions.counter.pictures import Pictures
from kiosk.counter.card_application.events import CameraFailed, FrameSeen, PhotoTaken
from kiosk.photo.crop import CantCrop, Crop
from kiosk.photo.gates import Gate, Hint
from kiosk.photo.intake import read
from tests.support.printed_photo import printed_photo


class Clock:
    """Moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Truth:
    """Where the drawn person's face truly is; counts how often it was asked."""

    person: Person | None = None
    asked: int = 0

    def faces(self, pixels: Pixels) -> tuple[Face, ...]:
        self.asked += 1
        return () if self.person is None else (truth(self.person, pixels.shape[1], pixels.shape[0]),)


class Bench:
    def __init__(self, person: Person | None = None) -> None:
        self.clock = Clock()
        self.camera = VirtualCamera(self.clock)
        self.camera.sit(person)
        self.finder = Truth(person)
        self.pictures = Pictures()
        self.desk = CameraActions(self.camera, self.finder, self.pictures, self.clock)


def test_live_pictures_come_ten_times_a_second_at_most_and_each_third_is_judged() -> None:
    bench = Bench(Person())
    began = bench.clock.now
    seen = [bench.desk.open(1), *(bench.desk.next(1) for _ in range(30))]
    assert all(isinstance(each, FrameSeen) for each in seen)
    assert bench.clock.now - began == pytest.approx(30 * FRAME_S)
    assert bench.finder.asked == 11
    serials = [each.serial for each in seen if isinstance(each, FrameSeen)]
    assert serials == sorted(set(serials))


def test_what_helps_is_said_and_nothing_where_it_is_good() -> None:
    good, empty = Bench(Person()).desk.open(1), Bench().desk.open(1)
    assert isinstance(good, FrameSeen)
    assert isinstance(empty, FrameSeen)
    assert good.hints == ()
    assert empty.hints[0] is Hint.NOBODY


def test_a_photo_is_cut_and_shown_and_nothing_stays_once_its_case_is_over() -> None:
    bench = Bench(Person())
    bench.desk.open(1)
    taken = bench.desk.take(1, None)
    assert isinstance(taken, PhotoTaken)
    assert taken.photo is not None
    with Image.open(io.BytesIO(taken.photo.file)) as picture:
        assert (picture.width * 45, picture.mode) == (picture.height * 35, "RGB")
        assert not picture.getexif()
    shown = bench.pictures.look(TAKEN, taken.serial)
    assert shown is not None
    assert len(shown.pixels) == shown.width * shown.height * 3
    assert "pixels" not in repr(shown)
    bench.pictures.erase(1)
    assert bench.pictures.look(TAKEN, taken.serial) is None
    assert not len(bench.pictures)
    bench.desk.take(1, None)
    assert not len(bench.pictures), "what comes too late is dropped"


def test_each_case_has_its_own_photo_however_many_are_put_aside() -> None:
    bench = Bench(Person())
    bench.desk.open(1)
    first = bench.desk.take(1, None)
    bench.camera.sit(Person(hijab=True))
    bench.desk.open(2)
    second = bench.desk.take(2, None)
    assert isinstance(first, PhotoTaken)
    assert isinstance(second, PhotoTaken)
    mine, theirs = (bench.pictures.look(TAKEN, each.serial) for each in (first, second))
    assert mine is not None
    assert theirs is not None
    assert mine != theirs
    bench.pictures.erase(2)
    assert bench.pictures.look(TAKEN, first.serial) == mine
    assert bench.pictures.look(TAKEN, second.serial) is None


def test_the_live_picture_goes_with_the_camera_and_the_photo_stays() -> None:
    bench = Bench(Person())
    seen, later = bench.desk.open(1), bench.desk.next(1)
    taken = bench.desk.take(1, None)
    assert isinstance(seen, FrameSeen)
    assert isinstance(later, FrameSeen)
    assert isinstance(taken, PhotoTaken)
    assert bench.pictures.look(LIVE, seen.serial) is not None, "a window may still ask for the one before"
    bench.desk.close(1)
    assert bench.pictures.look(LIVE, later.serial) is None
    assert bench.pictures.look(TAKEN, taken.serial) is not None


def test_the_clerks_guide_counts_before_a_face() -> None:
    bench = Bench(Person())
    bench.desk.open(1)
    by_face, by_guide = bench.desk.take(1, None), bench.desk.take(1, (0.2, 0.8))
    assert isinstance(by_face, PhotoTaken)
    assert isinstance(by_guide, PhotoTaken)
    assert isinstance(by_guide.judgement.crop, Crop)
    assert by_guide.judgement.crop != by_face.judgement.crop
    assert by_guide.judgement.head is not None
    assert by_guide.judgement.head.height == pytest.approx(0.6 * 960)


def test_where_nothing_can_be_cut_out_there_is_no_file() -> None:
    bench = Bench()
    bench.desk.open(1)
    taken = bench.desk.take(1, None)
    assert isinstance(taken, PhotoTaken)
    assert (taken.photo, taken.judgement.crop) == (None, CantCrop.NO_HEAD)


def test_a_camera_that_can_t_be_relied_on_is_told_and_shut() -> None:
    bench = Bench(Person())
    bench.desk.open(1)
    bench.camera.freeze(frozen=True)
    answers = [bench.desk.next(1) for _ in range(30)]
    assert CameraFailed(1, "frozen") in answers
    bench = Bench(Person())
    bench.camera.cover(covered=True)
    assert bench.desk.open(1) == CameraFailed(1, "dark")
    bench = Bench(Person())
    bench.desk.open(1)
    bench.camera.unplug()
    assert bench.desk.next(1) == CameraFailed(1, "gone")
    assert bench.desk.open(1) == CameraFailed(1, "absent")
    none = CameraActions(NoCamera(), None, Pictures(), Clock())
    assert none.open(1) == CameraFailed(1, "absent")


def test_a_print_is_cut_where_it_lies() -> None:
    bench = Bench()
    pixels = read(printed_photo())
    assert not isinstance(pixels, str)
    bench.finder.person = None
    taken = bench.desk.print_scanned(1, pixels, DOTS_AN_INCH)  # type: ignore[arg-type]
    assert taken.scanned
    assert isinstance(taken.judgement.crop, Crop)
    assert taken.photo is not None
    assert Gate.CUT not in {each.gate for each in taken.judgement.readings if not each.passed}
