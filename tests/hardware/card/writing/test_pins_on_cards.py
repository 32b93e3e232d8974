"""Changing and resetting PINs, cut anywhere; and no PIN is left behind anywhere (I11)."""

import contextlib
import pickle
import re
from collections.abc import Callable

import pytest

from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage, WrongPin
from hardware.card.virtual.persona import PIN, SIGNING_PIN, PersonaKind
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.commands import Purpose
from hardware.card.writing.model import OperatorDesk
from hardware.card.writing.normal_again import SwitchedBack, switch_back
from hardware.card.writing.pins import (
    InForce,
    PinSet,
    Unclear,
    reset_at_counter,
    settle,
)
from hardware.card.writing.procedure import Outcome
from hardware.card.writing.steps import Goal
from hardware.errors import CardError, CardGone, CardRefused, OperatorRefused
from hardware.keypad.pin import HolderPin
from tests.support.card_writing import HAS, KNOWS, MUNICIPAL, POSTAL, BreakingLine, Cut, WritingBench
from tests.support.cards import pin, signing_pin
from tests.support.pins_on_cards import change, reset_by_other_pin

NEW = {Usage.USER_AUTH: "8305", Usage.SIGNING: "PLANTED7SECRET99"}
OLD = {Usage.USER_AUTH: PIN, Usage.SIGNING: SIGNING_PIN}
USAGES = list(Usage)
OTHER = {Usage.USER_AUTH: Usage.SIGNING, Usage.SIGNING: Usage.USER_AUTH}


def typed(usage: Usage, characters: str) -> HolderPin:
    return pin(characters) if usage is Usage.USER_AUTH else signing_pin(characters)


def at_card(line: BreakingLine) -> tuple[JpkiSession, ApduCardWriter]:
    session = JpkiSession(line)
    return session, ApduCardWriter(line, session)


def desk(bench: WritingBench, operator: str = MUNICIPAL) -> OperatorDesk:
    return bench.terminal.sign_on(operator, KNOWS, HAS)


def change_it(bench: WritingBench, usage: Usage, line: BreakingLine) -> object:
    return change(at_card(line)[0], usage, typed(usage, OLD[usage]), typed(usage, NEW[usage]))


def reset_it(bench: WritingBench, usage: Usage, line: BreakingLine) -> object:
    other = OTHER[usage]
    return reset_by_other_pin(
        *at_card(line), desk(bench), "case-1", usage, typed(other, OLD[other]), typed(usage, NEW[usage])
    )


def counter_it(bench: WritingBench, usage: Usage, line: BreakingLine) -> object:
    return reset_at_counter(at_card(line)[1], desk(bench), "case-1", usage, typed(usage, NEW[usage]))


@pytest.mark.parametrize("usage", USAGES)
@pytest.mark.parametrize("do", [change_it, reset_it, counter_it])
def test_the_new_pin_is_in_force(usage: Usage, do: Callable[[WritingBench, Usage, BreakingLine], object]) -> None:
    bench = WritingBench()
    assert do(bench, usage, BreakingLine(bench.card)) == PinSet()
    assert bench.answers(usage, NEW[usage])
    assert not bench.answers(usage, OLD[usage])


@pytest.mark.parametrize("usage", USAGES)
def test_a_change_cut_at_every_command(usage: Usage) -> None:
    whole = WritingBench()
    line = BreakingLine(whole.card)
    change_it(whole, usage, line)
    found = set()
    for at in range(len(line.sent)):
        for how in (Cut.BEFORE, Cut.AFTER):
            bench = WritingBench()
            with contextlib.suppress(CardGone):
                assert change_it(bench, usage, BreakingLine(bench.card, at, how)) == Unclear()
            session = at_card(BreakingLine(bench.card))[0]
            which = settle(session, usage, typed(usage, NEW[usage]), typed(usage, OLD[usage]))
            assert which is not InForce.NEITHER
            assert bench.answers(usage, (NEW if which is InForce.NEW else OLD)[usage])
            assert at_card(BreakingLine(bench.card))[0].tries_left(usage) == (3 if usage is Usage.USER_AUTH else 5)
            found.add(which)
    assert found == {InForce.NEW, InForce.OLD}


@pytest.mark.parametrize("usage", USAGES)
@pytest.mark.parametrize("do", [reset_it, counter_it])
def test_a_reset_cut_at_every_command_is_done_again(
    usage: Usage, do: Callable[[WritingBench, Usage, BreakingLine], object]
) -> None:
    whole = WritingBench()
    line = BreakingLine(whole.card)
    do(whole, usage, line)
    for at in range(len(line.sent)):
        for how in (Cut.BEFORE, Cut.AFTER):
            bench = WritingBench()
            with pytest.raises(CardGone):
                do(bench, usage, BreakingLine(bench.card, at, how))
            assert do(bench, usage, BreakingLine(bench.card)) == PinSet()
            assert bench.answers(usage, NEW[usage])


def test_a_locked_pin_is_reset_and_has_all_its_tries() -> None:
    bench = WritingBench(PersonaKind.LOCKED)
    assert reset_it(bench, Usage.USER_AUTH, BreakingLine(bench.card)) == PinSet()
    assert bench.card.tries_left == 3


def test_a_wrong_pin_changes_nothing_and_costs_one_try() -> None:
    bench = WritingBench()
    session = at_card(BreakingLine(bench.card))[0]
    assert change(session, Usage.SIGNING, signing_pin("WRONG1"), signing_pin("NEWPIN1")) == WrongPin(4)
    session, writer = at_card(BreakingLine(bench.card))
    outcome = reset_by_other_pin(
        session, writer, desk(bench), "case-1", Usage.SIGNING, pin("0000"), signing_pin("NEWPIN1")
    )
    assert outcome == WrongPin(2)
    assert bench.answers(Usage.SIGNING)


def test_settling_never_locks_a_card() -> None:
    bench = WritingBench()
    session = at_card(BreakingLine(bench.card))[0]
    session.verify(pin("0000"))
    session.verify(pin("0000"))
    assert settle(session, Usage.USER_AUTH, pin("1111"), pin("2222")) is InForce.NEITHER
    assert bench.card.tries_left == 1


def test_a_post_office_does_not_reset_without_the_other_pin() -> None:
    bench = WritingBench()
    with pytest.raises(OperatorRefused, match="purpose"):
        reset_at_counter(
            at_card(BreakingLine(bench.card))[1], desk(bench, POSTAL), "case-1", Usage.USER_AUTH, pin("8305")
        )
    assert [(line.operator, line.allowed) for line in bench.terminal.noted] == [(POSTAL, False)]
    assert bench.answers()


def test_the_card_itself_wants_the_other_pin() -> None:
    bench = WritingBench()
    writer = at_card(BreakingLine(bench.card))[1]
    writer.let_on(Purpose.PIN_RESET, desk(bench).let_on(writer.operator_challenge(), Purpose.PIN_RESET, "case-1"))
    with pytest.raises(CardRefused, match="6982"):
        writer.set_pin(Usage.USER_AUTH, pin("8305"))


def test_there_and_back_on_one_day_cut_at_every_command() -> None:
    def back(bench: WritingBench, line: BreakingLine) -> SwitchedBack:
        return switch_back(at_card(line)[1], bench.certifier, desk(bench), "case-2", pin("8305"))

    def switched() -> WritingBench:
        bench = WritingBench()
        assert bench.carry_out(Goal.FACE_AUTH, Usage.SIGNING) is Outcome.DONE
        return bench

    bench = switched()
    line = BreakingLine(bench.card)
    assert back(bench, line) is SwitchedBack.DONE
    for at in range(len(line.sent)):
        for how in (Cut.BEFORE, Cut.AFTER):
            bench = switched()
            with pytest.raises(CardGone):
                back(bench, BreakingLine(bench.card, at, how))
            assert back(bench, BreakingLine(bench.card)) is SwitchedBack.DONE
            assert bench.card.memory.annotations == ["顔認証", "顔認証解除"]
            assert bench.answers(typed="8305")
    assert bench.carry_out(Goal.NEW_X509, Usage.SIGNING, number="case-3") is Outcome.DONE
    assert bench.is_tidy(Usage.SIGNING)


@pytest.mark.parametrize("lines", [0, 1])
def test_a_full_annotation_field_stops_the_switch_before_anything_is_done(lines: int) -> None:
    bench = WritingBench(lines=lines)
    outcome = bench.carry_out(Goal.FACE_AUTH, Usage.SIGNING)
    if lines:
        assert outcome is Outcome.DONE
        back = switch_back(at_card(BreakingLine(bench.card))[1], bench.certifier, desk(bench), "case-2", pin("8305"))
        assert back is SwitchedBack.NO_LINE_LEFT
        assert bench.card.memory.face_auth
    else:
        assert outcome is Outcome.NO_LINE_LEFT
        assert bench.answers()
        assert bench.answers(Usage.SIGNING)


def test_a_card_whose_user_auth_x509_is_revoked_is_not_switched_back() -> None:
    bench = WritingBench()
    bench.carry_out(Goal.FACE_AUTH, Usage.SIGNING)
    bench.certifier.revoke(Usage.USER_AUTH, bench.in_use(Usage.USER_AUTH))
    back = switch_back(at_card(BreakingLine(bench.card))[1], bench.certifier, desk(bench), "case-2", pin("8305"))
    assert back is SwitchedBack.NO_USER_AUTH_X509


def test_a_face_authentication_card_is_renewed_without_a_pin() -> None:
    bench = WritingBench(PersonaKind.FACE_AUTH)
    assert bench.carry_out(Goal.NEW_X509, Usage.USER_AUTH) is Outcome.DONE
    assert bench.is_tidy(Usage.USER_AUTH)
    assert bench.carry_out(Goal.NEW_X509, Usage.SIGNING) is Outcome.CLOSED_TO_SIGNING


@pytest.mark.parametrize("usage", USAGES)
def test_i11_a_planted_pin_is_in_no_fault_note_or_repr(usage: Usage, caplog: pytest.LogCaptureFixture) -> None:
    planted, told = NEW[usage], list[str]()
    whole = WritingBench()
    line = BreakingLine(whole.card)
    change_it(whole, usage, line)
    for at in range(len(line.sent) + 1):
        bench = WritingBench()
        old, new = typed(usage, OLD[usage]), typed(usage, planted)
        given = False
        try:
            session = at_card(BreakingLine(bench.card, at, Cut.AFTER))[0]
            given = True
            change(session, usage, old, new)
        except CardError as fault:
            told += [repr(fault), str(fault), str(fault.__dict__), repr(fault.__cause__)]
        assert (old.is_wiped, new.is_wiped) == (given, given)
        told += [repr(bench.terminal.noted), repr(bench.card), repr(bench.card.memory), repr(bench.card.memory.pins)]
        told += [repr(old), str(new), f"{new}"]
    told.append(caplog.text)
    # Where an object lies in memory, its repr says too, and that may be any four digits.
    assert planted not in re.sub("0x[0-9a-f]+", "", "".join(told))


def test_i11_a_pin_can_not_be_put_away() -> None:
    with pytest.raises(TypeError, match="neither copied nor put away"):
        pickle.dumps(signing_pin())
