"""From whoever was admitted to the card that leaves: the old card, the PINs, the new card, the server, the last slip. A
card that is pulled away is asked for back, and its PINs are set anew from the first, whichever was set already."""

from dataclasses import replace

from kiosk.counter.case import CaseDoes, CaseWaits, IntoCustody
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.hand_over import sending
from kiosk.counter.hand_over.effects import ClearPads, CompareCard, HoldPin, PrintDone, ReadCard, ReleaseCard, SetPins
from kiosk.counter.hand_over.events import (
    CardLost,
    CardRead,
    Chosen,
    HandOverEvent,
    HandOverTouch,
    Key,
    PinsSet,
    SendRefused,
    Sent,
    Touched,
)
from kiosk.counter.hand_over.scenes import (
    AwaitCard,
    ByEye,
    Closing,
    Comparing,
    Delivered,
    Find,
    Papers,
    ReadingCard,
    Ready,
    Setting,
    Typing,
    Weak,
)
from kiosk.counter.hand_over.sending import Answer, Done
from kiosk.counter.hand_over.state import HandOverCase, at
from kiosk.counter.hand_over.values import CardTrouble
from kiosk.counter.hand_over.words import OldCard, PinSetting
from kiosk.counter.pins import (
    PATIENCE_S,
    BoardWay,
    Part,
    PinAsk,
    PinHeld,
    PinMisshapen,
    PinsDiffer,
    PinTaken,
    PinWeak,
    enough,
)
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import Slip, SlipSettled
from kiosk.flow.touches import PinTyped

Heard = HandOverEvent | PinTaken | SlipSettled | HandOverTouch | PinTyped


_OLD_CARDS = {each.value: each for each in OldCard}
_WAYS = {each.value: each for each in BoardWay}
_SETTINGS = {each.value: each for each in PinSetting}


def heard(case: HandOverCase, event: Heard) -> Done | None:
    """What these steps make of it; None when it is none of their own."""
    match case.scene:
        case Ready():
            return _at_ready(case, event)
        case AwaitCard() | ReadingCard() | Comparing() | ByEye() | Setting():
            return _at_card(case, event)
        case Typing() as scene:
            return _at_typing(case, scene, event)
        case Weak() as scene:
            return _at_weak(case, scene, event)
        case Closing() as scene:
            return _at_closing(case, scene, event)
        case Delivered() as scene:
            return _at_delivered(case, scene, event)
        case _:
            return None


def settled(case: HandOverCase) -> bool:
    """Whether old card and way of setting the PINs are known."""
    return case.old_card is not None and case.pin_setting is not None


def may_finish(case: HandOverCase, scene: Delivered) -> bool:
    """The card is in its new owner's hands, the form in custody, the slip settled."""
    return not case.card_present and scene.slip is not Slip.PRINTING and (scene.resealed or not case.from_form)


def card_put(case: HandOverCase) -> Done:
    """A card lies there."""
    if not isinstance(case.scene, AwaitCard):
        return case, ()
    return at(case, ReadingCard()), (ReadCard(case.number, writes=bool(case.usages)),)


def card_taken(case: HandOverCase) -> Done:
    """No card lies there."""
    if isinstance(case.scene, Comparing):
        # Its answer is waited for, so that the next step is not behind it; then the card is asked for anew.
        return at(case, Comparing(pulled=True)), let_go(case)
    if isinstance(case.scene, (ReadingCard, ByEye, Typing, Weak, Setting)):
        return lost(case, CardTrouble.GONE)
    return case, ()


def lost(case: HandOverCase, trouble: CardTrouble) -> Done:
    """Begins anew with the card: nothing of a PIN is kept meanwhile."""
    return at(replace(case, asks=()), AwaitCard(trouble)), let_go(case)


def compared(case: HandOverCase, event: Answer) -> Done:
    """What the server says of the card on the desk."""
    flight, pulled = case.flight, case.scene == Comparing(pulled=True)
    assert flight is not None
    assert isinstance(flight.doing, CompareCard)
    landed = replace(case, flight=None)
    match event:
        case Sent(version=version, state=state):
            landed = sending.moved(landed, version, state)
            return lost(landed, CardTrouble.GONE) if pulled else _is_the_one(landed)
        case SendRefused(refusal=Refusal("other-card")):
            return lost(landed, CardTrouble.OTHERS)
        case SendRefused(refusal=Refusal("by-eye")):
            return lost(landed, CardTrouble.GONE) if pulled else (at(landed, ByEye(flight.doing.x509)), ())
        case _:
            answered, does = sending.answered(case, event)
            return answered, (does if isinstance(answered.scene, Comparing) else (*let_go(case), *does))


def untouched(case: HandOverCase) -> Done:
    """Nobody typed for long: nothing of a PIN waits for whoever comes next."""
    return lost(case, CardTrouble.UNTOUCHED) if isinstance(case.scene, (Typing, Weak)) else (case, ())


def let_go(case: HandOverCase) -> tuple[CaseDoes, ...]:
    """Card and pads."""
    return ClearPads(case.number), ReleaseCard(case.number)


def _at_ready(case: HandOverCase, event: Heard) -> Done | None:
    match event:
        case Chosen("old-card", value) if value in _OLD_CARDS:
            return replace(case, old_card=_OLD_CARDS[value]), ()
        case Chosen("pin-setting", value) if _SETTINGS.get(value) in case.pins:
            return replace(case, pin_setting=_SETTINGS[value]), ()
        case Touched(Key.NEXT) if settled(case):
            return at(case, AwaitCard()), ()
        case Touched(Key.BACK):
            return at(case, Papers()), ()
        case _:
            return None


def _at_card(case: HandOverCase, event: Heard) -> Done | None:
    match event:
        case CardRead(x509=x509) if isinstance(case.scene, ReadingCard):
            return sending.compare(case, x509)
        case Touched(Key.AGAIN) if isinstance(case.scene, Comparing):
            return sending.again(case)
        case Touched(Key.LOOKS_RIGHT) if isinstance(case.scene, ByEye):
            return sending.compare(case, case.scene.x509, by_eye=True)
        case Touched(Key.BACK) if isinstance(case.scene, ByEye):
            return lost(case, CardTrouble.OTHERS)
        case CardLost(trouble=trouble) if isinstance(case.scene, (ReadingCard, Setting)):
            return lost(case, trouble)
        case PinsSet() if isinstance(case.scene, Setting):
            closed, does = sending.close(case)
            return closed, (*let_go(case), *does)
        case Touched(Key.AGAIN) if isinstance(case.scene, AwaitCard) and case.card_present:
            return card_put(case)
        case Touched(Key.BACK) if isinstance(case.scene, AwaitCard) and not case.card_present:
            return at(case, Ready()), ()
        case _:
            return None


def _is_the_one(case: HandOverCase) -> Done:
    if case.usages:
        return _ask(case, case.all_asks())
    closed, does = sending.close(case)
    return closed, (*let_go(case), *does)


def _ask(case: HandOverCase, asks: tuple[PinAsk, ...]) -> Done:
    if asks:
        return _waits(at(replace(case, asks=asks), Typing(asks[0])))
    return at(replace(case, asks=()), Setting()), (SetPins(case.number, case.usages),)


def _waits(case: HandOverCase) -> Done:
    return case, (CaseWaits(case.number, PATIENCE_S),)


def _at_typing(case: HandOverCase, scene: Typing, event: Heard) -> Done | None:
    match event:
        case PinTyped(count):
            return _waits(at(case, Typing(scene.ask, count)))
        case Chosen("way", value) if value in _WAYS:
            return replace(case, way=_WAYS[value]), ()
        case Touched(Key.PIN_ENTERED) if enough(scene.ask, scene.typed):
            return at(case, Typing(scene.ask)), (HoldPin(case.number, scene.ask, case.from_form),)
        case PinHeld():
            return _ask(case, case.asks[1:])
        case PinMisshapen():
            return _waits(at(case, Typing(scene.ask, misshapen=True)))
        case PinsDiffer():
            asks = (PinAsk(scene.ask.usage, Part.NEW), *case.asks)
            return _waits(at(replace(case, asks=asks), Typing(asks[0], differ=True)))
        case PinWeak(weaknesses=weaknesses, refused=refused):
            return _waits(at(case, Weak(scene.ask.usage, weaknesses, refused)))
        case Touched(Key.BACK):
            # The clerk's key: somebody can't go on, or wants another way.
            return at(replace(case, asks=()), Ready()), let_go(case)
        case _:
            return None


def _at_weak(case: HandOverCase, scene: Weak, event: Heard) -> Done | None:
    match event:
        case Touched(Key.KEEP_PIN) if not scene.refused:
            return _ask(case, case.asks[1:])
        case Touched(Key.OTHER_PIN):
            return _waits(at(case, Typing(case.asks[0])))
        case _:
            return None


def _at_closing(case: HandOverCase, scene: Closing, event: Heard) -> Done | None:
    match event:
        case Touched(Key.AGAIN) if scene.problem is None:
            return sending.again(case)
        case Touched(Key.BACK) if scene.problem is not None:
            # Somebody moved it meanwhile, or it has ended: it is looked for and judged anew.
            return replace(at(case, Find()), waiting=None, todo=(), pins=(), pin_setting=None), ()
        case Touched(Key.FINISH) if scene.problem is not None and not case.card_present:
            return replace(case, todo=(), over=True), ()
        case _:
            return None


def _at_delivered(case: HandOverCase, scene: Delivered, event: Heard) -> Done | None:
    match event:
        case SlipSettled():
            return at(case, replace(scene, slip=event.slip)), ()
        case Touched(Key.AGAIN) if scene.slip is Slip.FAILED and case.pin_setting is not None:
            return at(case, replace(scene, slip=Slip.PRINTING)), (
                PrintDone(case.number, case.mark, case.pin_setting.value),
            )
        case Touched(Key.RESEALED) if case.from_form and not scene.resealed:
            kept = IntoCustody(CustodyKind.SEALED_PIN_FORM, case.mark)
            return at(case, replace(scene, resealed=True)), (kept,)
        case Touched(Key.FINISH) if may_finish(case, scene):
            return replace(case, over=True), ()
        case _:
            return None
