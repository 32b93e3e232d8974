"""The photo: a live picture with a guide, or a scanned print. Gates advise, the clerk decides; an exception has its
category and reason; too dark, or not to be cut out, is never waived."""

from dataclasses import replace

from kiosk.counter.card_application.case import CardCase, answered, at
from kiosk.counter.card_application.effects import LeaveCamera, NextFrame, ScanPrint, TakePhoto, WatchCamera
from kiosk.counter.card_application.events import (
    CameraFailed,
    FrameSeen,
    GuideMoved,
    Heard,
    Key,
    Marked,
    PhotoTaken,
    ScanFailed,
    Touched,
)
from kiosk.counter.card_application.moving import Done, go_on
from kiosk.counter.card_application.scenes import PhotoScene, Taken
from kiosk.counter.card_application.values import Scan
from kiosk.photo.decide import Accepted, ClerkSays, NotTaken, Refused, Source, decide
from kiosk.photo.gates import Gate
from koufu.photo.words import ExceptionCategory, PhotoException, PhotoFinding


def heard(case: CardCase, event: Heard) -> Done | None:
    """What this step makes of it; None when it is none of its own."""
    if not isinstance(case.scene, PhotoScene):
        return None
    scene = case.scene
    match event:
        case FrameSeen(serial=serial, hints=hints) if scene.taken is None:
            return at(case, replace(scene, serial=serial, hints=hints, problem="")), (NextFrame(case.number),)
        case CameraFailed(why=why) if scene.taken is None:
            return at(case, replace(scene, problem=why, serial=0, hints=(), busy=False)), ()
        case GuideMoved(crown, chin) if scene.taken is None and 0 <= crown < chin <= 1:
            return at(case, replace(scene, guide=(crown, chin))), ()
        case Touched(Key.TAKE_PHOTO) if scene.taken is None and scene.serial and not scene.busy:
            return at(case, replace(scene, busy=True)), (TakePhoto(case.number, scene.guide),)
        case Touched(Key.SCAN_PRINT) if scene.taken is None and not scene.busy:
            wants = (LeaveCamera(case.number), ScanPrint(case.number))
            return at(case, replace(scene, busy=True, problem="")), wants
        case PhotoTaken() if scene.busy:
            taken = Taken(event.judgement, event.photo, event.scanned, event.serial)
            return at(case, PhotoScene(taken=taken, guide=scene.guide)), (LeaveCamera(case.number),)
        case ScanFailed(why=why) if scene.busy:
            return at(case, PhotoScene(problem=why)), ()
        case Touched(Key.RETAKE | Key.AGAIN):
            case = replace(answered(case, photo_exception="", photo_exception_reason=""), photo="missing")
            return at(case, PhotoScene(guide=scene.guide)), (WatchCamera(case.number),)
        case Marked(name, value) if scene.taken is not None:
            return at(case, _marked(scene, name, value)), ()
        case Touched(Key.NEXT):
            return _decided(case, scene)
        case _:
            return None


def silent(case: CardCase) -> CardCase:
    """An action of camera or scanner broke."""
    if isinstance(case.scene, PhotoScene) and case.scene.taken is None:
        return at(case, PhotoScene(problem="away"))
    return case


def says(case: CardCase, scene: PhotoScene) -> ClerkSays:
    """What the clerk decided so far."""
    reason = case.answer("photo-exception-reason").strip()
    category = case.answer("photo-exception")
    exception = PhotoException(ExceptionCategory(category), reason) if category and reason else None
    wrong = frozenset(gate for gate in Gate if gate.value in scene.overruled)
    sees = frozenset(finding for finding in PhotoFinding if finding.value in scene.sees)
    return ClerkSays(wrong, sees, exception)


def outcome(case: CardCase, scene: PhotoScene) -> Accepted | Refused:
    """What follows for the picture that was taken."""
    taken = scene.taken
    if taken is None:
        return Refused(NotTaken.NEEDS_EXCEPTION)
    source = Source.SCANNED_PRINT if taken.scanned else Source.CAMERA
    return decide(taken.judgement, taken.photo, source, says(case, scene), wanted=case.photo_wanted)


def _marked(scene: PhotoScene, name: str, value: str) -> PhotoScene:
    match name:
        case "overruled":
            return replace(scene, overruled=scene.overruled ^ {value})
        case "sees":
            return replace(scene, sees=scene.sees ^ {value})
        case _:
            return scene


def _decided(case: CardCase, scene: PhotoScene) -> Done:
    if not case.photo_wanted:
        return go_on(replace(case, photo="none-wanted"))
    if scene.taken is None or scene.busy:
        return case, ()
    decided = outcome(case, scene)
    if isinstance(decided, Refused):
        return at(case, replace(scene, refused=tuple(each.value for each in decided.findings))), ()
    number = len(case.scans) + 1
    scan = Scan(number, "photo", "image/jpeg", decided.photo.file)
    excused = decided.exception is not None
    case = answered(
        case,
        photo_findings=" ".join(each.value for each in decided.findings),
        photo_overruled=" ".join(each.value for each in decided.overruled),
        **({} if excused else {"photo_exception": "", "photo_exception_reason": ""}),
    )
    case = replace(case, scans=(*case.scans, scan), photo_scan=number, photo="exception" if excused else "fit")
    if case.mirror.photo == case.photo:
        # The same word, another picture: it is told anew.
        case = replace(case, mirror=replace(case.mirror, photo="missing"))
    return go_on(case)
