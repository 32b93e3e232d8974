"""The cash device on a ccTalk bus, its account beside the journal, held by one program at a time."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from hardware.cash.cctalk.device import CctalkCash
from hardware.cash.cctalk.layout import Layout, NoLayout, parse
from hardware.cash.cctalk.serial_wire import SerialWire
from hardware.composition import SystemClock, spawn_thread
from hardware.errors import CashError
from kiosk.actions.two_slots import TwoSlots
from kiosk.composition.locks import alone_with, locked
from kiosk.composition.settings import TILL, TerminalSettings
from kiosk.errors import ConfigurationError

CASH_TAKEN = "another program has the cash device: stop the terminal first"


def open_cash(settings: TerminalSettings, clock: SystemClock) -> CctalkCash:
    """The machine that the settings name, whether it answers now or not. Raises `ConfigurationError` when its address
    or its account can't be read, and when another program has it."""
    # First of all: the machine writes its account as soon as it has read it.
    descriptor = locked(till_path(settings), CASH_TAKEN)
    try:
        return _machine(settings, clock)
    except ConfigurationError:
        os.close(descriptor)
        raise


def seen(settings: TerminalSettings, clock: SystemClock) -> Iterator[str]:
    """What hangs on the bus, asked just now, in lines. Raises `ConfigurationError`."""
    with alone_with(till_path(settings), CASH_TAKEN):
        cash = _machine(settings, clock)
        status = cash.status()
        cash.close()
    if cash.takes:
        yield f"takes {', '.join(map(str, cash.takes))} yen"
    problems = ", ".join(sorted(problem.value for problem in status.problems)) or "none"
    yield f"problems: {problems}{f' ({cash.trouble})' if cash.trouble else ''}"


def _machine(settings: TerminalSettings, clock: SystemClock) -> CctalkCash:
    layout, path = cash_layout(settings), till_path(settings)
    try:
        return CctalkCash(layout, SerialWire(layout.port), account_file(path), clock, spawn_thread, threading.RLock())
    except CashError as error:
        raise ConfigurationError(f"{path}: {error}") from error


def cash_layout(settings: TerminalSettings) -> Layout:
    """What hangs on the bus. Raises `ConfigurationError`."""
    try:
        return parse(settings.cash)
    except NoLayout as wrong:
        raise ConfigurationError(f"cash: {wrong}") from wrong


def account_file(path: Path) -> TwoSlots:
    """The account there."""
    return TwoSlots(path, "the account of the cash device")


def till_path(settings: TerminalSettings) -> Path:
    """Where the account is."""
    return settings.journal.with_name(TILL)
