"""What every `PaymentTerminal` promises. A real one joins the list with the rig that presents a card to it."""

from collections.abc import Callable
from typing import Protocol

import pytest

from hardware.cashless.certain import certain, paid_back
from hardware.cashless.model import Charge, Debited, NotDebited, PaymentTerminal, Unclear, WhyNot
from hardware.cashless.virtual import Lost, VirtualPaymentTerminal
from hardware.ports import Clock
from tests.support.sensor_board import MovedClock

CHARGE = Charge("0f" * 16, 600)
OTHER = Charge("a5" * 16, 200)


class Rig(Protocol):
    """A terminal, and hands that present cards and cut its line."""

    device: PaymentTerminal
    clock: Clock

    def present(self, *, covered: bool = True) -> None: ...

    def lose_request(self) -> None: ...

    def lose_answer(self) -> None: ...

    def cut(self) -> None: ...

    def mend(self) -> None: ...

    def balance(self) -> int:
        """Yen that holders have paid and did not get back."""
        ...


class VirtualRig:
    def __init__(self) -> None:
        self.clock = MovedClock()
        terminal = VirtualPaymentTerminal(self.clock)
        self.device = terminal
        self.present = terminal.present
        self.lose_request: Callable[[], None] = lambda: terminal.lose_next(Lost.REQUEST)
        self.lose_answer: Callable[[], None] = lambda: terminal.lose_next(Lost.ANSWER)
        self.cut = terminal.fall_silent
        self.mend = terminal.answer_again

    def balance(self) -> int:
        state = self.device.state()
        return state.debited - state.paid_back


@pytest.fixture(params=[VirtualRig])
def rig(request: pytest.FixtureRequest) -> Rig:
    made: Rig = request.param()
    return made


def never() -> bool:
    return False


def test_a_holder_pays(rig: Rig) -> None:
    rig.present()
    assert rig.device.debit(CHARGE, never) == Debited(CHARGE.yen)
    assert rig.balance() == 600
    assert rig.device.look(CHARGE.number) == Debited(CHARGE.yen)


def test_a_holder_without_cover_pays_nothing(rig: Rig) -> None:
    rig.present(covered=False)
    assert rig.device.debit(CHARGE, never) == NotDebited(WhyNot.DECLINED)
    assert rig.balance() == 0


def test_another_try_is_another_number(rig: Rig) -> None:
    rig.present(covered=False)
    rig.device.debit(CHARGE, never)
    rig.present()
    assert rig.device.debit(CHARGE, never) == NotDebited(WhyNot.DECLINED)
    assert rig.device.debit(OTHER, never) == Debited(OTHER.yen)
    assert rig.balance() == 200


def test_a_number_is_debited_once_however_often_it_is_asked(rig: Rig) -> None:
    for _ in range(3):
        rig.present()
        assert rig.device.debit(CHARGE, never) == Debited(CHARGE.yen)
    assert rig.balance() == 600


def test_nobody_who_comes_later_pays_for_what_was_given_up(rig: Rig) -> None:
    assert rig.device.debit(CHARGE, lambda: True) == NotDebited(WhyNot.GIVEN_UP)
    rig.present()
    assert rig.device.look(CHARGE.number) == NotDebited(WhyNot.GIVEN_UP)
    assert rig.balance() == 0


def test_nobody_is_waited_for_without_end(rig: Rig) -> None:
    assert rig.device.debit(CHARGE, never) == NotDebited(WhyNot.GIVEN_UP)


@pytest.mark.parametrize(("loses", "balance"), [("answer", 600), ("request", 0)])
def test_what_nobody_was_told_can_be_asked_for(rig: Rig, loses: str, balance: int) -> None:
    rig.present()
    (rig.lose_answer if loses == "answer" else rig.lose_request)()
    assert rig.device.debit(CHARGE, never) == Unclear()
    known = certain(rig.device, CHARGE, Unclear(), rig.clock, 30)
    assert isinstance(known, Debited if balance else NotDebited)
    assert rig.balance() == balance


@pytest.mark.parametrize("loses", ["answer", "request"])
@pytest.mark.parametrize(("covered", "known"), [(True, Debited(600)), (False, NotDebited(WhyNot.DECLINED))])
def test_what_is_lost_while_it_is_asked_again_changes_nothing(
    rig: Rig, loses: str, covered: bool, known: Debited | NotDebited
) -> None:
    rig.present(covered=covered)
    assert rig.device.debit(CHARGE, never) == known
    balance = rig.balance()
    (rig.lose_answer if loses == "answer" else rig.lose_request)()
    assert rig.device.debit(CHARGE, never) == Unclear()
    assert certain(rig.device, CHARGE, Unclear(), rig.clock, 30) == known
    assert rig.balance() == balance


def test_a_number_that_was_never_heard_of_is_burnt_by_asking(rig: Rig) -> None:
    """A request that is still under way somewhere must not debit what was taken for not debited."""
    assert isinstance(rig.device.look(CHARGE.number), NotDebited)
    rig.present()
    assert isinstance(rig.device.debit(CHARGE, never), NotDebited)
    assert rig.balance() == 0


def test_while_the_line_is_cut_nobody_knows_and_afterwards_everybody_does(rig: Rig) -> None:
    rig.present()
    rig.device.debit(CHARGE, never)
    rig.cut()
    assert not rig.device.ready()
    assert rig.device.look(CHARGE.number) == Unclear()
    assert certain(rig.device, CHARGE, Unclear(), rig.clock, 30) == Unclear()
    assert paid_back(rig.device, CHARGE, 600, rig.clock, 30) is None
    assert rig.balance() == 600
    rig.mend()
    assert certain(rig.device, CHARGE, Unclear(), rig.clock, 30) == Debited(CHARGE.yen)


def test_a_line_that_comes_back_in_time_is_enough(rig: Rig) -> None:
    rig.present()
    rig.lose_answer()
    assert rig.device.debit(CHARGE, never) == Unclear()
    assert certain(rig.device, CHARGE, Unclear(), rig.clock, 30) == Debited(CHARGE.yen)


def test_what_is_paid_back_is_a_sum_and_never_paid_twice(rig: Rig) -> None:
    rig.present()
    rig.device.debit(CHARGE, never)
    for _ in range(2):
        assert rig.device.pay_back(CHARGE.number, 200) == 200
    assert rig.balance() == 400
    assert paid_back(rig.device, CHARGE, 600, rig.clock, 30) == 600
    assert rig.balance() == 0
    assert rig.device.pay_back(CHARGE.number, 9_999) == 600


def test_nothing_is_paid_back_that_was_not_debited(rig: Rig) -> None:
    rig.present(covered=False)
    rig.device.debit(CHARGE, never)
    assert rig.device.pay_back(CHARGE.number, 600) == 0
    assert rig.device.pay_back(OTHER.number, 200) == 0
    assert rig.balance() == 0
