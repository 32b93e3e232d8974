"""From the chair to the file: the virtual camera, the real face finder, gates, cut and decision."""

from functools import cache

import pytest

from hardware.camera.centerface import CenterFaceFinder, weights
from hardware.camera.person import Backdrop, Person
from hardware.camera.virtual import VirtualCamera
from kiosk.photo.crop import Crop
from kiosk.photo.decide import Accepted, ClerkSays, NotTaken, Refused, Source, decide
from kiosk.photo.encode import Photo, encode
from kiosk.photo.gates import Hint, Judgement, judge
from koufu.photo.words import ExceptionCategory, PhotoException, PhotoFinding
from tests.support.printer_clocks import JumpingClock

pytestmark = pytest.mark.xdist_group("faces")


@cache
def finder() -> CenterFaceFinder:
    file = weights()
    assert file is not None, "the locked package with the weights is not installed: packaging/setup/setup.sh dev"
    return CenterFaceFinder(file)


def taken(camera: VirtualCamera) -> tuple[Judgement, Photo | None]:
    frame = camera.frame()
    judgement = judge(frame.pixels, finder().faces(frame.pixels))
    if not isinstance(judgement.crop, Crop):
        return judgement, None
    photo = encode(frame.pixels, judgement.crop)
    return judgement, photo if isinstance(photo, Photo) else None


def test_hints_lead_from_an_empty_chair_to_a_photo() -> None:
    camera = VirtualCamera(JumpingClock())
    camera.open()
    steps = (
        (None, Hint.NOBODY),
        (Person(head=0.2), Hint.NEARER),
        (Person(head=0.6, light=0.3), Hint.MORE_LIGHT),
        (Person(head=0.6, tilt=20), Hint.HEAD_LEVEL),
        (Person(head=0.6, backdrop=Backdrop.SHELVES), Hint.PLAIN_BACKGROUND),
        (Person(head=0.6, second=True), Hint.ONE_PERSON),
        (Person(head=0.6, blur=0.04), Hint.HOLD_STILL),
    )
    for person, hint in steps:
        camera.sit(person)
        assert taken(camera)[0].hints[0] is hint, person
    camera.sit(Person(head=0.6))
    judgement, photo = taken(camera)
    assert judgement.hints == ()
    accepted = decide(judgement, photo, Source.CAMERA, ClerkSays(), wanted=True)
    assert isinstance(accepted, Accepted)
    assert accepted.photo.width >= 480


def test_a_wearer_of_a_hijab_is_returned_once_for_light_and_then_accepted_for_her_faith() -> None:
    camera = VirtualCamera(JumpingClock())
    camera.open()
    clerk = ClerkSays(
        sees=frozenset({PhotoFinding.HEADWEAR}), exception=PhotoException(ExceptionCategory.RELIGION, "宗教上の理由")
    )
    camera.sit(Person(head=0.6, hijab=True, light=0.3))
    judgement, photo = taken(camera)
    dark = decide(judgement, photo, Source.CAMERA, clerk, wanted=True)
    assert dark == Refused(NotTaken.NEVER_WAIVED, (PhotoFinding.TOO_DARK,))
    camera.sit(Person(head=0.6, hijab=True))
    judgement, photo = taken(camera)
    accepted = decide(judgement, photo, Source.CAMERA, clerk, wanted=True)
    assert isinstance(accepted, Accepted)
    assert accepted.findings == (PhotoFinding.HEADWEAR,)
