"""What can go wrong at a post office, each as one deed done to the world at one moment."""

from collections.abc import Callable
from dataclasses import dataclass

from hardware.card.virtual.card import VirtualCard
from hardware.cashless.virtual import Lost
from hardware.sensors.model import Place, Power
from kiosk.flow.rules import SiteRules
from printers.model import PrinterProblem
from tests.support.sim_board import SimBoard
from tests.support.sim_cctalk import SimCctalk
from tests.support.sim_person import CANCEL, Person
from tests.support.sim_world import Site, World

SILENT_S = SiteRules().money_guard_s + 20
"""Longer than the terminal waits for money, not as long as staff need to come."""
APDUS = 60
"""More commands than a card gets in a visit of two documents."""
MOMENTS = 300
"""So many moments at which the power may go pass in a longer visit."""
FIRST_RESIDENT = "kengo"
AWAY_S, AWAY_LONG_S = 20.0, 400.0
"""Shorter than a resident waits for the payment terminal, and longer than anybody does."""
WIRE_CUT_S = (0.3, 3.0, 12.0, 70.0)
PIECES = 5
"""Of what a board and its terminal say to each other."""
JUMPS_S = (-5400.0, -600.0, -61.0, 61.0, 130.0, 1000.0, 5400.0)


def anywhere(_: Site) -> bool:
    return True


def over_cctalk(site: Site) -> bool:
    return site.cctalk


def with_payment(site: Site) -> bool:
    return site.cashless


def with_board(site: Site) -> bool:
    return site.board


@dataclass(frozen=True)
class Trouble:
    """`strikes` does it. `where`: sites that it can come up at. `by_lot`: when it strikes lies with chance, so that it
    is for stories, not for a fault at every step."""

    name: str
    strikes: Callable[[World, Person], None]
    where: Callable[[Site], bool] = anywhere
    by_lot: bool = False

    def __str__(self) -> str:
        return self.name

    def strike(self, world: World, person: Person) -> None:
        """It happens now, and is written down. A device on a bus may be in doubt after anything."""
        world.struck[self.name] += 1
        if world.site.cctalk:
            world.cash_always_spoke = False
        self.strikes(world, person)


def of_cctalk(name: str, strikes: Callable[[SimCctalk], object]) -> Trouble:
    """Trouble of a money device on a ccTalk bus."""

    def strike(world: World, _: Person) -> None:
        assert isinstance(world.cash, SimCctalk)
        strikes(world.cash)

    return Trouble(name, strike, where=over_cctalk)


def _swap_card(world: World, person: Person) -> None:
    """Somebody else's card lies there all at once."""
    if world.reader.card is not None:
        world.take_card()
        world.put_card("somebody else", other_card(world))
        person.has_card = True


def other_card(world: World) -> VirtualCard:
    """A valid card that nobody knows."""
    return VirtualCard(world.server.authority.issue(), world.entropy)


def _lose_reader(world: World, _: Person) -> None:
    world.reader.lose()
    world.time.after(10, world.reader.restore)


def _slow_card(world: World, _: Person) -> None:
    world.reader.slow(20)
    world.time.after(40, lambda: world.reader.slow(0))


def _silent_printer(world: World, *, printing_on: bool) -> None:
    world.printer.fall_silent(printing_on=printing_on)
    world.time.after(400, world.printer.answer_again)


def _silent_payout(world: World, _: Person) -> None:
    """The money device stops in the middle of its next payout, says nothing, and goes on later."""
    world.cash_always_spoke = False
    world.cash.at_piece(1, lambda: None, silent_s=SILENT_S)


def _cut_in_payout(world: World, *, forgets: bool) -> None:
    """The power goes in the middle of the next payout; the money device may have been reset by it."""

    def cut() -> None:
        world.time.after(0, lambda: world.cut_power(30))
        if forgets:
            world.cash_always_spoke = False
            world.time.after(0.1, world.cash.forget_payouts)

    world.cash.at_piece(1, cut)


def _cut_with_broken_device(world: World, _: Person) -> None:
    """The money device does not work when the power comes back."""
    world.cut_power(5)
    if not world.kiosk.alive:
        world.cash.broken = True


def _forget_money(world: World, _: Person) -> None:
    """The money device is reset by itself: what it held lies in its box, and it does not know."""
    world.cash_always_spoke = world.cash_always_spoke and not world.cash.state().held
    world.cash.forget_money()


def _on_battery(world: World, _: Person) -> None:
    world.surroundings.run_on(Power.BATTERY)
    world.time.after(90, lambda: world.surroundings.run_on(Power.MAINS))


def _battery_ends(world: World, person: Person) -> None:
    world.time.after(1, lambda: world.surroundings.run_on(Power.LOW))
    _on_battery(world, person)


def _door_open(world: World, _: Person) -> None:
    world.surroundings.open_door()
    world.time.after(60, world.surroundings.shut_door)


def _sensors_silent(world: World, _: Person) -> None:
    world.surroundings.fall_silent()
    world.time.after(60, world.surroundings.speak_again)


def _full_disk(world: World, _: Person) -> None:
    world.store.broken = True
    world.time.after(60, lambda: setattr(world.store, "broken", False))


def _no_slips(world: World, problem: PrinterProblem) -> None:
    world.slips_always_came = False
    world.slip_printer.fail(problem)


def _slip_jams(world: World, _: Person) -> None:
    world.slips_always_came = False
    world.slip_printer.fail_in_next_slip(PrinterProblem.JAM)


def _litter(world: World, _: Person) -> None:
    """Somebody puts a handbill into the tray."""
    world.surroundings.put(Place.SHEET_TRAY, "handbill")


def _walk_away(_: World, person: Person) -> None:
    person.leave()


def _note_sticks(world: World, _: Person) -> None:
    """What is held sticks on its way to where it is kept."""
    world.cash_always_spoke = False
    world.notes_may_stick = True
    world.cash.jam_when_kept()


def _pull_at_a_command(world: World, _: Person) -> None:
    world.reader.pull_after(world.chance.randrange(APDUS))


def _cut_at_a_moment(world: World, _: Person) -> None:
    """The power goes between two commands to devices, or around a write to the disk."""
    world.moments.arm(world.chance.randint(1, MOMENTS), lambda: world.cut_here(30))


def _clock_jumps(by_s: float) -> Callable[[World, Person], None]:
    def jump(world: World, _: Person) -> None:
        world.wall_off += by_s

    return jump


def _server_clock_jumps(by_s: float) -> Callable[[World, Person], None]:
    def jump(world: World, _: Person) -> None:
        world.server_off += by_s

    return jump


def _wire_cut(seconds: float) -> Callable[[World, Person], None]:
    def cut(world: World, _: Person) -> None:
        world.cash.go_away()
        world.time.after(seconds, world.cash.come_back)

    return cut


def _cut_and_printed_on(world: World, _: Person) -> None:
    """The printer has a power of its own, and prints on what it has."""
    world.printer.prints_on = True
    world.cut_power(10)


def of_payment(name: str, strikes: Callable[[World], object]) -> Trouble:
    """Trouble of the payment terminal."""
    return Trouble(name, lambda world, _: (strikes(world), None)[1], where=with_payment)


def payment_away(world: World, seconds: float) -> None:
    """Nobody reaches it for so long."""
    world.payment.fall_silent()
    world.time.after(seconds, world.payment.answer_again)


def _cut_and_payment_away(world: World) -> None:
    payment_away(world, AWAY_LONG_S)
    world.cut_power(10)


def of_board(name: str, strikes: Callable[[SimBoard], object], for_s: float = 0.0) -> Trouble:
    """Trouble of the sensor board's line; it ends after so long."""

    def strike(world: World, _: Person) -> None:
        assert world.board is not None
        strikes(world.board)
        if for_s:
            world.time.after(for_s, world.board.mend)

    return Trouble(name, strike, where=with_board)


def _lose(board: SimBoard) -> None:
    board.lost = PIECES


def _spoil(board: SimBoard) -> None:
    board.spoilt = PIECES


def _asleep(world: World, _: Person) -> None:
    """It says nothing of its door until it is woken."""
    world.printer.fail(PrinterProblem.DOOR_OPEN)
    world.printer.fall_asleep()


def _empty_hoppers(world: World, _: Person) -> None:
    world.cash.empty_hoppers()


def _pull(_: World, person: Person) -> None:
    person.pull_card()


TROUBLES = (
    Trouble("card pulled", _pull),
    Trouble("card pulled in mid-command", lambda world, _: world.reader.pull_after(3)),
    Trouble("card pulled at any command", _pull_at_a_command, by_lot=True),
    Trouble("power cut at any moment", _cut_at_a_moment, by_lot=True),
    *(Trouble(f"terminal's clock jumps by {by_s:.0f} s", _clock_jumps(by_s)) for by_s in JUMPS_S),
    *(Trouble(f"server's clock jumps by {by_s:.0f} s", _server_clock_jumps(by_s)) for by_s in JUMPS_S),
    Trouble("seal registration deleted", lambda world, _: world.cancel_seal(FIRST_RESIDENT)),
    Trouble("card mute", lambda world, _: world.reader.mute()),
    Trouble("card slow", _slow_card),
    Trouble("card swapped", _swap_card),
    Trouble("reader lost for 10 s", _lose_reader),
    Trouble("jam on the first sheet", lambda world, _: world.printer.jam_on_sheet(1)),
    Trouble("jam on the second sheet", lambda world, _: world.printer.jam_on_sheet(2)),
    Trouble("jam on the second sheet from now", lambda world, _: world.printer.jam_after(1)),
    Trouble("jam on the third sheet from now", lambda world, _: world.printer.jam_after(2)),
    Trouble("printer leaves the backs white", lambda world, _: world.printer.print_one_side()),
    Trouble("printer's door open", lambda world, _: world.printer.fail(PrinterProblem.DOOR_OPEN)),
    Trouble("printer asleep over an open door", _asleep),
    Trouble("slip roll ends soon", lambda world, _: world.slip_printer.run_low()),
    Trouble("one sheet of paper left", lambda world, _: world.printer.refill(1)),
    Trouble("no paper left", lambda world, _: world.printer.refill(0)),
    Trouble("printer silent", lambda world, _: _silent_printer(world, printing_on=False)),
    Trouble("printer silent, prints on", lambda world, _: _silent_printer(world, printing_on=True)),
    Trouble("no slip paper", lambda world, _: _no_slips(world, PrinterProblem.PAPER_EMPTY)),
    Trouble("next slip jams", _slip_jams),
    Trouble("slip printer away", lambda world, _: _no_slips(world, PrinterProblem.OFFLINE)),
    Trouble("next coin jams", lambda world, _: world.cash.jam_on_next_insert()),
    Trouble("money device away", lambda world, _: world.cash.go_away()),
    Trouble("note jams when it is kept", _note_sticks),
    Trouble("payout jams at once", lambda world, _: world.cash.fail_payout_after(0)),
    Trouble("payout jams after a piece", lambda world, _: world.cash.fail_payout_after(1)),
    Trouble("no change left", _empty_hoppers),
    Trouble("person walks away", _walk_away),
    Trouble("person cancels", lambda _, person: person.touch(*CANCEL)),
    Trouble("handbill in the tray", _litter),
    Trouble("on battery", _on_battery),
    Trouble("battery ends", _battery_ends),
    Trouble("cabinet opened", _door_open),
    Trouble("sensors silent", _sensors_silent),
    Trouble("power cut", lambda world, _: world.cut_power(30)),
    Trouble("power cut, printer prints on", _cut_and_printed_on),
    Trouble("money device silent in a payout", _silent_payout),
    Trouble("power cut in a payout", lambda world, _: _cut_in_payout(world, forgets=False)),
    Trouble("power cut in a payout, device reset", lambda world, _: _cut_in_payout(world, forgets=True)),
    Trouble("power cut, money device broken at start", _cut_with_broken_device),
    Trouble("money device forgets what it holds", _forget_money),
    Trouble("disk full for a minute", _full_disk),
    Trouble("one write to the disk fails", lambda world, _: world.store.failing.add(world.store.writes + 1)),
    Trouble("network away for a minute", lambda world, _: world.network.go_away(60)),
    *(Trouble(f"ccTalk wire cut for {for_s:g} s", _wire_cut(for_s), where=over_cctalk) for for_s in WIRE_CUT_S),
    of_cctalk("ccTalk answers lost", lambda cash: cash.lose_answers()),
    of_cctalk("ccTalk peripheral reset", lambda cash: cash.reset_one()),
    of_cctalk("note pulled out of the escrow", lambda cash: cash.pull_note()),
    of_cctalk("coin slot blocked", lambda cash: cash.machine.jam()),
    of_cctalk("coin on a string", lambda cash: cash.machine.cheat()),
    of_payment("debit's request lost", lambda world: world.payment.lose_next(Lost.REQUEST)),
    of_payment("debit's answer lost", lambda world: world.payment.lose_next(Lost.ANSWER)),
    of_payment("payment terminal away for a moment", lambda world: payment_away(world, AWAY_S)),
    of_payment("payment terminal away for long", lambda world: payment_away(world, AWAY_LONG_S)),
    of_payment("something uncovered is presented", lambda world: world.payment.present(covered=False)),
    of_payment("power cut, payment terminal away", _cut_and_payment_away),
    of_board("board's line cut for a moment", SimBoard.cut, 1.5),
    of_board("board's line cut", SimBoard.cut, 60.0),
    of_board("pieces of the board's line lost", _lose),
    of_board("pieces of the board's line spoilt", _spoil),
    of_board("board begins anew", SimBoard.begin_anew),
)


def at_home(site: Site) -> tuple[Trouble, ...]:
    """All that can come up at such a site."""
    return tuple(each for each in TROUBLES if each.where(site))
