"""Visits whose money goes over a ccTalk bus: the note that waits in escrow, the change, a power cut, a hopper that
forgot."""

import pytest

from hardware.cash.model import CashProblem
from hardware.sensors.model import Place
from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import OutOfService
from tests.support.journey_cctalk import over_cctalk
from tests.support.journey_steps import Journey


def test_a_note_pays_and_change_comes_out_before_paper(j: Journey) -> None:
    cash = over_cctalk(j)
    j.comes_to(at.Pay)
    j.pays(1_000)
    j.settles()
    assert cash.bench.fallen == [500, 100, 100, 100]
    assert cash.bench.machine.state().box == 1_000
    j.sees("おつり 800円", "Change ¥800")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 1)


def test_whoever_changes_their_mind_gets_the_very_note(j: Journey) -> None:
    cash = over_cctalk(j)
    j.comes_to(at.Pay)
    j.inserts(1_000)
    assert cash.bench.machine.state().held == 1_000
    j.touches("back")
    assert j.takes(Place.CHANGE_TRAY) == [1_000]
    j.takes_everything()
    j.ends_at_start()
    assert j.issued == 0


@pytest.mark.parametrize(("seen", "unseen"), [((100,), (50, 50)), ((100,), (1_000,)), ((1_000,), ())])
def test_i7_the_program_ends_while_money_is_in(j: Journey, seen: tuple[int, ...], unseen: tuple[int, ...]) -> None:
    cash = over_cctalk(j)
    j.comes_to(at.Pay)
    j.inserts(*seen)
    for piece in unseen:
        assert cash.bench.machine.insert(piece)
    j.kiosk.cut()
    cash.bench.started()
    j.power_returns()
    j.settles()
    out = [piece for piece in j.takes(Place.CHANGE_TRAY) if isinstance(piece, int)]
    assert sum(out) == sum(seen) + sum(unseen)
    assert (1_000 in out) == (1_000 in seen + unseen)
    j.touches("primary")
    if all(any((piece < 1_000) is coin for piece in seen + unseen) for coin in (True, False)):
        j.ends_at_start()
    else:
        # An acceptor that stands at 0 may have begun anew meanwhile: somebody must count.
        j.ends_closed(OutOfService.CASH, says=("お金の機械を点検しています", "The cash unit is being checked"))
    assert j.issued == 0


def test_i7_the_power_goes_while_a_note_waits_and_nobody_confirms_a_debt(j: Journey) -> None:
    cash = over_cctalk(j)
    j.comes_to(at.Pay)
    j.inserts(1_000)
    j.kiosk.cut()
    cash.bench.machine.cut_power()
    cash.bench.machine.power()
    cash.bench.started()
    j.power_returns()
    j.settles()
    assert j.takes(Place.CHANGE_TRAY) == [1_000]
    # The validator gave the note back when it came up, and can't say so.
    occasions = [note.occasion for note in j.kiosk.journal.notes]
    assert Occasion.UNCONFIRMED_DEBT in occasions
    assert Occasion.DEBT not in occasions


def test_i7_whoever_has_their_sheets_is_promised_no_money_for_a_note_that_sticks_behind_them(j: Journey) -> None:
    cash = over_cctalk(j)
    j.comes_to(at.Confirm)
    j.touches("more-0", "more-0", "more-0", "more-0", "primary")
    j.takes_card()
    j.inserts(1_000)
    cash.bench.jam_when_kept()
    j.touches("primary")
    j.sees("お取りください", "Take")
    j.reads_slip("領収書", "1,000円")
    assert (j.issued, j.delivered) == (5, 5)
    (note,) = j.kiosk.journal.notes
    assert (note.occasion, note.yen) == (Occasion.UNCONFIRMED_FEE, 1_000)
    j.takes_everything()
    j.touches("primary")
    j.sees("お金の機械を点検しています", "The cash unit is being checked")
    assert (cash.state().stuck, cash.bench.handed_out()) == (1_000, 0)


@pytest.mark.parametrize("fallen", [0, 1])
def test_i7_a_hopper_that_forgot_is_a_debt_and_closes_the_machine(j: Journey, fallen: int) -> None:
    cash = over_cctalk(j)
    j.comes_to(at.Pay)

    def forget(_now: float) -> None:
        if len(cash.bench.fallen) > fallen:
            for hopper in cash.bench.machine.hoppers.values():
                hopper.begin_anew()

    cash.bench.clock.on_wait = forget
    j.pays(1_000)
    j.waits(60)
    cash.bench.clock.on_wait = lambda _now: None
    (note,) = (note for note in j.kiosk.journal.notes if note.occasion is Occasion.UNCONFIRMED_DEBT)
    assert note.yen + cash.bench.handed_out() >= 800
    assert cash.status().problems == {CashProblem.JAM}
    assert OutOfService.CASH in j.kiosk.state.out_of_service
    assert (j.issued, j.delivered) == (1, 1)
