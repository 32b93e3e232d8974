"""The bench steers virtual devices: what each control does to them, and that what is on can be taken away again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hardware.cash.model import CashProblem
from hardware.cashless.model import Charge, Debited, NotDebited, Unclear, WhyNot
from hardware.cashless.virtual import CashlessState
from hardware.sensors.model import Place, Power
from kiosk.demo.bench.house import AWAY, SLOW, SteeredServer
from kiosk.demo.bench.panel import DemoBench
from kiosk.demo.playing.act_tray import ActTray
from kiosk.demo.stage.machine_left import put_back, write_down
from kiosk.demo.stage.site import DemoSite
from kiosk.demo.stage.things import Things, demo_devices
from kiosk.screens.bench import BenchControl, press
from printers.model import PrinterProblem, PrinterWarning


@dataclass(eq=False)
class Far:
    """A server of which only its standing still matters."""

    still: bool = False
    went_on: int = 0

    def pause(self) -> None:
        self.still = True

    def resume(self) -> None:
        self.still = False
        self.went_on += 1


@dataclass
class Desk:
    things: Things
    server: Far = field(default_factory=Far)
    ended: list[str] = field(default_factory=list)
    bench: DemoBench = field(init=False)

    def __post_init__(self) -> None:
        self.bench = DemoBench(
            things=self.things,
            cards=(),
            server=self.server,
            finish=lambda: self.ended.append("finish"),
            cut=lambda: self.ended.append("cut"),
        )

    def press(self, *names: str) -> None:
        for name in names:
            assert press(self.bench, f"bench-{name}"), name

    def control(self, name: str) -> BenchControl:
        (found,) = (each for group in self.bench.groups() for each in group.controls if each.name == f"bench-{name}")
        return found


def things_in(folder: Path) -> Things:
    return demo_devices(DemoSite(folder), ActTray(), pcsc=False, scripted=True)[1]


@pytest.fixture
def desk(tmp_path: Path, qapp: QGuiApplication) -> Iterator[Desk]:
    desk = Desk(things_in(tmp_path))
    yield desk
    if desk.control("server-slow").chosen:
        desk.press("server-slow")


def test_names_are_of_one_control_each(desk: Desk) -> None:
    names = [each.name for group in desk.bench.groups() for each in group.controls]
    assert len(names) == len(set(names))


def test_every_problem_of_the_page_printer_comes_and_goes(desk: Desk) -> None:
    for problem in set(PrinterProblem) - {PrinterProblem.PAPER_EMPTY, PrinterProblem.ASLEEP}:
        name = f"page-fault-{problem.value}"
        desk.press(name)
        assert problem in desk.things.pages.status().problems
        assert desk.control(name).chosen
        desk.press(name)
        assert desk.things.pages.status().ready


def test_the_page_printer_sleeps_over_a_fault_and_may_not_wake(desk: Desk) -> None:
    pages = desk.things.pages
    desk.press("page-fault-door-open", "sleep")
    assert pages.status().ready
    assert pages.wake().problems == {PrinterProblem.DOOR_OPEN}
    desk.press("mend", "page-fault-asleep")
    assert pages.wake().problems == {PrinterProblem.ASLEEP}
    desk.press("mend")
    assert pages.wake().ready


def test_toner_that_runs_low_is_told_and_stops_nothing(desk: Desk) -> None:
    desk.press("page-toner-low")
    status = desk.things.pages.status()
    assert status.ready
    assert status.warnings == {PrinterWarning.TONER_LOW}


def test_paper_and_silence_of_the_page_printer(desk: Desk) -> None:
    desk.press("paper")
    assert desk.things.pages.status().problems == {PrinterProblem.PAPER_EMPTY}
    assert desk.control("paper").label == "用紙を補充"
    desk.press("page-fault-silent", "mend")
    assert desk.things.pages.status().ready
    assert not desk.control("page-fault-silent").chosen


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("empty", PrinterProblem.PAPER_EMPTY),
        ("cover", PrinterProblem.DOOR_OPEN),
        ("cutter", PrinterProblem.CUTTER),
        ("silent", PrinterProblem.OFFLINE),
    ],
)
def test_faults_of_the_slip_printer(desk: Desk, name: str, problem: PrinterProblem) -> None:
    desk.press(f"slip-{name}", "slip-low")
    assert desk.things.slips.status().problems == {problem}
    assert desk.things.slips.status().paper_low
    desk.press("slip-mend")
    assert desk.things.slips.status().ready
    assert not desk.things.slips.status().paper_low


def test_what_the_payment_terminal_does_and_does_not(desk: Desk) -> None:
    payment = desk.things.payment
    desk.press("pay-declined")
    assert payment.debit(Charge("0a" * 16, 200), lambda: False) == NotDebited(WhyNot.DECLINED)
    desk.press("pay-answer", "pay-covered")
    assert payment.debit(Charge("0b" * 16, 200), lambda: False) == Unclear()
    desk.press("pay-request", "pay-covered")
    assert payment.debit(Charge("0c" * 16, 200), lambda: False) == Unclear()
    assert (payment.look("0b" * 16), payment.look("0c" * 16)) == (Debited(200), NotDebited(WhyNot.OFFLINE))
    desk.press("pay-offline")
    assert not payment.ready()
    assert desk.control("pay-offline").chosen
    desk.press("pay-offline")
    assert payment.ready()


def test_a_power_cut_takes_nothing_from_the_payment_terminal(tmp_path: Path, qapp: QGuiApplication) -> None:
    before, after = things_in(tmp_path), things_in(tmp_path)
    before.payment.present()
    before.payment.debit(Charge("0a" * 16, 600), lambda: False)
    before.payment.pay_back("0a" * 16, 200)
    write_down(tmp_path, before)
    put_back(tmp_path, after)
    assert after.payment.state() == before.payment.state() == CashlessState(600, 200)
    after.payment.present()
    assert after.payment.debit(Charge("0a" * 16, 600), lambda: False) == Debited(600)
    assert after.payment.state() == CashlessState(600, 200)


def test_change_runs_out_and_comes_back_and_no_yen_is_lost(desk: Desk) -> None:
    cash = desk.things.cash
    before = cash.state()
    desk.press("cash-change")
    assert CashProblem.NO_CHANGE in cash.status().problems
    desk.press("cash-change")
    assert cash.status().ready
    assert cash.state() == before


def test_faults_of_the_money_device_are_mended(desk: Desk) -> None:
    desk.press("cash-offline", "cash-full")
    assert desk.things.cash.status().problems >= {CashProblem.OFFLINE, CashProblem.FULL}
    desk.press("cash-mend")
    assert desk.things.cash.status().ready


def test_money_that_is_not_taken_lies_in_the_tray(desk: Desk) -> None:
    desk.press("yen-500")
    assert desk.things.around.lying(Place.CHANGE_TRAY) == (500,)
    desk.press("take-change-tray")
    assert not desk.things.around.occupied()


def test_the_person_goes_and_comes_back(desk: Desk) -> None:
    desk.press("person")
    assert not desk.things.around.present
    desk.press("person")
    assert desk.things.around.present


def test_what_is_around_is_steered_too(desk: Desk) -> None:
    desk.press("door", "sensors", "headphones")
    assert (desk.things.around.door_open, desk.things.around.silent) == (True, True)
    assert desk.things.headphones.plugged()
    desk.press("door", "sensors", "headphones")
    assert (desk.things.around.door_open, desk.things.around.silent) == (False, False)


def test_the_server_stands_still_and_goes_on(desk: Desk) -> None:
    for name in ("server", "server-slow"):
        desk.press(name)
        assert desk.server.still
        desk.press(name)
        assert not desk.server.still


def test_a_server_that_does_not_answer_does_not_begin_to_while_another_switch_is_pressed(desk: Desk) -> None:
    for beside in (("server", "server-slow"), ("server-slow", "server")):
        desk.press(*beside)
        assert desk.server.still
        desk.press("server-slow")
        assert desk.server.still
        desk.press("server")
        assert not desk.server.still


def test_a_server_that_was_slow_before_it_no_longer_answers_does_not_go_on(qtbot: QtBot) -> None:
    away, slow = Far(), Far()
    switches = {each: SteeredServer(each, stands_still_ms=2, goes_on_ms=2) for each in (away, slow)}
    for far in (away, slow):
        switches[far].settle(frozenset({SLOW}))
    qtbot.waitUntil(lambda: away.went_on > 0 and slow.went_on > 0)
    switches[away].settle(frozenset({SLOW, AWAY}))
    went_on, turns = away.went_on, slow.went_on
    qtbot.waitUntil(lambda: slow.went_on > turns + 2)
    assert (away.still, away.went_on) == (True, went_on)
    for far in (away, slow):
        switches[far].settle(frozenset())
        assert not far.still


@pytest.mark.parametrize(
    ("pressed", "power"),
    [
        ("battery", Power.BATTERY),
        ("battery-low", Power.LOW),
        ("battery-low battery-low", Power.MAINS),
        ("battery battery-low battery-low", Power.BATTERY),
        ("battery battery-low battery", Power.LOW),
        ("battery-low battery", Power.LOW),
        ("battery-low battery battery-low battery", Power.MAINS),
    ],
)
def test_the_power_comes_from_where_the_switches_say(desk: Desk, pressed: str, power: Power) -> None:
    desk.press(*pressed.split())
    assert desk.things.around.power is power
    assert desk.control("battery").chosen or desk.control("battery-low").chosen or power is Power.MAINS


def test_the_power_and_the_end(desk: Desk) -> None:
    desk.press("power", "finish")
    assert desk.ended == ["cut", "finish"]


def test_i7_what_lies_in_the_machine_outlives_a_power_cut(tmp_path: Path) -> None:
    before, after = things_in(tmp_path), things_in(tmp_path)
    before.cash.accept(200, lambda _: None)
    before.cash.insert(1000)
    before.cash.give_change(200)
    before.pages.refill(7)
    write_down(tmp_path, before, steps=3)
    assert put_back(tmp_path, after) == 3
    assert after.cash.state() == before.cash.state()
    assert after.cash.payouts() == before.cash.payouts()
    assert after.around.lying(Place.CHANGE_TRAY) == before.around.lying(Place.CHANGE_TRAY) == (500, 100, 100, 100)
    assert after.pages.sheets_available == 7


def test_where_no_power_was_cut_nothing_is_put_back(tmp_path: Path) -> None:
    assert put_back(tmp_path, things_in(tmp_path)) == 0
