"""Intent, and the documents that say who it is: seen, scanned, one by one."""

from dataclasses import replace

from kiosk.counter.card_application.case import CardCase, answered, at
from kiosk.counter.card_application.effects import ScanDocument, Speak
from kiosk.counter.card_application.events import Chosen, DocumentLeft, Heard, Key, Marked, ScanFailed, Scanned, Touched
from kiosk.counter.card_application.moving import Done
from kiosk.counter.card_application.scenes import Identity, Intent
from kiosk.counter.card_application.values import Document, Scan
from kiosk.counter.card_application.words import DOCUMENTS, YES, AffirmedBy, How, Step

INTENT_PAGES = 3
SPOKEN = "counter-card.resident.intent.spoken"
MOST_DOCUMENTS = 4


def heard(case: CardCase, event: Heard) -> Done | None:
    """What these steps make of it; None when it is none of their own."""
    match case.scene:
        case Intent():
            return _at_intent(case, case.scene, event)
        case Identity():
            return _at_identity(case, case.scene, event)
        case _:
            return None


def may_say_how(case: CardCase, scene: Intent) -> bool:
    """Whether the clerk may write down how the intent was expressed: once the resident touched yes, or has gone through
    every page. A no is taken back on the resident's window alone."""
    return bool(case.answer("affirmed")) or (scene.page == INTENT_PAGES - 1 and not case.declined)


def silent(case: CardCase) -> CardCase:
    """The scanner's action broke."""
    if isinstance(case.scene, Identity) and case.scene.scanning:
        return at(case, Identity(problem="away"))
    return case


def _at_intent(case: CardCase, scene: Intent, event: Heard) -> Done | None:
    match event:
        case Chosen("intent-expressed-by", value) if value in {each.value for each in How}:
            if not may_say_how(case, scene):
                return case, ()
            by = AffirmedBy.OWN_KEY if case.answer("affirmed") else AffirmedBy.STAFF
            noted = {"intent_expressed_by": value, "intent_witness": case.staff.mark, "intent_affirmed_by": by.value}
            return answered(case, **noted), ()
        case Touched(Key.READ_AGAIN):
            return at(case, Intent()), (Speak(case.number, SPOKEN),)
        case Touched(Key.CONFIRM) if scene.page < INTENT_PAGES - 1:
            return at(case, Intent(scene.page + 1)), ()
        case Touched(Key.AFFIRM) if scene.page == INTENT_PAGES - 1:
            # The resident's own key is a gesture; how else they said it, the clerk who was there adds.
            how = case.answer("intent-expressed-by") or How.GESTURE.value
            said = {"intent_expressed_by": how, "intent_witness": case.staff.mark}
            said["intent_affirmed_by"] = AffirmedBy.OWN_KEY.value
            return answered(case, **said, affirmed=YES, declined=""), ()
        case Touched(Key.DECLINE):
            none = {"intent_expressed_by": "", "intent_witness": "", "intent_affirmed_by": "", "affirmed": ""}
            asked_anew = replace(case, done=case.done - {Step.INTENT})
            return at(answered(asked_anew, **none, declined=YES), Intent()), ()
        case _:
            return None


def _at_identity(case: CardCase, scene: Identity, event: Heard) -> Done | None:
    match event:
        case Marked("document", kind) if kind in DOCUMENTS and not scene.scanning:
            if any(each.kind == kind for each in case.documents):
                return _without(case, kind), ()
            if len(case.documents) == MOST_DOCUMENTS:
                return case, ()
            case = replace(case, documents=(*case.documents, Document(kind)))
            return at(case, Identity(kind)), (ScanDocument(case.number, kind),)
        case DocumentLeft(kind) if not scene.scanning:
            return _without(case, kind), ()
        case Chosen("scan", kind) if not scene.scanning and any(each.kind == kind for each in case.documents):
            return at(case, Identity(kind)), (ScanDocument(case.number, kind),)
        case Scanned(kind=kind, media_type=media_type, content=content) if scene.scanning == kind:
            number = len(case.scans) + 1
            scan = Scan(number, "identity-document", media_type, content)
            documents = tuple(replace(each, scan=number) if each.kind == kind else each for each in case.documents)
            return at(replace(case, scans=(*case.scans, scan), documents=documents), Identity()), ()
        case ScanFailed(why=why) if scene.scanning:
            return at(case, Identity(problem=why)), ()
        case _:
            return None


def _without(case: CardCase, kind: str) -> CardCase:
    kept = tuple(each for each in case.documents if each.kind != kind)
    return at(replace(case, documents=kept), Identity())
