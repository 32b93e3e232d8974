"""The terminal's timers on the window's thread: they fire once, can be forgotten, and leave nothing behind."""

import gc
import weakref
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from kiosk.composition.threads import WindowScheduler


class Rung:
    """Counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def test_a_timer_fires_once_and_one_that_was_forgotten_does_not(qtbot: QtBot) -> None:
    scheduler, rung, other, last = WindowScheduler(), Rung(), Rung(), Rung()
    scheduler.after(0, rung)
    forget = scheduler.after(0, other)
    forget()
    forget()
    scheduler.after(0.02, last)
    qtbot.waitUntil(lambda: last.times == 1)
    assert (rung.times, other.times, last.times, scheduler.waiting) == (1, 0, 1, 0)


def test_forgetting_a_timer_that_has_fired_forgets_no_other(qtbot: QtBot) -> None:
    """Qt gives its number to the next one."""
    scheduler, first, second = WindowScheduler(), Rung(), Rung()
    forget = scheduler.after(0, first)
    qtbot.waitUntil(lambda: first.times == 1)
    scheduler.after(0, second)
    forget()
    qtbot.waitUntil(lambda: second.times == 1)


def test_a_terminal_that_runs_for_months_keeps_no_timer_that_is_over(qtbot: QtBot) -> None:
    scheduler = WindowScheduler()
    left: list[weakref.ref[Rung]] = []

    def begin(seconds: float) -> Callable[[], None]:
        rung = Rung()
        left.append(weakref.ref(rung))
        return scheduler.after(seconds, rung)

    for _ in range(20):
        begin(0)
        begin(60)()
    qtbot.waitUntil(lambda: scheduler.waiting == 0)
    gc.collect()
    assert [each for each in left if each() is not None] == []
