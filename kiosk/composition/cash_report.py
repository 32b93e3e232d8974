"""`koufu-kiosk cash-report`: what came in and went out of the cash device since the last count, in lines and on the
slip printer. A count begins the account anew and leaves two lines in a file that is only ever added to."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from hardware.cash.cctalk.kept import read_till, written
from hardware.cash.cctalk.settlement import Settlement, settlement
from hardware.cash.cctalk.till import Till, counted
from hardware.cash.change import Pieces
from hardware.composition import SystemClock
from hardware.errors import CashError
from hardware.sensors.virtual import VirtualSurroundings
from kiosk.actions.cash_slip import CashlessSums, cash_slip
from kiosk.actions.journal import JOURNAL, saved_in
from kiosk.actions.log_file import LogFile
from kiosk.actions.site import Site
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.composition.cash import CASH_TAKEN, account_file, cash_layout, seen, till_path
from kiosk.composition.cash_lines import begun, cashless, lines, summed
from kiosk.composition.devices import open_slip_printer
from kiosk.composition.locks import alone_with
from kiosk.composition.settings import NO_CASHLESS, TerminalSettings, load_settings
from kiosk.counter.day.counts import DENOMINATIONS, MOST_PIECES
from kiosk.errors import ConfigurationError

COUNTS = "till-counts.log"
"""Beside the account: two lines a count."""


def cash_report(
    settings_file: Path, now: datetime, *, found: Pieces | None, filled: Pieces, on_slip: bool
) -> Iterator[str]:
    """The report's lines. With `found`, what a person counted in the box, the account begins anew, with `filled` in the
    hoppers. Raises `ConfigurationError`; nothing is changed then."""
    settings = load_settings(settings_file)
    saved = saved_in(LogFile(settings.journal, JOURNAL))
    cashless_too = settings.cashless != NO_CASHLESS or saved.takings.debits or saved.charges
    if cashless_too:
        yield from cashless(saved.takings, saved.charges)
    paid = CashlessSums(saved.takings, saved.charges) if cashless_too else None
    if not settings.cash.startswith("cctalk:"):
        if paid is None or found is not None:
            raise ConfigurationError(
                f'cash = "{settings.cash}" keeps no account that could be told or counted: only cash = "cctalk:…" does'
            )
        if on_slip:
            with alone_with(settings.journal, "the terminal runs, and prints slips itself: stop it first"):
                _print(settings, None, paid, now)
            yield "the slip is printed"
        return
    layout, path = cash_layout(settings), till_path(settings)
    if unknown := filled.keys() - set(layout.hoppers.values()):
        raise ConfigurationError(f"there is no hopper of {min(unknown)} yen")
    moment = now.isoformat(timespec="seconds")
    with alone_with(path, CASH_TAKEN) if found is not None or on_slip else nullcontext():
        till = _read(path)
        told = settlement(till, found)
        yield from lines(told, moment)
        if on_slip:
            _print(settings, told, paid, now)
            yield "the slip is printed"
        if found is not None:
            _count(path, till, told, filled, moment)
            yield "counted: the account begins anew"


def look(settings_file: Path) -> Iterator[str]:
    """What hangs on the bus, asked just now. Raises `ConfigurationError`, when the terminal runs too."""
    yield from seen(load_settings(settings_file), SystemClock())


def pieces(texts: list[str]) -> Pieces:
    """From 500=40 and its like. Raises `ConfigurationError`."""
    given: dict[int, int] = {}
    for text in texts:
        yen, _, count = text.partition("=")
        if not (yen.isdecimal() and count.isdecimal()) or int(yen) not in DENOMINATIONS or int(yen) in given:
            raise ConfigurationError(f"{text} is not as 500=40: yen, =, and how many; each denomination once")
        given[int(yen)] = int(count)
        if given[int(yen)] > MOST_PIECES:
            raise ConfigurationError(f"{text}: nobody has that many")
    return given


def _read(path: Path) -> Till:
    try:
        return read_till(account_file(path).read())
    except CashError as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _count(path: Path, till: Till, told: Settlement, filled: Pieces, moment: str) -> None:
    if told.held or till.escrow or till.payout.leg is not None or till.payout.running:
        raise ConfigurationError("a customer's money is in: start the terminal, which gives it back, then count")
    fresh = counted(till, filled, moment)
    store = account_file(path)
    try:
        store.write(written(fresh))
        try:
            _add(path.with_name(COUNTS), f"{summed(told, moment)}\n{begun(settlement(fresh))}\n")
        except OSError:
            # A count that stands in no log does not take effect.
            store.write(written(till))
            raise
    except OSError as error:
        raise ConfigurationError(f"the count can't be written down: {error.strerror}") from error


def _add(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _print(settings: TerminalSettings, told: Settlement | None, paid: CashlessSums | None, now: datetime) -> None:
    site = Site(
        municipality=settings.municipality,
        terminal=settings.terminal,
        place=settings.place,
        place_en=settings.place_en,
        printer_profile="",
        slip_width_dots=settings.slip_width_dots,
    )
    printing = SlipPrinting(open_slip_printer(settings, SystemClock(), VirtualSurroundings()), site, lambda: now)
    if not printing.print(cash_slip(told, printing, paid)):
        raise ConfigurationError("the slip was not printed")
