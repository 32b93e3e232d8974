"""The line to the sensor board on a clock that stands still: silence in every shape is silence, garbage is nothing, and
a board that comes back is believed at once. The watchdog counts what was fed."""

from dataclasses import replace

import pytest

from hardware.sensors.board.codec import board_line, read_kiosk
from hardware.sensors.board.link import SILENT_AFTER_S, Link
from hardware.sensors.board.virtual import DEAF_AFTER_S, ON_AGAIN_AFTER_S, Cause, VirtualBoard
from hardware.sensors.board.words import FromBoard, Seen, Wanted
from hardware.sensors.model import Lamp, Place, Power
from hardware.sensors.virtual import VirtualSurroundings
from tests.support.sensor_board import MovedClock, Wire

SERVES = Wanted(Lamp.READY, watchdog_s=60)


class Line:
    """A board, the wire and the kiosk's end of it."""

    def __init__(self) -> None:
        self.clock = MovedClock()
        self.around = VirtualSurroundings()
        self.board = VirtualBoard(self.around, self.clock)
        self.wire = Wire(self.board, self.clock)
        self.link = Link(self.wire.open, self.clock, 0xFFFE)
        self.wanted = SERVES

    def runs(self, seconds: float, *, feeds: bool = False) -> Seen | None:
        """So much time passes; what the kiosk knows then."""
        end = self.clock.now + seconds
        seen = None
        while self.clock.now < end:
            if feeds:
                self.wanted = replace(self.wanted, fed=(self.wanted.fed + 1) % 256)
            seen = self.link.turn(self.wanted)
        return seen

    def machine_is_off(self, seconds: float) -> None:
        """The kiosk's program does nothing; the board goes on."""
        end = self.clock.now + seconds
        while self.clock.now < end:
            self.clock.wait(0.5)
            self.board.tick()


@pytest.fixture
def line() -> Line:
    return Line()


def test_a_board_is_believed_once_it_answered(line: Line) -> None:
    line.around.put(Place.SHEET_TRAY, "a sheet")
    assert line.runs(1) == Seen(frozenset({Place.SHEET_TRAY}))
    assert line.around.shown is Lamp.READY


def test_nothing_is_said_more_often_than_it_must(line: Line) -> None:
    line.runs(60)
    assert 55 <= len(line.wire.sent) <= 65


def silent(line: Line) -> None:
    line.around.fall_silent()


def cut_to_kiosk(line: Line) -> None:
    line.wire.to_kiosk = False


def cut_to_board(line: Line) -> None:
    line.wire.to_board = False


def spoiled(line: Line) -> None:
    line.wire.spoils = lambda data: data.replace(b"shut", b"open")


def unplugged(line: Line) -> None:
    line.wire.plugged = False


def flooded(line: Line) -> None:
    line.wire.spoils = lambda _: b"$B1 " * 1000


def repeats_itself(line: Line) -> None:
    """An old line, again and again: some buffer between here and there that nobody emptied."""
    last = read_kiosk(line.wire.sent[-1].strip())
    assert last is not None
    old = board_line(FromBoard(1, last.number, Seen()))
    line.wire.spoils = lambda _: old


def believes_another(line: Line) -> None:
    """Lines that answer what was never said here."""
    line.wire.spoils = lambda _: board_line(FromBoard(1, 0x1234, Seen()))


@pytest.mark.parametrize(
    "breaks",
    [silent, cut_to_kiosk, cut_to_board, spoiled, unplugged, flooded, repeats_itself, believes_another],
)
def test_silence_in_every_shape_is_silence(line: Line, breaks: object) -> None:
    assert callable(breaks)
    line.around.put(Place.SHEET_TRAY, "a sheet")
    line.runs(5)
    breaks(line)
    assert line.runs(SILENT_AFTER_S + 1.5) is None
    assert line.runs(60) is None
    line.around.take(Place.SHEET_TRAY)
    line.around.speak_again()
    line.wire.to_kiosk = line.wire.to_board = line.wire.plugged = True
    line.wire.spoils = lambda data: data
    assert line.runs(2.5) == Seen()


def test_one_line_that_is_lost_is_made_good_by_the_next(line: Line) -> None:
    line.runs(2)
    line.around.put(Place.CHANGE_TRAY, 500)
    line.wire.to_kiosk = False
    line.runs(0.5)
    line.wire.to_kiosk = True
    assert line.runs(1.5) == Seen(frozenset({Place.CHANGE_TRAY}))


def test_a_board_that_was_reset_shows_the_lamp_again(line: Line) -> None:
    line.runs(2)
    line.around.lamp(Lamp.OFF)
    line.wire.board = VirtualBoard(line.around, line.clock)
    assert line.runs(2) == Seen()
    assert line.around.shown is Lamp.READY


def test_a_port_that_is_not_there_yet_is_tried_once_a_second(line: Line) -> None:
    line.wire.plugged = False
    assert line.runs(10) is None
    line.wire.plugged = True
    assert line.runs(2) == Seen()
    assert line.wire.opened == 1


def test_a_kiosk_that_is_not_heard_shows_the_lamp_of_a_fault(line: Line) -> None:
    line.runs(2)
    line.machine_is_off(DEAF_AFTER_S + 1)
    assert line.around.shown is Lamp.FAULT


def test_a_kiosk_that_serves_is_never_restarted(line: Line) -> None:
    line.runs(600, feeds=True)
    assert line.board.cycles == []


def test_a_kiosk_that_speaks_but_does_not_serve_is_restarted_once(line: Line) -> None:
    line.runs(5, feeds=True)
    line.runs(59)
    assert line.board.cycles == []
    line.runs(2)
    assert line.board.cycles == [Cause.WATCHDOG]
    line.runs(600)
    assert line.board.cycles == [Cause.WATCHDOG]


def test_a_kiosk_that_says_nothing_any_more_is_restarted(line: Line) -> None:
    line.runs(5, feeds=True)
    line.machine_is_off(61)
    assert line.board.cycles == [Cause.WATCHDOG]


def test_a_kiosk_that_never_came_to_serve_is_left_alone(line: Line) -> None:
    line.runs(600)
    assert line.board.cycles == []


def test_a_program_that_ended_in_order_is_not_missed(line: Line) -> None:
    line.runs(5, feeds=True)
    line.link.end(Wanted())
    line.machine_is_off(600)
    assert line.board.cycles == []


@pytest.mark.parametrize("serves", [False, True])
def test_the_program_after_one_that_ended_in_order_begins_anew(line: Line, *, serves: bool) -> None:
    """It counts from 0 again, long after the last line of the one before it."""
    line.runs(5, feeds=True)
    line.link.end(replace(line.wanted, watchdog_s=0))
    line.machine_is_off(600)
    line.wanted = SERVES
    line.runs(1)
    line.runs(2, feeds=serves)
    line.runs(58)
    assert line.board.cycles == []
    line.runs(600)
    assert line.board.cycles == ([Cause.WATCHDOG] if serves else [])


def test_a_machine_that_does_not_come_to_serve_after_its_restart_is_left_alone(line: Line) -> None:
    line.runs(5, feeds=True)
    line.machine_is_off(61)
    assert line.board.cycles == [Cause.WATCHDOG]
    line.wanted = SERVES
    line.runs(600)
    assert line.board.cycles == [Cause.WATCHDOG]


def test_a_machine_that_was_switched_off_comes_back_with_the_mains(line: Line) -> None:
    line.runs(5, feeds=True)
    line.around.run_on(Power.LOW)
    line.link.end(Wanted(down=True))
    line.machine_is_off(ON_AGAIN_AFTER_S * 10)
    assert line.board.cycles == []
    line.around.run_on(Power.MAINS)
    line.machine_is_off(2)
    assert line.board.cycles == [Cause.ON_AGAIN]


def test_a_machine_that_was_switched_off_in_vain_comes_back_too(line: Line) -> None:
    """The mains came back while it was going down."""
    line.runs(5, feeds=True)
    line.link.end(Wanted(down=True))
    line.machine_is_off(ON_AGAIN_AFTER_S - 2)
    assert line.board.cycles == []
    line.machine_is_off(4)
    assert line.board.cycles == [Cause.ON_AGAIN]
