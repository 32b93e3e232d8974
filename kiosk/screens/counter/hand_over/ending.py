"""The pages after whoever came was admitted: the old card, the PINs, the new card, the end. Of a PIN that somebody
chooses this window says that they are typing, and no more."""

from hardware.card.model import Usage
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.events import Chosen, Key, Touched
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.counter.hand_over.words import OldCard
from kiosk.counter.hand_over.writing import may_finish, settled
from kiosk.counter.pins import BoardWay, enough
from kiosk.counter.slips import Slip
from kiosk.screens.blocks import Block, Notice, Pair, Role, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import beside, rows_of
from kiosk.screens.counter.context import DeskBody, primary
from kiosk.screens.counter.hand_over.parts import Say, back, busy, key, onward, page, question
from kiosk.screens.desk_blocks import SecretEntry
from kiosk.screens.model import Action


def ready(say: Say, case: HandOverCase) -> DeskBody:
    """The old card, and how the PINs are set."""
    old = "" if case.old_card is None else case.old_card.value
    setting = "" if case.pin_setting is None else case.pin_setting.value
    pins: tuple[Block, ...]
    if len(case.pins) > 1:
        pins = question(say, "pin-setting", [each.value for each in case.pins], setting, columns=1, notes=True)
    else:
        pins = (Pair(label=say("ask.pin-setting"), text=say(f"pin-setting.{setting}"), gap=8),) if setting else ()
    return page(
        *(say, case, "ready"),
        Words(text=say("ready.admitted"), tone=Tone.SUCCESS, gap=3),
        *question(say, "old-card", [each.value for each in OldCard], old, columns=3),
        *pins,
        action=onward(say, ready=settled(case)),
    )


def await_card(say: Say, case: HandOverCase, scene: at.AwaitCard) -> DeskBody:
    """The new card belongs on the reader."""
    again = beside(key(say, Key.AGAIN, "read_again"), large=say.large) if case.card_present else ()
    return page(
        *(say, case, "await-card"),
        Words(text=say("await.text"), gap=5),
        *again,
        action=Action(
            back=None if case.card_present else back(say),
            primary=primary(say("await.waits"), Touched(Key.NEXT), ready=False),
        ),
        simulated=True,
        alert=say(f"trouble.{scene.trouble.value}") if scene.trouble is not None else "",
    )


def comparing(say: Say, case: HandOverCase) -> DeskBody:
    """The server holds the card against the application."""
    text = Words(text=say("comparing.text"), gap=5)
    if case.flight is not None and case.flight.away:
        again = Action(primary=primary(say("key.send_again"), Touched(Key.AGAIN)))
        return page(say, case, "comparing", text, action=again, alert=say("away"))
    return page(say, case, "comparing", text, action=busy(say, "comparing"))


def by_eye(say: Say, case: HandOverCase) -> DeskBody:
    """What is printed on the card is held against whose it must be."""
    found = case.waiting
    assert found is not None, "a card was found first"
    told = (("name", say.broken(found.name)), ("born", say.day(found.born)), ("address", say.broken(found.address)))
    return page(
        *(say, case, "by-eye"),
        Notice(text=say("by_eye.text"), gap=4),
        *(Pair(label=say(f"found.{name}"), text=text, gap=5) for name, text in told),
        action=Action(
            back=key(say, Key.BACK, "looks_wrong"), primary=primary(say("key.looks_right"), Touched(Key.LOOKS_RIGHT))
        ),
    )


def typing(say: Say, case: HandOverCase) -> DeskBody:
    """From the sealed form at the clerk's pad; else the resident types, and nothing of it is told here."""
    if case.from_form and isinstance(case.scene, at.Typing):
        return _from_form(say, case, case.scene)
    ways = tuple(
        Control(f"way-{way.value}", say(f"way.{way.value}"), Chosen("way", way.value), chosen=case.way is way)
        for way in BoardWay
    )
    return page(
        *(say, case, "typing"),
        Notice(text=say("typing.text"), gap=5),
        Words(text=say("ask.way"), role=Role.LABEL, gap=8),
        *rows_of(ways, 3, large=say.large),
        action=Action(
            back=key(say, Key.BACK, "stop"), primary=primary(say("typing.waits"), Touched(Key.NEXT), ready=False)
        ),
        simulated=True,
    )


def _from_form(say: Say, case: HandOverCase, scene: at.Typing) -> DeskBody:
    usage, part = scene.ask.usage, scene.ask.part
    problem = "differ" if scene.differ else f"misshapen.{usage.value}" if scene.misshapen else ""
    return page(
        *(say, case, "from-form"),
        Notice(text=say("from_form.text"), role=Role.LABEL, gap=4),
        SecretEntry(
            name=f"pin-{usage.value}-{part.value}",
            label=say(f"from_form.{usage.value}.{part.value}"),
            count=scene.typed,
            hint=say(f"from_form.hint.{usage.value}"),
            width=90 if usage is Usage.USER_AUTH else 130,
            gap=6,
            first=True,
        ),
        action=Action(
            back=key(say, Key.BACK, "stop"),
            primary=primary(say("key.pin_entered"), Touched(Key.PIN_ENTERED), ready=enough(scene.ask, scene.typed)),
        ),
        simulated=True,
        alert=say(f"from_form.{problem}") if problem else "",
    )


def working(say: Say, case: HandOverCase) -> DeskBody:
    """The card is read or written."""
    reading = isinstance(case.scene, at.ReadingCard)
    text = Words(text=say("working.text"), gap=5)
    return page(say, case, "reading" if reading else "setting", text, action=busy(say, "card"), simulated=True)


def closing(say: Say, case: HandOverCase, scene: at.Closing) -> DeskBody:
    """The municipality's server lets the card go, or says why not."""
    if scene.problem is not None:
        return page(
            *(say, case, "closing"),
            Words(text=say("closing.keep"), gap=5),
            action=Action(
                back=key(say, Key.FINISH, "leave", live=not case.card_present),
                primary=primary(say("key.from_start"), Touched(Key.BACK)),
            ),
            alert=say.known("closing.problem", scene.problem.reason),
        )
    if case.flight is not None and case.flight.away:
        return page(
            *(say, case, "closing"),
            Words(text=say("closing.not_yet"), gap=5),
            action=Action(primary=primary(say("key.send_again"), Touched(Key.AGAIN))),
            alert=say("away"),
        )
    return page(say, case, "closing", Words(text=say("closing.text"), gap=5), action=busy(say, "closing"))


def delivered(say: Say, case: HandOverCase, scene: at.Delivered) -> DeskBody:
    """What is still to be done by hand."""
    blocks: list[Block] = [Words(text=say("delivered.text"), tone=Tone.SUCCESS, gap=4)]
    if case.card_present:
        blocks.append(Notice(text=say("delivered.take_card"), gap=6))
    if case.from_form:
        blocks.append(Notice(text=say("delivered.reseal"), gap=6))
        once = None if scene.resealed else Touched(Key.RESEALED)
        sealed = Control("resealed", say("delivered.resealed"), once, chosen=scene.resealed)
        blocks += rows_of((sealed,), 1, large=say.large)
    if case.old_card is OldCard.HANDED_IN:
        blocks.append(Words(text=say("delivered.old_card"), gap=6))
    blocks.append(Notice(text=say(f"receipt.{scene.slip.value}"), role=Role.LABEL, gap=8))
    if scene.slip is Slip.FAILED:
        blocks += beside(key(say, Key.AGAIN, "print"), large=say.large)
    return page(
        *(say, case, "delivered"),
        *blocks,
        action=Action(
            primary=primary(say("key.finish"), Touched(Key.FINISH), ready=may_finish(case, scene)), ends=True
        ),
    )
