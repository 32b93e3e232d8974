"""A hand-over in every scene, for pictures and for tests that measure screens. Nobody's data."""

from dataclasses import replace

from hardware.card.model import Usage
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.documents import Document
from kiosk.counter.elsewhere import Place
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.effects import Admit, CompareCard, Move
from kiosk.counter.hand_over.state import Flight, HandOverCase
from kiosk.counter.hand_over.values import CardTrouble, Lacking, Waiting
from kiosk.counter.hand_over.words import Coming, OldCard, PinSetting
from kiosk.counter.pins import BoardWay, Part, PinAsk
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import Slip
from kiosk.counter.staff import Role, Staff

USER, SIGN = Usage.USER_AUTH, Usage.SIGNING
STAFF = Staff("officer-7", Role.OFFICER)
WAITING = Waiting(
    application="7c1e93f0a4b25d6897e0f1a2b3c4d5e6",
    version=14,
    state="notice-sent",
    name="見本　久",
    name_kana="ミホン　ヒサ",
    born="1948-03-31",
    address="見本県見本市本町一丁目2番3号",
)
LACKING = Lacking(
    lacks=("proxy", "holder-identity", "taker-identity", "reply", "letter-of-attorney", "pin-form"),
    proxy="not-supported",
    or_else_all=("identity-document", "letter-says-hard-to-go-out"),
    holder_would_do=("A+A", "A+B", "B+B+B+face"),
    taker_would_do=("A+A", "A+B"),
    expired=("driving-licence",),
)
HOSPITAL = Lacking(
    lacks=("proxy",),
    proxy="not-supported",
    bring=("diagnosis", "receipt", "hospital-plan", "fee-statement", "hospital-face"),
)
_NEW = HandOverCase(1, STAFF)
_PROXY = HandOverCase(
    number=1,
    staff=STAFF,
    coming=Coming.PROXY,
    search=(("search-born", "19480331"), ("search-name", "みほん　ひさ")),
    waiting=WAITING,
    why="aged-75",
    flags=frozenset({"reply", "letter-of-attorney"}),
    of_holder=(Document("care-insurance-card", "20280331"), Document("disability-book")),
    of_taker=(Document("driving-licence", "20300515"), Document("passport", "2031")),
)
_ADMITTED = replace(_PROXY, pins=(PinSetting.SEALED_FORM,), pin_setting=PinSetting.SEALED_FORM)
_CARD = replace(_ADMITTED, old_card=OldCard.HANDED_IN, card_present=True)
_PERSON = replace(
    HandOverCase(1, STAFF, coming=Coming.PERSON, waiting=WAITING, of_holder=(Document("passport"),)),
    pins=(PinSetting.SELF, PinSetting.HELPER_ASSISTED, PinSetting.STAFF_ON_REQUEST),
    pin_setting=PinSetting.SELF,
    old_card=OldCard.NONE,
)
_ELSEWHERE = Refusal("never-here", instead=(Place("municipal-counter"),))


def _of(case: HandOverCase, scene: at.Scene) -> HandOverCase:
    return replace(case, scene=scene)


SAMPLES: dict[str, HandOverCase] = {
    "begin": _of(_NEW, at.Begin()),
    "begin-away": _of(replace(_NEW, coming=Coming.PROXY), at.Begin(away=True)),
    "not-here": _of(replace(_NEW, coming=Coming.PROXY), at.NotHere(_ELSEWHERE, Slip.OUT)),
    "not-here-person": _of(replace(_NEW, coming=Coming.PERSON), at.NotHere(_ELSEWHERE, Slip.FAILED)),
    "find": _of(replace(_NEW, coming=Coming.PROXY), at.Find(problem="nobody-found")),
    "found": _of(_PROXY, at.Find()),
    "why": _of(replace(_PROXY, why="disabled"), at.Why()),
    "of-holder": _of(_PROXY, at.OfHolder()),
    "of-taker": _of(_PROXY, at.OfTaker()),
    "papers": _of(_PROXY, at.Papers()),
    "papers-lacking": _of(replace(_PROXY, offered=("letter-says-hard-to-go-out",)), at.Papers(LACKING)),
    "papers-hospital": _of(replace(_PROXY, why="long-in-hospital", offered=HOSPITAL.bring), at.Papers(HOSPITAL)),
    "papers-judging": _of(replace(_PROXY, flight=Flight(1, Admit(_PROXY.judged()))), at.Papers()),
    "papers-away": _of(replace(_PROXY, flight=Flight(1, Admit(_PROXY.judged()), away=True)), at.Papers()),
    "ready": _of(replace(_PERSON, old_card=None, pin_setting=None), at.Ready()),
    "ready-form": _of(_ADMITTED, at.Ready()),
    "await": _of(_PERSON, at.AwaitCard()),
    "await-gone": _of(_PERSON, at.AwaitCard(CardTrouble.GONE)),
    "await-others": _of(replace(_PERSON, card_present=True), at.AwaitCard(CardTrouble.OTHERS)),
    "comparing": _of(replace(_PERSON, card_present=True, flight=Flight(3, CompareCard(b""))), at.Comparing()),
    "comparing-away": _of(
        replace(_PERSON, card_present=True, flight=Flight(3, CompareCard(b""), away=True)), at.Comparing()
    ),
    "by-eye": _of(replace(_PERSON, card_present=True), at.ByEye(b"")),
    "reading": _of(replace(_PERSON, card_present=True), at.ReadingCard()),
    "pin-user": _of(_PERSON, at.Typing(PinAsk(USER, Part.NEW), 2)),
    "pin-user-differ": _of(_PERSON, at.Typing(PinAsk(USER, Part.NEW), differ=True)),
    "pin-user-big": _of(replace(_PERSON, way=BoardWay.BIG), at.Typing(PinAsk(USER, Part.AGAIN), 1)),
    "pin-signing": _of(_PERSON, at.Typing(PinAsk(SIGN, Part.NEW), 7)),
    "weak": _of(replace(_PERSON, asks=(PinAsk(USER, Part.NEW),)), at.Weak(USER, frozenset({Weakness.IN_A_ROW}), False)),
    "form-user": _of(_CARD, at.Typing(PinAsk(USER, Part.NEW), 3)),
    "form-signing": _of(_CARD, at.Typing(PinAsk(SIGN, Part.AGAIN), misshapen=True)),
    "setting": _of(replace(_PERSON, card_present=True), at.Setting()),
    "setting-form": _of(_CARD, at.Setting()),
    "closing": _of(replace(_CARD, todo=(Move("deliver"),), flight=Flight(4, Move("deliver"))), at.Closing()),
    "closing-away": _of(
        replace(_CARD, todo=(Move("deliver"),), flight=Flight(4, Move("deliver"), away=True)), at.Closing()
    ),
    "closing-no": _of(_CARD, at.Closing(Refusal("moved-meanwhile"))),
    "delivered": _of(_CARD, at.Delivered()),
    "delivered-person": _of(_PERSON, at.Delivered(Slip.OUT)),
}
"""By name; each scene at least once."""
