"""`koufu-kiosk`: runs a terminal, or a demonstration of one; enrols it; tells what it wrote down, and of its money."""

import argparse
import sys
from collections.abc import Callable, Sequence
from getpass import getpass
from pathlib import Path

from kiosk.errors import ConfigurationError, KioskError

DESCRIPTION = "A terminal that issues municipal certificates on a My Number card."


def main(arguments: Sequence[str] | None = None) -> int:
    """The program; returns its exit status."""
    parser = argparse.ArgumentParser(prog="koufu-kiosk", description=DESCRIPTION)
    commands = parser.add_subparsers(metavar="COMMAND")
    _add_virtual(parser)
    running = commands.add_parser("run", help="run this terminal full screen until told to stop")
    running.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    running.set_defaults(run=_run)
    _add_enrol(commands.add_parser("enrol", help="make this terminal's key and get its X.509 by a one-time code"))
    showing = commands.add_parser("demo", help="a fictional site: card in, certificate out")
    showing.add_argument(
        "--out", type=Path, default=Path("build/demo"), metavar="DIR", help="where it leaves everything"
    )
    showing.set_defaults(run=_demo)
    reading = commands.add_parser("journal", help="what the terminal wrote down for staff; it may run meanwhile")
    reading.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    further = reading.add_mutually_exclusive_group()
    further.add_argument("--history", metavar="REFERENCE", help="each step of the visit with this number")
    further.add_argument("--verify", action="store_true", help="hold every entry that is kept against the one before")
    reading.set_defaults(run=_journal)
    daily = commands.add_parser("day", help="the book of a counter's day, its chain checked; it may run meanwhile")
    daily.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    daily.add_argument("--date", metavar="YYYY-MM-DD", help="a day that was closed; else the one at hand")
    daily.set_defaults(run=_day)
    _add_cash_report(commands.add_parser("cash-report", help="what came in and went out since the cash was counted"))
    queueing = commands.add_parser("queue", help="what keeps documents from the queue of CUPS; it may run meanwhile")
    queueing.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    queueing.set_defaults(run=_queue)
    _add_calibrate(commands.add_parser("calibrate", help="find the copy-warning ground that suits the printer"))
    telling = commands.add_parser("settings", help="what can be set")
    telling.add_argument(
        "--example", action="store_true", required=True, help="print a settings file with every setting"
    )
    telling.set_defaults(run=_settings)
    chosen = parser.parse_args(arguments)
    if chosen.run is None:
        parser.error("a COMMAND is wanted, or --virtual")
    run: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return run(chosen)
    except KioskError as error:
        print(f"koufu-kiosk: {error}", file=sys.stderr)
        return 2


def _add_virtual(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=None)
    parser.add_argument(
        "--virtual",
        dest="run",
        action="store_const",
        const=_virtual,
        help="a kiosk of virtual devices with a bench beside it: every fault by hand, or by --scenario",
    )
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="goes with --virtual: plays this file (TOML)")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("build/virtual"),
        metavar="DIR",
        help="goes with --virtual: its folder",
    )


def _virtual(chosen: argparse.Namespace) -> int:
    from kiosk.demo.bench.play import virtual

    return virtual(chosen.out, chosen.scenario, lambda said: print(f"koufu-kiosk: {said}", flush=True))


def _add_enrol(parser: argparse.ArgumentParser) -> None:
    parser.description = "Makes the terminal's key and gets its X.509 by the one-time code of an officer."
    parser.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    parser.add_argument("--server", required=True, metavar="HOST:PORT", help="where terminals enrol")
    parser.add_argument("--code-file", type=Path, metavar="FILE", help="its first line is the code; else one types it")
    parser.add_argument("--again", action="store_true", help="in place of the key and the X.509 there are")
    parser.set_defaults(run=_enrol)


def _add_cash_report(parser: argparse.ArgumentParser) -> None:
    parser.description = "What the account of the cash device says; --found begins it anew."
    parser.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    parser.add_argument("--slip", action="store_true", help="print it on the slip printer too")
    parser.add_argument(
        "--found", nargs="*", metavar="YEN=PIECES", help="the box was emptied and counted: this was in it, or nothing"
    )
    parser.add_argument(
        "--filled", nargs="+", default=[], metavar="YEN=COINS", help="goes with --found: now in these hoppers"
    )
    parser.add_argument("--look", action="store_true", help="ask who hangs on the bus instead, beside no terminal")
    parser.set_defaults(run=_cash_report, usage_error=parser.error)


def _add_calibrate(parser: argparse.ArgumentParser) -> None:
    parser.description = "Prints a sheet of grounds, or stores the one that a person or two scans of the sheet chose."
    parser.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    parser.add_argument("--dpi", type=int, metavar="N", help="600 (else assumed), 300 or 200: what the printer prints")
    parser.add_argument("--choose", type=int, metavar="N", help="store the ground of field N of the sheet")
    parser.add_argument("--original", type=Path, metavar="SCAN", help="a scan of the sheet; goes with --copy")
    parser.add_argument("--copy", type=Path, metavar="SCAN", help="a scan of a photocopy of it")
    parser.add_argument("--store", action="store_true", help="store the ground that the scans call for")
    parser.add_argument("--out", type=Path, metavar="FILE", help="leave the sheet as a PDF, instead of printing it")
    parser.set_defaults(run=_calibrate, usage_error=parser.error)


def _calibrate(chosen: argparse.Namespace) -> int:
    from kiosk.composition import calibrate

    scans = (chosen.original is not None, chosen.copy is not None)
    if scans[0] is not scans[1]:
        chosen.usage_error("--original and --copy go together")
    if (chosen.choose is not None) + scans[0] + (chosen.out is not None) > 1:
        chosen.usage_error("--choose, --original with --copy, and --out are three ways: take one")
    if chosen.store and not scans[0]:
        chosen.usage_error("--store goes with --original and --copy")
    if scans[0]:
        told = calibrate.choose_by_scans(chosen.settings, chosen.original, chosen.copy, store=chosen.store)
    elif chosen.choose is not None:
        told = calibrate.choose(chosen.settings, chosen.dpi, chosen.choose)
    elif chosen.out is not None:
        told = calibrate.write_sheet(chosen.settings, chosen.dpi, chosen.out)
    else:
        told = calibrate.print_sheet(chosen.settings, chosen.dpi)
    for line in told:
        print(line)
    return 0


def _run(chosen: argparse.Namespace) -> int:
    from kiosk.composition.run import run

    return run(chosen.settings)


def _enrol(chosen: argparse.Namespace) -> int:
    from kiosk.composition.enrol import enrol

    def code() -> str:
        if chosen.code_file is None:
            # As an option it would stand in the list of processes.
            return getpass("Code: ").strip()
        try:
            lines: list[str] = chosen.code_file.read_text("ascii").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{chosen.code_file} holds no code: {error}") from error
        return lines[0].strip() if lines else ""

    for line in enrol(chosen.settings, chosen.server, code, again=chosen.again):
        print(line)
    return 0


def _demo(chosen: argparse.Namespace) -> int:
    from kiosk.demo.program import demo

    return demo(chosen.out, lambda said: print(f"koufu-kiosk: {said}", flush=True))


def _journal(chosen: argparse.Namespace) -> int:
    from kiosk.composition.journal import journal
    from kiosk.composition.journal_history import history, verified

    if chosen.verify:
        told = verified(chosen.settings)
    else:
        told = journal(chosen.settings) if chosen.history is None else history(chosen.settings, chosen.history)
    for line in told:
        print(line)
    return 0


def _day(chosen: argparse.Namespace) -> int:
    from kiosk.composition.day import day

    for line in day(chosen.settings, chosen.date):
        print(line)
    return 0


def _queue(chosen: argparse.Namespace) -> int:
    from kiosk.composition.queue_printer import queue_report

    for line in queue_report(chosen.settings):
        print(line)
    return 0


def _cash_report(chosen: argparse.Namespace) -> int:
    from kiosk.composition.cash_report import cash_report, look, pieces
    from kiosk.composition.moments import local_now

    if chosen.filled and chosen.found is None:
        chosen.usage_error("--filled goes with --found")
    if chosen.look and (chosen.slip or chosen.found is not None):
        chosen.usage_error("--look goes alone")
    found = None if chosen.found is None else pieces(chosen.found)
    filled = pieces(chosen.filled)
    told = (
        look(chosen.settings)
        if chosen.look
        else cash_report(chosen.settings, local_now(), found=found, filled=filled, on_slip=chosen.slip)
    )
    for line in told:
        print(line)
    return 0


def _settings(_chosen: argparse.Namespace) -> int:
    from kiosk.composition.settings import example

    print(example())
    return 0


if __name__ == "__main__":
    sys.exit(main())
