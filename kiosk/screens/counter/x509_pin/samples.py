"""The case of X.509s and PINs in every scene, for pictures and for tests that measure screens. Nobody's data."""

from dataclasses import replace
from datetime import date

from hardware.card.model import Usage
from hardware.card.writing.model import Standing as AtIssuer
from hardware.card.writing.steps import Goal, Step
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.documents import Document
from kiosk.counter.elsewhere import COUNTER_AT_HOME
from kiosk.counter.pins import BoardWay, Part, PinAsk
from kiosk.counter.slips import Slip
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.events import CardTrouble, Says, Unfinished
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.values import CardSeen, Change, Job, PairSeen, WhyNot, Wish, Write

USER, SIGN = Usage.USER_AUTH, Usage.SIGNING
CARD = CardSeen(
    PairSeen(in_use=True, tries_left=3, standing=AtIssuer.GOOD, last_day=date(2026, 5, 20)),
    PairSeen(in_use=True, tries_left=5, standing=AtIssuer.GOOD, last_day=date(2026, 5, 20)),
)
SHOWN = (Document("individual-number-card"),)
_RENEWAL = Write(Goal.NEW_X509, USER)


def _case(
    scene: at.CaseScene,
    wish: Wish = Wish.RENEW,
    usages: tuple[Usage, ...] = (USER,),
    jobs: tuple[Job, ...] | None = (_RENEWAL,),
    asks: tuple[PinAsk, ...] = (),
    *,
    way: BoardWay = BoardWay.KEYS,
    written: bool = False,
    card_present: bool = True,
) -> X509PinCase:
    standing = getattr(scene, "standing", at.Standing.UNTOUCHED)
    return X509PinCase(
        number=1,
        scene=scene,
        mark="4Q7-K2M",
        wish=wish,
        usages=usages,
        way=way,
        card_present=card_present,
        card=CARD,
        jobs=jobs,
        asks=asks,
        written=written,
        standing=standing,
    )


def _typing(
    usage: Usage, part: Part, typed: int = 2, *, way: BoardWay = BoardWay.KEYS, wrong: bool = False
) -> X509PinCase:
    ask = PinAsk(usage, part)
    shown = part is Part.CURRENT
    scene = at.Typing(ask, typed, tries_left=(1 if wrong else 3) if shown else None, wrong=wrong)
    changing = part is not Part.CURRENT
    wish, jobs = (Wish.CHANGE_PIN, (Change(usage),)) if changing else (Wish.RENEW, (Write(Goal.NEW_X509, usage),))
    return _case(scene, wish, (usage,), jobs, (ask,), way=way)


def _broken(standing: at.Standing, trouble: CardTrouble, wish: Wish = Wish.RENEW) -> X509PinCase:
    back = standing in (at.Standing.OLD_IN_USE, at.Standing.OLD_OR_NEW)
    scene = at.BrokenOff(trouble, standing, back)
    return _case(scene, wish, written=True, card_present=trouble is CardTrouble.ISSUER_AWAY)


SAMPLES: dict[str, X509PinCase] = {
    "take-up": _case(at.TakeUp((Unfinished("4Q7-K2M", Wish.RENEW, (USER,), "2026-04-01T10:12"),))),
    "choosing": X509PinCase(1),
    "chosen": _case(at.Choosing(), Wish.RENEW, (USER, SIGN), None, card_present=False),
    "choosing-away": _case(at.Choosing(away=True), Wish.RESET_PIN, (SIGN,), None, card_present=False),
    "insurance": _case(at.AskInsurance(), Wish.FACE_AUTH_ON, jobs=None, card_present=False),
    "insurance-told": _case(at.AskInsurance(told=True), Wish.FACE_AUTH_ON, jobs=None, card_present=False),
    **{f"explained-{wish.value}": _case(at.Explained(), wish, jobs=None, card_present=False) for wish in Wish},
    "agreed": replace(_case(at.Explained(agreed=True), jobs=None, card_present=False), shown=SHOWN),
    "unproven": replace(
        _case(at.Explained(agreed=True, would_do=("A+A", "A+B"), expired=("passport",)), jobs=None),
        shown=(*SHOWN, Document("passport", "20260331")),
    ),
    "await": _case(at.AwaitCard(), jobs=None, card_present=False),
    "await-other": _case(at.AwaitCard(other=True), written=True, card_present=False),
    "reading": _case(at.ReadingCard(), jobs=None),
    "pin-user": _typing(USER, Part.CURRENT),
    "pin-user-wrong": _typing(USER, Part.CURRENT, 0, wrong=True),
    "pin-user-new": _typing(USER, Part.NEW, 4),
    "pin-user-big": _typing(USER, Part.NEW, way=BoardWay.BIG),
    "pin-user-one": _typing(USER, Part.NEW, way=BoardWay.ONE_BY_ONE),
    "pin-signing": _typing(SIGN, Part.CURRENT, 5),
    "pin-signing-new": _typing(SIGN, Part.NEW, 9),
    "pin-signing-big": _typing(SIGN, Part.NEW, 3, way=BoardWay.BIG),
    "pin-signing-one": _typing(SIGN, Part.AGAIN, 3, way=BoardWay.ONE_BY_ONE),
    "pin-signing-before": _typing(SIGN, Part.BEFORE, 0),
    "checking": _case(at.Checking(PinAsk(USER, Part.CURRENT)), asks=(PinAsk(USER, Part.CURRENT),)),
    "weak": _case(
        at.Weak(USER, frozenset({Weakness.IN_A_ROW}), refused=False), Wish.CHANGE_PIN, asks=(PinAsk(USER, Part.NEW),)
    ),
    "weak-refused": _case(
        *(at.Weak(SIGN, frozenset({Weakness.ALL_SAME, Weakness.BIRTH_DATE}), refused=True), Wish.CHANGE_PIN, (SIGN,)),
        asks=(PinAsk(SIGN, Part.NEW),),
    ),
    "working": _case(at.Working(Step.TRY_IT), written=True),
    "working-pin": _case(at.Working(), Wish.CHANGE_PIN, jobs=(Change(USER),), written=True),
    "broken-untouched": _case(
        at.BrokenOff(CardTrouble.GONE, at.Standing.UNTOUCHED, way_back=False), card_present=False
    ),
    "broken-old": _broken(at.Standing.OLD_IN_USE, CardTrouble.GONE),
    "broken-either": _broken(at.Standing.OLD_OR_NEW, CardTrouble.GONE),
    "broken-new": _broken(at.Standing.NEW_IN_USE, CardTrouble.ISSUER_AWAY),
    "broken-face": _broken(at.Standing.GOING_OUT, CardTrouble.GONE, Wish.FACE_AUTH_ON),
    "broken-pin": _broken(at.Standing.PIN_OLD_OR_NEW, CardTrouble.GONE, Wish.CHANGE_PIN),
    "declined": _case(at.Declined(Says.ISSUER, "resident-record", at.Standing.OLD_IN_USE, way_back=True), written=True),
    "settled": _case(at.Settled(USER, old=True), Wish.CHANGE_PIN),
    "settled-neither": _case(at.Settled(USER, old=False), Wish.CHANGE_PIN),
    **{
        f"not-here-{why.value}": _case(at.NotHere(why, (COUNTER_AT_HOME,), Slip.OUT), Wish.REVOKE, card_present=False)
        for why in WhyNot
        if why is not WhyNot.TOO_EARLY
    },
    "not-here-too-early": _case(at.NotHere(WhyNot.TOO_EARLY, (), Slip.OUT, date(2030, 12, 1))),
    **{f"finished-{wish.value}": _case(at.Finished(at.Ending.DONE, Slip.OUT), wish) for wish in Wish},
    **{
        f"finished-{ending.value}": _case(at.Finished(ending, Slip.PRINTING), card_present=False)
        for ending in (at.Ending.UNDONE, at.Ending.UNFIT, at.Ending.LEFT_OPEN)
    },
}
