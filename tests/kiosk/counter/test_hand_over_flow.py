"""The case of a hand-over, pure: whatever happens in whatever order, it never raises, tells nothing personal and asks
nothing of anybody before it may."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card.model import SlotEvent, Usage
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.case import CaseEffect, CaseEffectFailed, CaseWaits, FieldTyped, Happening, IntoCustody, Resumed
from kiosk.counter.documents import DOCUMENTS, day_of
from kiosk.counter.effects import DeskTimer
from kiosk.counter.elsewhere import Place
from kiosk.counter.hand_over import effects as do
from kiosk.counter.hand_over import events as on
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.case import PACKAGE
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.counter.hand_over.values import CardTrouble, Lacking
from kiosk.counter.hand_over.words import CASES, FLAGS, Coming, OldCard, PinSetting
from kiosk.counter.numbers import number_of
from kiosk.counter.pins import PinHeld, PinMisshapen, PinsDiffer, PinWeak
from kiosk.counter.refusal import Refusal
from kiosk.counter.rules import DeskRules
from kiosk.counter.slips import SlipSettled
from kiosk.counter.staff import Role, Staff
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped
from kiosk.screens.counter.hand_over.samples import SAMPLES, WAITING

STAFF, RULES = Staff("officer-7", Role.OFFICER), DeskRules()
REFUSED = Refusal("never-here", instead=(Place("municipal-counter"),))

ANSWERS: dict[type[CaseEffect], Callable[[Any], list[Happening]]] = {
    do.AskAllowed: lambda _: [on.AllowedAnswered(1), on.AllowedAnswered(1, REFUSED), on.AllowedAnswered(1, away=True)],
    do.FindCard: lambda _: [
        on.FindAnswered(1, WAITING),
        on.FindAnswered(1, Refusal("nobody-found")),
        on.FindAnswered(1, None),
    ],
    do.Send: lambda effect: _of_send(effect),
    do.ReadCard: lambda _: [on.CardRead(1), on.CardRead(1, b"x"), *(on.CardLost(1, each) for each in CardTrouble)],
    do.SetPins: lambda _: [on.PinsSet(1), *(on.CardLost(1, each) for each in CardTrouble)],
    do.HoldPin: lambda _: [
        *(PinHeld(1), PinHeld(1), PinMisshapen(1), PinsDiffer(1)),
        *(PinWeak(1, frozenset(Weakness), refused) for refused in (False, True)),
    ],
    do.PrintGuide: lambda _: [SlipSettled(1, printed) for printed in (True, False)],
    do.PrintDone: lambda _: [SlipSettled(1, printed) for printed in (True, False)],
}


def _of_send(effect: do.Send) -> list[Happening]:
    silent = on.ServerSilent(1, effect.flight)
    refused = on.SendRefused(1, effect.flight, Refusal("moved-meanwhile"))
    if isinstance(effect.doing, do.Admit):
        lacked = on.Lacked(1, effect.flight, Lacking(("proxy",), "not-supported", ("diagnosis",)))
        pins = (("self", "helper-assisted"), ("sealed-form",), ("none",), ())
        admitted = [on.Admitted(1, effect.flight, 7, "notice-sent", each) for each in pins]
        return [lacked, refused, silent, *admitted]
    if isinstance(effect.doing, do.CompareCard):
        said = [on.SendRefused(1, effect.flight, Refusal(why)) for why in ("other-card", "by-eye")]
        return [on.Sent(1, effect.flight, 9, "reserved"), *said, refused, silent]
    return [on.Sent(1, effect.flight, 9, "reserved"), refused, silent]


TOUCHES: list[Happening] = [
    *(on.Touched(key) for key in on.Key),
    *(on.Chosen("coming", each.value) for each in Coming),
    *(on.Chosen("case", each) for each in CASES),
    *(on.Chosen("old-card", each.value) for each in OldCard),
    *(on.Chosen("pin-setting", each.value) for each in PinSetting),
    *(on.Marked("flag", each) for each in FLAGS),
    *(on.Marked("document", each) for each in DOCUMENTS),
    *(on.Marked("brought", each) for each in ("diagnosis", "nonsense")),
    *(FieldTyped(name, text) for name in ("search-name", "until-passport") for text in ("見本　久", "20300101", "")),
    FieldTyped("search-born", "19480331"),
    *(PinTyped(count) for count in (0, 4, 8)),
    *(SlotChanged(event) for event in SlotEvent),
    Resumed(Staff("officer-8", Role.OFFICER)),
    TimerFired(DeskTimer.CASE, 1),
    on.PinsSet(2),
    on.Sent(1, 99, 3, "delivered"),
]


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(sorted(SAMPLES)))
def test_it_never_raises_and_tells_nothing_personal(data: st.DataObject, sample: str) -> None:
    case: HandOverCase = SAMPLES[sample]
    pending: list[list[Happening]] = []
    for _ in range(40):
        answered: bool = data.draw(st.booleans())
        event: Happening = data.draw(st.sampled_from(pending.pop() if pending and answered else TOUCHES))
        case, effects = PACKAGE.advance(case, event, RULES)
        for effect in effects:
            if isinstance(effect, (CaseWaits, IntoCustody)):
                continue
            assert isinstance(effect, CaseEffect)
            known = ANSWERS.get(type(effect))
            if known is not None:
                pending.append([*known(effect), CaseEffectFailed(effect, by_server=False)])
        told = repr(case) + repr(effects) + case.mark
        for word in (WAITING.name, WAITING.address, WAITING.born, "aged-75", "disabled", "19480331"):
            assert word not in told
        if isinstance(case.scene, (at.Typing, at.Weak, at.Setting, at.ReadingCard, at.Comparing, at.ByEye)):
            assert not case.holdable


def _walk(*events: Happening) -> HandOverCase:
    case, _ = PACKAGE.begin(1, STAFF)
    for event in events:
        case, _ = PACKAGE.advance(case, event, RULES)
    return case


def test_nothing_is_asked_before_somebody_came() -> None:
    assert _walk(on.Touched(on.Key.NEXT)).scene == at.Begin()


def test_a_late_answer_of_another_case_changes_nothing() -> None:
    asked = (on.Chosen("coming", "proxy"), on.Touched(on.Key.NEXT))
    assert _walk(*asked, on.AllowedAnswered(2, REFUSED)).scene == at.Begin(asking=True)
    assert isinstance(_walk(*asked, on.AllowedAnswered(1, REFUSED)).scene, at.NotHere)


def test_what_was_judged_is_judged_anew_when_something_changes() -> None:
    admitted = SAMPLES["ready-form"]
    back, _ = PACKAGE.advance(admitted, on.Touched(on.Key.BACK), RULES)
    changed, _ = PACKAGE.advance(back, on.Marked("flag", "reply"), RULES)
    assert (changed.pins, changed.pin_setting) == ((), None)


def test_another_way_of_setting_pins_than_the_server_s_is_not_taken() -> None:
    ready = SAMPLES["ready"]
    stays, _ = PACKAGE.advance(ready, on.Chosen("pin-setting", "sealed-form"), RULES)
    assert stays.pin_setting is None


def test_nothing_is_written_before_the_server_knows_the_card() -> None:
    case, effects = PACKAGE.advance(SAMPLES["reading"], on.CardRead(1, b"x"), RULES)
    assert case.scene == at.Comparing()
    (sent,) = effects
    assert isinstance(sent, do.Send)
    assert sent.doing == do.CompareCard(b"x")
    others, does = PACKAGE.advance(case, on.SendRefused(1, sent.flight, Refusal("other-card")), RULES)
    assert others.scene == at.AwaitCard(CardTrouble.OTHERS)
    assert do.ReleaseCard(1) in does
    pulled, _ = PACKAGE.advance(case, SlotChanged(SlotEvent.REMOVED), RULES)
    late, does = PACKAGE.advance(pulled, on.Sent(1, sent.flight, 9, "reserved"), RULES)
    assert late.scene == at.AwaitCard(CardTrouble.GONE)
    assert not any(isinstance(each, (do.Send, do.SetPins)) for each in does)


def test_which_pins_are_typed() -> None:
    usages = [SAMPLES[name].usages for name in ("ready-form", "ready")]
    assert usages[0] == (Usage.USER_AUTH, Usage.SIGNING)


def test_a_number_and_a_day_as_people_write_them() -> None:
    number = "7C1E 93F0-A4B25D68 97E0F1A2B3C4D5E6"
    assert number_of(number) == "7c1e93f0a4b25d6897e0f1a2b3c4d5e6"
    assert number_of(number[:-1]) == number_of("g" * 32) == ""
    assert day_of("1948/03/31") == day_of("19480331") == "1948-03-31"
    assert day_of("1948-13-31") == day_of("1948") == ""
