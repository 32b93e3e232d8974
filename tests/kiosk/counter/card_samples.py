"""A card application in every scene, walked to as a clerk and a resident would. Nobody's data."""

from collections.abc import Iterator, Mapping
from functools import cache

from hardware.camera.person import Backdrop, Person
from kiosk.counter.card_application import effects as do
from kiosk.counter.card_application import events as on
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.events import Key, Marked
from kiosk.counter.card_application.values import Granted
from kiosk.counter.elsewhere import Place
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import SlipSettled
from kiosk.flow.touches import PinTyped
from kiosk.photo.gates import Hint
from tests.kiosk.counter.card_walk import SCAN, CardWalk, photo_of
from tests.kiosk.counter.test_card_application_flow import BABY, listed


@cache
def samples() -> Mapping[str, CardCase]:
    """By name, in the order of the way."""
    return dict((*_beginning(), *_middle(), *_endings(), *_others()))


def _beginning() -> Iterator[tuple[str, CardCase]]:
    other = "77aa88bb" + "0" * 24
    here = (
        listed(touched="2026-11-23T10:12"),
        listed(
            application=other, state="sent-to-municipality", reason="", waits_here=False, touched="2026-11-22T15:40"
        ),
        listed(
            application="99cc" + "0" * 28,
            state="set-up-at-maker",
            reason="",
            waits_here=False,
            touched="2026-11-23T16:00",
            express=True,
            likely_from="2026-11-26",
            likely_to="2026-11-27",
        ),
    )
    yield "begin", CardWalk().go(on.HereListed(1, here)).choose(procedure="card-application", comer="person").case
    elsewhere = Refusal("other-comer", instead=(Place("municipal-counter"), Place("post-office", "見本駅前郵便局")))
    walk = CardWalk().asked(comer="proxy").go(on.AllowedAnswered(1, elsewhere), SlipSettled(1, printed=True))
    yield "not-here", walk.case
    walk = CardWalk().asked().go(on.AllowedAnswered(1, None)).press(Key.BY_CARD).go(PinTyped(2))
    yield "by-card", walk.case
    walk.go(PinTyped(4)).press(Key.PIN_ENTERED).go(on.CardSaidNothing(1, "pin", 2))
    yield "by-card-wrong", walk.case
    walk = CardWalk().asked(residence="elsewhere").go(on.AllowedAnswered(1, None))
    yield "elsewhere", walk.typed(search_name="見本花子", search_born="19800401", search_municipality="9920").case
    yield "found", CardWalk().asked().found().case
    walk = CardWalk().asked(procedure="express").found().press(Key.NEXT)
    walk.choose(express_ground="lost", change_planned="no").typed(happened_text="20261120").press(Key.AGAIN)
    granted = Granted("lost", "2026-12-19", 2000, "紛失届", "2026-12-05", "2026-12-07", beyond_a_week=True)
    yield "express", walk.go(on.ExpressAnswered(1, granted)).case


def _middle() -> Iterator[tuple[str, CardCase]]:
    walk = CardWalk().asked().found().choose(route="mail").press(Key.NEXT)
    yield "intent-1", walk.case
    yield "intent-2", walk.press(Key.CONFIRM).case
    yield "intent-3", walk.press(Key.CONFIRM, Key.AFFIRM).case
    walk.choose(intent_expressed_by="speech").press(Key.NEXT)
    walk.go(Marked("document", "driving-licence"), on.Scanned(1, "driving-licence", "image/jpeg", SCAN))
    yield "identity", walk.case
    walk.go(Marked("document", "passport"), on.Scanned(1, "passport", "image/jpeg", SCAN)).press(Key.NEXT)
    yield "form", walk.case
    yield "form-wrong", walk.typed(phone="090-0000-0000", braille_name="がぎぐげごがぎぐ").press(Key.NEXT).case
    yield "confirm", walk.typed(braille_name="みほん はなこ").press(Key.NEXT).case
    yield "x509", walk.press(Key.CONFIRM).case
    walk.press(Key.NEXT).go(on.FrameSeen(1, 1, (Hint.NEARER, Hint.PLAIN_BACKGROUND)))
    yield "photo-live", walk.case
    walk.press(Key.TAKE_PHOTO).go(photo_of(Person(hijab=True))).go(Marked("sees", "headwear"))
    yield "photo-taken", walk.case
    walk.choose(photo_exception="religion").typed(photo_exception_reason="宗教上の理由によりヒジャブを着用")
    yield "signing", walk.press(Key.NEXT).choose(signature_kind="braille").case
    yield "pin-form", walk.choose(signature_sealed="yes").press(Key.NEXT).choose(pin_form="sealed").case
    walk.choose(old_card="none").press(Key.NEXT)
    yield "delivery", walk.choose(occasion="first", change_planned="no", forwarding="yes").case
    yield "delivery-renewal", walk.choose(occasion="renewal", forwarding="no").case


def _endings() -> Iterator[tuple[str, CardCase]]:
    walk = CardWalk().to_the_check()
    yield "check", walk.case
    yield "check-form", walk.go(on.FormShown(1, 1, 3)).case
    walk.silent = True
    yield "away", walk.press(Key.SEND).case
    walk.silent = False
    yield "sent", walk.tick().go(SlipSettled(1, printed=True)).case
    yield "stopped", CardWalk().asked().found().willing().press(Key.STOP).case


def _others() -> Iterator[tuple[str, CardCase]]:
    walk = CardWalk().asked(comer="legal-representative").found(BABY).willing().identified()
    yield "baby-form", walk.case
    walk.typed(representative_name="見本　一郎", representative_relation="父").press(Key.NEXT)
    yield "baby-confirm", walk.case
    yield "baby-x509", walk.press(Key.CONFIRM).case
    yield "baby-photo", walk.press(Key.NEXT).case
    walk = CardWalk().asked().found().willing().identified().filled().go(on.FrameSeen(1, 1, ())).press(Key.TAKE_PHOTO)
    yield "photo-dark", walk.go(photo_of(Person(light=0.2, backdrop=Backdrop.CURTAIN))).case
    walk = CardWalk()
    walk.refusals.append((do.Tell, Refusal("not-proven", version=3, state="draft")))
    yield "not-proven", walk.asked().found().willing().identified().case
    walk = (
        CardWalk()
        .asked()
        .found()
        .choose(route="counter")
        .press(Key.NEXT, Key.CONFIRM, Key.CONFIRM, Key.AFFIRM, Key.NEXT)
        .identified()
    )
    walk.filled().pictured().choose(signature_kind="handwritten").press(Key.NEXT).choose(old_card="none")
    yield "delivery-counter", walk.press(Key.NEXT).case
    yield "delivery-counter-renewal", walk.choose(occasion="renewal").case
