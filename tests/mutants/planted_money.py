"""Faults about money (I7)."""

from collections.abc import Callable

from hardware.cash.cctalk import headers, hopper, till
from hardware.cash.cctalk.virtual.bus import Trouble
from kiosk.actions import cash, journal, recovery
from kiosk.actions.cashless import Settling
from kiosk.actions.charges import ChargeBook
from kiosk.actions.slips import SlipActions
from kiosk.flow import ending, money, pay, service
from kiosk.flow import scenes as at
from kiosk.flow.scenes import Scene
from kiosk.flow.touches import Key, Pressed
from tests.mutants.mutant import Family, Mutant, as_it_is, in_journey, with_deed
from tests.support.sim_cctalk import SimCctalk
from tests.support.sim_faults import under
from tests.support.sim_journeys import CASHLESS, JOURNEYS, ON_A_BUS, TWO_DOCUMENTS, Journey
from tests.support.sim_person import Person, Wish
from tests.support.sim_world import World
from tests.support.taking_out import Line

COINS_ON_A_BUS = next(each for each in JOURNEYS if each.name == "coins over ccTalk")
COINS = next(each for each in JOURNEYS if each.name.startswith("copies for coins"))
AFTER_A_NOTE_S, AFTER_A_SHEET_S = 1.5, 5.0
CUTS = "power cut at moment"


def _lose_the_answer_to_an_order(world: World, _: Person) -> None:
    assert isinstance(world.cash, SimCctalk)
    world.cash_always_spoke = False
    world.cash.machine.bus.trouble(Trouble.UNANSWERED, headers.DISPENSE_HOPPER_COINS)


def _later(world: World, seconds: float, deed: Callable[[], None]) -> None:
    world.time.after(seconds, deed)


def _full_disk_and_no_power(world: World, _: Person) -> None:
    under(world, at.Pay, lambda: setattr(world.store, "broken", True))
    under(world, at.Printing, lambda: _later(world, AFTER_A_SHEET_S, lambda: world.cut_power(10)))


def _cut_and_forget(world: World, _: Person) -> None:
    def strike() -> None:
        world.cash_always_spoke = False
        world.cut_power(10)
        world.cash.forget_money()

    under(world, at.Pay, lambda: _later(world, AFTER_A_NOTE_S, strike))


def _presses_on(person: Person, scene: Scene) -> bool:
    if isinstance(scene, at.Pay) and scene.held:
        person.touch(Pressed(Key.PRIMARY))
    return False


TOO_LITTLE = Journey("presses on before all is paid", Wish(("employer", "bank"), pieces=(100,)), mischief=_presses_on)

PLANTED = (
    Mutant(
        "a coin is credited twice by the bus driver",
        Family.MONEY,
        (Line(till.coin_in, "till.held + yen", "till.held + 2 * yen"),),
        as_it_is(COINS_ON_A_BUS),
    ),
    Mutant(
        "a coin is credited twice by the terminal",
        Family.MONEY,
        (Line(cash.CashActions.accept, "max(taken + event.amount, event.held)", "taken + event.held + event.amount"),),
        in_journey(COINS, "person cancels"),
    ),
    Mutant(
        "an order to pay is given again when its answer is lost",
        Family.MONEY,
        (Line(hopper.Hopper.dispense, "self._bus.tell", "self._bus.ask"),),
        with_deed(ON_A_BUS, "the answer to an order to pay is lost", _lose_the_answer_to_an_order),
    ),
    Mutant(
        "a payout that the power cut off is taken for none",
        Family.MONEY,
        (Line(recovery.Recovery._ask, "since == 1", "False"),),
        in_journey(TWO_DOCUMENTS, "power cut in a payout at screen"),
    ),
    Mutant(
        "neither the slots' opening nor a payout's beginning writes down how many payouts there were",
        Family.MONEY,
        (
            Line(cash.CashActions.accept, "payouts_begun(self.device)", "None"),
            Line(cash.pay_out, "journal.update(attempt, lambda visit: visit.model_copy(update=begun))", "None"),
        ),
        in_journey(TWO_DOCUMENTS, "power cut in a payout"),
    ),
    Mutant(
        "what came out of a payout is not written down",
        Family.MONEY,
        (Line(cash.pay_out, "journal.update(attempt, lambda visit: paid(visit, payout))", "None"),),
        in_journey(TWO_DOCUMENTS, CUTS, every=3),
    ),
    Mutant(
        "the journal is never written",
        Family.MONEY,
        (
            Line(journal.Journal._write, "self._log.append(entry)", "None"),
            Line(
                journal.Journal._begin_anew,
                "self._log.begin_anew(entries.checkpoint(self._moment(), (*told, ANEW), saved))",
                "None",
            ),
        ),
        in_journey(TWO_DOCUMENTS, CUTS, every=4),
    ),
    Mutant(
        "a write of the journal that failed counts as done",
        Family.MONEY,
        (Line(journal.Journal.works.fget, "self.writes and not self._cramped and not self.overdue", "True"),),  # type: ignore[attr-defined]
        with_deed(TWO_DOCUMENTS, "the disk is full from the payment on, the power goes", _full_disk_and_no_power),
    ),
    Mutant(
        "money that went in is not written down",
        Family.MONEY,
        (Line(cash.CashActions._took, "max(visit.held, taken)", "visit.held"),),
        with_deed(TWO_DOCUMENTS, "the power goes and the money device is reset", _cut_and_forget),
    ),
    Mutant(
        "the fee is kept for what never came out",
        Family.MONEY,
        (Line(money.earned, "each.outcome is Outcome.DELIVERED", "True"),),
        in_journey(TWO_DOCUMENTS, "jam on the"),
    ),
    Mutant(
        "documents are had for less than their fee",
        Family.MONEY,
        (
            Line(pay.pay, "scene.held < visit.fee", "scene.held < 1"),
            Line(pay.money_secured, "event.held < visit.held or event.held < visit.fee", "False"),
        ),
        as_it_is(TOO_LITTLE),
    ),
    Mutant(
        "a debt gets no slip",
        Family.MONEY,
        (
            Line(
                ending._fault,
                "(*_receipt(state, visit), print_slip(state, FaultSlip(report)))",
                "_receipt(state, visit)",
            ),
        ),
        in_journey(TWO_DOCUMENTS, "payout jams"),
    ),
    Mutant(
        "a debt that the power cut off gets no slip",
        Family.MONEY,
        (Line(service.recovered, "not event.reference", "True"),),
        in_journey(TWO_DOCUMENTS, "power cut in a payout"),
    ),
    Mutant(
        "a device that forgets what it held is believed",
        Family.MONEY,
        (
            Line(money._refunded, "forgot(visit.held, accounted)"),
            Line(money._refunded, "max(visit.held, accounted)", "accounted"),
            Line(money.holds, "forgot(visit.held, held)"),
        ),
        in_journey(TWO_DOCUMENTS, "forgets what it holds"),
    ),
    Mutant(
        "a slip says less than is owed",
        Family.MONEY,
        (Line(SlipActions._debt, "report.owed", "report.owed - 100"),),
        in_journey(TWO_DOCUMENTS, "payout jams"),
    ),
    Mutant(
        "a charge is not in the journal when it is asked for",
        Family.MONEY,
        (Line(ChargeBook.open, "(*saved.charges, charge)", "saved.charges"),),
        in_journey(CASHLESS, CUTS, every=3),
    ),
    Mutant(
        "what was paid without cash counts as paid back, and is not",
        Family.MONEY,
        (Line(Settling.settle, "paid_back(self.terminal, asked, owed, self.clock, within_s)", "owed"),),
        in_journey(CASHLESS, "jam on the"),
    ),
    Mutant(
        "what is owed is told as less",
        Family.MONEY,
        (Line(money.owed, "visit.change.paid", "visit.change.asked"),),
        in_journey(TWO_DOCUMENTS, "payout jams"),
    ),
)
