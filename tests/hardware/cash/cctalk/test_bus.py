"""One question, one answer: echo, losses and garbage on the wire, and what is never sent twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.bus import TRIES, Bus
from hardware.cash.cctalk.faults import NoReply, NotDone
from hardware.cash.cctalk.virtual.bus import Trouble
from hardware.cash.cctalk.virtual.machine import VirtualCashMachine
from tests.support.printer_clocks import JumpingClock

HOPPER = 6
ONE_COIN = (0x010200 + HOPPER).to_bytes(3, "little") + b"\x01"


def _bus(*, echo: bool = True) -> tuple[VirtualCashMachine, Bus]:
    clock = JumpingClock()
    machine = VirtualCashMachine(clock, echo=echo)
    return machine, Bus(machine.bus, clock, {40})


@pytest.mark.parametrize("echo", [True, False])
def test_everybody_says_who_they_are(echo: bool) -> None:
    _, bus = _bus(echo=echo)
    told = {address: bus.ask(address, headers.REQUEST_EQUIPMENT_CATEGORY) for address in (2, 40, HOPPER)}
    assert told == {2: b"Coin Acceptor", 40: b"Bill Validator", HOPPER: b"Payout"}


@pytest.mark.parametrize("what", Trouble)
def test_one_trouble_costs_a_question_nothing(what: Trouble) -> None:
    machine, bus = _bus()
    bus.ask(2, headers.SIMPLE_POLL)
    machine.bus.trouble(what)
    assert bus.ask(2, headers.REQUEST_EQUIPMENT_CATEGORY) == b"Coin Acceptor"
    assert bus.ask(40, headers.REQUEST_EQUIPMENT_CATEGORY) == b"Bill Validator"


@pytest.mark.parametrize("what", [Trouble.UNANSWERED, Trouble.SPOILED, Trouble.ECHO_SPOILED, Trouble.LATE])
def test_what_moves_money_is_sent_once_and_its_lost_answer_is_told(what: Trouble) -> None:
    machine, bus = _bus()
    bus.ask(HOPPER, headers.ENABLE_HOPPER, bytes([headers.ENABLE_CODE]))
    machine.bus.trouble(what, headers.DISPENSE_HOPPER_COINS)
    with pytest.raises(NoReply):
        bus.tell(HOPPER, headers.DISPENSE_HOPPER_COINS, ONE_COIN)
    assert machine.bus.commands[headers.DISPENSE_HOPPER_COINS] == 1


def test_a_peripheral_that_says_no_did_not_do_it() -> None:
    machine, bus = _bus()
    with pytest.raises(NotDone):
        bus.tell(HOPPER, headers.DISPENSE_HOPPER_COINS, ONE_COIN)
    assert machine.state().handed_out == 0


def test_nobody_there_is_asked_a_few_times_and_no_more() -> None:
    machine, bus = _bus()
    machine.coins.silent = True
    clock_before = machine.bus.commands.get(headers.SIMPLE_POLL, 0)
    with pytest.raises(NoReply):
        bus.ask(2, headers.SIMPLE_POLL)
    assert machine.bus.commands.get(headers.SIMPLE_POLL, 0) == clock_before
    for _ in range(TRIES):
        machine.bus.trouble(Trouble.UNHEARD)
    machine.coins.silent = False
    with pytest.raises(NoReply):
        bus.ask(2, headers.SIMPLE_POLL)
    bus.ask(2, headers.SIMPLE_POLL)


@given(st.binary(max_size=30), st.booleans())
def test_noise_before_a_question_changes_no_answer(noise: bytes, echo: bool) -> None:
    machine, bus = _bus(echo=echo)
    machine.bus.noise(noise)
    assert bus.ask(40, headers.REQUEST_EQUIPMENT_CATEGORY) == b"Bill Validator"
