"""Pictures of cases as a window asks for them: each resident's own, whichever cases wait beside theirs."""

from PySide6.QtCore import QSize

from kiosk.actions.counter.pictures import Pictures, Shown
from kiosk.screens.case_pictures import CasePictures


def grey(value: int) -> Shown:
    """A page of a form, 2 by 2, all of one grey."""
    return Shown(2, 2, 1, bytes([value] * 4))


def asked(pictures: Pictures, name: str) -> int | None:
    """The grey that a window draws for `image://case/NAME`, None where there is nothing."""
    image = CasePictures(pictures.look).requestImage(name, QSize(), QSize())
    return None if image.width() == 1 else image.pixelColor(0, 0).red()


def test_a_form_of_a_case_put_aside_is_shown_as_its_own() -> None:
    pictures = Pictures()
    first = pictures.put(1, {"form-0": grey(10), "form-1": grey(11)})
    second = pictures.put(2, {"form-0": grey(20)})
    assert asked(pictures, f"form-0/{first}") == 10
    assert asked(pictures, f"form-1/{first}") == 11, "all pages of a form have one serial"
    assert asked(pictures, f"form-0/{second}") == 20
    assert asked(pictures, f"form-1/{second}") is None


def test_the_end_of_a_case_takes_nothing_from_one_that_waits() -> None:
    pictures = Pictures()
    first, second = (pictures.put(case, {"taken": grey(case)}) for case in (1, 2))
    pictures.erase(2)
    assert asked(pictures, f"taken/{first}") == 1
    assert asked(pictures, f"taken/{second}") is None
    late = pictures.put(2, {"taken": grey(2)})
    assert asked(pictures, f"taken/{late}") is None


def test_no_other_serial_shows_a_picture() -> None:
    pictures = Pictures()
    serials = [pictures.put(1, {"live": grey(at)}) for at in range(4)]
    assert [asked(pictures, f"live/{serial}") for serial in serials] == [None, None, 2, 3]
    for name in ("live", "live/", "live/x", f"live/{serials[-1] + 1}", "live/0"):
        assert asked(pictures, name) is None, name
