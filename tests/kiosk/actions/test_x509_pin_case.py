"""Every procedure of the clerk's case on a virtual card; and cut at every command: what the case says of the card is
true, and the same case repairs it."""

import gc
import pickle
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from hardware.card.model import Usage
from hardware.card.virtual.memory import FACE_AUTH_LINE
from hardware.card.virtual.persona import PersonaKind
from hardware.card.writing.commands import Beside
from hardware.card.writing.model import Standing as AtIssuer
from hardware.keypad.pin_rules import PinPolicy, Weakness
from kiosk.counter.case import Resumed
from kiosk.counter.pins import Part, PinAsk
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.events import CardTrouble
from kiosk.counter.x509_pin.touches import Do
from kiosk.counter.x509_pin.values import WhyNot, Wish
from tests.support.card_writing import POSTAL, BreakingIssuer, WritingBench
from tests.support.x509_counter import BOTH, CHOSEN, KNOWN, STAFF, CardCounter, counter_with, finished

USER, SIGN = Usage.USER_AUTH, Usage.SIGNING


def test_a_renewal_of_both(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    before = {usage: c.bench.in_use(usage) for usage in BOTH}
    c.chooses(Wish.RENEW, BOTH).puts_card()
    assert c.asked() == PinAsk(USER, Part.CURRENT)
    c.types_all()
    assert finished(c.case) is at.Ending.DONE
    for usage in BOTH:
        assert c.bench.in_use(usage) != before[usage]
        assert c.bench.standing(usage, before[usage]) is AtIssuer.REVOKED
        assert c.bench.is_tidy(usage)
        assert c.bench.answers(usage)
    text = c.printed()
    assert "手続きの控え" in text
    assert c.case.mark in text
    assert "模擬" in text
    c.pulls_card().does(Do.END)
    assert c.case.over
    c.restart()
    assert isinstance(c.now(), at.Choosing), "nothing is left open"


def test_a_revocation(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    before = c.bench.in_use(SIGN)
    c.chooses(Wish.REVOKE, BOTH[1:]).puts_card()
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.in_use(SIGN) == b""
    assert c.bench.standing(SIGN, before) is AtIssuer.REVOKED
    assert c.bench.answers(USER)


def test_an_issue_of_a_signing_x509_chooses_its_pin_by_the_other(tmp_path: Path) -> None:
    c = counter_with(tmp_path, PersonaKind.CHILD)
    c.chooses(Wish.ISSUE, BOTH[1:]).puts_card()
    assert c.asked() == PinAsk(USER, Part.CURRENT)
    c.types_all()
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.answers(SIGN, CHOSEN[SIGN])
    assert c.bench.is_tidy(SIGN)


def test_an_expired_one_is_issued_anew_with_its_pin(tmp_path: Path) -> None:
    c = counter_with(tmp_path, PersonaKind.EXPIRED)
    c.chooses(Wish.ISSUE, BOTH).puts_card().types_all()
    assert finished(c.case) is at.Ending.DONE
    assert all(c.bench.answers(usage) for usage in BOTH)


@pytest.mark.parametrize("usage", BOTH)
def test_a_pin_is_changed(tmp_path: Path, usage: Usage) -> None:
    c = counter_with(tmp_path)
    c.chooses(Wish.CHANGE_PIN, (usage,)).puts_card().types_all()
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.answers(usage, CHOSEN[usage])


@pytest.mark.parametrize("usage", BOTH)
def test_a_pin_is_reset_by_the_other(tmp_path: Path, usage: Usage) -> None:
    c = counter_with(tmp_path, operator=POSTAL)
    c.chooses(Wish.RESET_PIN, (usage,)).puts_card()
    assert c.asked() == PinAsk(SIGN if usage is USER else USER, Part.CURRENT)
    c.types_all()
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.answers(usage, CHOSEN[usage])


def test_who_knows_neither_is_sent_to_the_municipality_or_helped_there(tmp_path: Path) -> None:
    post = counter_with(tmp_path, operator=POSTAL)
    post.chooses(Wish.RESET_PIN, BOTH).puts_card()
    assert post.why_not() is WhyNot.BOTH_PINS_UNKNOWN
    assert "お住まいの市区町村の窓口" in post.printed()
    assert post.bench.answers(USER), "nobody typed anything, nothing was changed"

    hall = counter_with(tmp_path)
    hall.chooses(Wish.RESET_PIN, BOTH).puts_card()
    assert hall.asked() == PinAsk(USER, Part.NEW)
    hall.types_all()
    assert finished(hall.case) is at.Ending.DONE
    assert all(hall.bench.answers(usage, CHOSEN[usage]) for usage in BOTH)


def test_face_authentication_and_back_on_the_same_day(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    signing = c.bench.in_use(SIGN)
    c.chooses(Wish.FACE_AUTH_ON).puts_card()
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.card.memory.annotations == [FACE_AUTH_LINE]
    assert c.bench.standing(SIGN, signing) is AtIssuer.REVOKED
    c.pulls_card().does(Do.END)
    c.restart()
    c.chooses(Wish.FACE_AUTH_OFF).puts_card().types_all()
    assert finished(c.case) is at.Ending.DONE
    assert not c.bench.card.memory.face_auth
    assert c.bench.answers(USER, CHOSEN[USER])
    assert len(c.bench.card.memory.annotations) == 2


def test_a_full_annotation_field_stops_it_before_anything_is_done(tmp_path: Path) -> None:
    c = counter_with(tmp_path, lines=0)
    c.chooses(Wish.FACE_AUTH_ON).puts_card()
    assert c.why_not() is WhyNot.NO_LINE_LEFT
    assert all(c.bench.answers(usage) for usage in BOTH)


def test_a_postal_operator_is_not_let_on_for_face_authentication(tmp_path: Path) -> None:
    c = counter_with(tmp_path, operator=POSTAL)
    c.chooses(Wish.FACE_AUTH_ON).puts_card()
    assert isinstance(c.now(), at.Declined)
    assert all(c.bench.answers(usage) for usage in BOTH)


def test_weak_pins_are_warned_about_or_refused(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    c.chooses(Wish.CHANGE_PIN).puts_card().types(KNOWN[USER]).types("1234")
    assert c.now() == at.Weak(USER, frozenset({Weakness.IN_A_ROW}), refused=False)
    c.does(Do.KEEP_PIN).types("1234")
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.answers(USER, "1234")

    strict = counter_with(tmp_path, policy=PinPolicy(refuses_weak=True))
    strict.chooses(Wish.CHANGE_PIN).puts_card().types(KNOWN[USER]).types("1111")
    assert strict.now() == at.Weak(USER, frozenset({Weakness.ALL_SAME}), refused=True)
    strict.does(Do.KEEP_PIN)
    assert isinstance(strict.now(), at.Weak)
    strict.does(Do.OTHER_PIN).types("8305").types("8306")
    assert strict.now() == at.Typing(PinAsk(USER, Part.NEW), differ=True)
    strict.types("8305").types("8305")
    assert strict.bench.answers(USER, "8305")


def test_what_is_no_signing_pin_is_told(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    c.chooses(Wish.CHANGE_PIN, BOTH[1:]).puts_card().types(KNOWN[SIGN]).types("ABCDEF")
    assert c.now() == at.Typing(PinAsk(SIGN, Part.NEW), misshapen=True)


def test_a_wrong_pin_costs_one_try_and_a_locked_one_is_told(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    c.chooses(Wish.RENEW).puts_card().types("9999")
    assert c.now() == at.Typing(PinAsk(USER, Part.CURRENT), tries_left=2, wrong=True)
    c.types("9999").types("9999")
    assert c.why_not() is WhyNot.PIN_LOCKED


def test_another_card_is_noticed_and_nothing_is_done_to_it(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    c.chooses(Wish.RENEW).puts_card()
    c.slot.pull_after(12)
    c.types_all().tells_card_gone()
    assert isinstance(c.now(), at.BrokenOff)
    own, fresh = c.bench.card, WritingBench(PersonaKind.LOCKED).card
    c.bench.card = fresh
    c.puts_card()
    assert isinstance(c.now(), at.AwaitCard | at.BrokenOff)
    assert fresh.memory.pairs[USER].beside.state is Beside.EMPTY
    c.pulls_card()
    c.bench.card = own
    c.puts_card().types_all()
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.is_tidy(USER)


def test_an_issuer_that_is_silent_is_asked_again(tmp_path: Path) -> None:
    whole = BreakingIssuer(counter_with(tmp_path).bench.certifier)
    c = counter_with(tmp_path)
    whole.to = c.bench.certifier
    c.issuer = whole
    c.restart()
    c.chooses(Wish.RENEW).puts_card().types_all()
    for call in range(whole.calls):
        for done in (False, True):
            c = counter_with(tmp_path)
            c.issuer = BreakingIssuer(c.bench.certifier, call, done)
            c.restart()
            c.chooses(Wish.RENEW).puts_card().types_all()
            scene = c.now()
            assert isinstance(scene, at.BrokenOff), call
            assert scene.trouble is CardTrouble.ISSUER_AWAY
            c.does(Do.RETRY).types_all()
            assert finished(c.case) is at.Ending.DONE
            assert c.bench.is_tidy(USER)


PROCEDURES = [
    (Wish.RENEW, BOTH[:1], PersonaKind.NORMAL),
    (Wish.RENEW, BOTH[1:], PersonaKind.NORMAL),
    (Wish.ISSUE, BOTH[1:], PersonaKind.CHILD),
    (Wish.REVOKE, BOTH[:1], PersonaKind.NORMAL),
    (Wish.CHANGE_PIN, BOTH[:1], PersonaKind.NORMAL),
    (Wish.RESET_PIN, BOTH[1:], PersonaKind.NORMAL),
    (Wish.FACE_AUTH_ON, BOTH[:1], PersonaKind.NORMAL),
    (Wish.FACE_AUTH_OFF, BOTH[:1], PersonaKind.FACE_AUTH),
]


@pytest.mark.parametrize("restarted", [False, True], ids=["pulled", "power-cut"])
@pytest.mark.parametrize(("wish", "usages", "kind"), PROCEDURES, ids=lambda each: getattr(each, "value", None))
def test_cut_at_every_command_the_case_repairs_it(
    tmp_path: Path, wish: Wish, usages: tuple[Usage, ...], kind: PersonaKind, *, restarted: bool
) -> None:
    for at_command in range(400):
        c = counter_with(tmp_path, kind)
        (tmp_path / "card-cases.json").unlink(missing_ok=True)
        c.restart()
        c.chooses(wish, usages)
        c.slot.insert(c.bench.card)
        c.slot.pull_after(at_command)
        c.tells_of_card()
        c.types_all()
        if finished(c.case) is at.Ending.DONE and c.slot.card is not None:
            return
        told_true(c)
        if restarted:
            c.slot.pull()
            c.restart()
            if isinstance(c.now(), at.TakeUp):
                c.takes_up()
            else:
                c.chooses(wish, usages)
        else:
            c.tells_card_gone()
        c.puts_card()
        repaired(c)
        assert finished(c.case) in (at.Ending.DONE, at.Ending.UNDONE), (at_command, c.now())
        for usage in BOTH:
            assert c.bench.is_tidy(usage), at_command
    pytest.fail("it never came to its end")


def told_true(c: CardCounter) -> None:
    """What the case says of the card is so."""
    scene = c.now()
    if not isinstance(scene, at.BrokenOff):
        assert isinstance(scene, at.AwaitCard), scene
        return
    job = (c.case.jobs or (None,))[0]
    usage = getattr(job, "usage", USER)
    pair = c.bench.card.memory.pairs[usage]
    match scene.standing:
        case at.Standing.UNTOUCHED | at.Standing.OLD_IN_USE:
            assert pair.beside.state is not Beside.PREVIOUS
        case at.Standing.NEW_IN_USE:
            assert pair.in_use is not None
            assert c.bench.standing(usage, pair.x509) is AtIssuer.GOOD
        case _:
            pass


def repaired(c: CardCounter) -> None:
    """The resident types what is asked for, as somebody does who knows both PINs."""
    for _ in range(12):
        match c.now():
            case at.Typing(ask=ask, wrong=wrong):
                if ask.part in (Part.NEW, Part.AGAIN):
                    c.types(CHOSEN[ask.usage])
                else:
                    c.types((CHOSEN if wrong else KNOWN)[ask.usage])
            case at.Settled(old=True):
                c.does(Do.RETRY)
            case _:
                return


def test_i11_no_pin_reaches_an_event_a_state_an_effect_or_a_repr(tmp_path: Path) -> None:
    for wish, usages, kind in PROCEDURES:
        c = counter_with(tmp_path, kind)
        c.chooses(wish, usages).puts_card().types_all()
        planted = {*CHOSEN.values(), *KNOWN.values()}
        for each in (*c.seen, c.pads, c.pads.held, c.actions.cases):
            assert not any(pin in repr(each) for pin in planted), each
        for each in c.seen:
            if is_dataclass(each) and not isinstance(each, type):
                assert not planted & set(_texts(each))
                pickle.dumps(each)
        kept = (tmp_path / "card-cases.json").read_text() if (tmp_path / "card-cases.json").exists() else ""
        assert not any(pin in kept for pin in planted)
    gc.collect()


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list | frozenset):
        return [text for each in value for text in _texts(each)]
    if is_dataclass(value) and not isinstance(value, type):
        return [text for each in fields(value) for text in _texts(getattr(value, each.name))]
    return []


def test_a_case_put_aside_comes_back_after_another_and_is_not_offered_meanwhile(tmp_path: Path) -> None:
    c = counter_with(tmp_path)
    c.chooses(Wish.RENEW).puts_card()
    c.slot.pull_after(20)
    c.types_all().tells_card_gone()
    aside = c.case
    assert aside.holdable
    cases = c.actions.cases
    another = cases.open(2)
    assert cases.unfinished() == ()
    assert another.mark != aside.mark
    cases.erase(2)
    c.hears(Resumed(STAFF)).puts_card().types_all()
    assert finished(c.case) is at.Ending.DONE
    assert c.bench.is_tidy(USER)
