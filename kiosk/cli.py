"""`koufu-kiosk`: runs a terminal, or a demonstration of one; tells what one wrote down."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.errors import KioskError

DESCRIPTION = "A terminal that issues municipal certificates on a My Number card."


def main(arguments: Sequence[str] | None = None) -> int:
    """The program; returns its exit status."""
    parser = argparse.ArgumentParser(prog="koufu-kiosk", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    running = commands.add_parser("run", help="run this terminal full screen until told to stop")
    running.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    running.set_defaults(run=_run)
    showing = commands.add_parser("demo", help="a fictional site: card in, certificate out")
    showing.add_argument(
        "--out", type=Path, default=Path("build/demo"), metavar="DIR", help="where it leaves everything"
    )
    showing.set_defaults(run=_demo)
    reading = commands.add_parser("journal", help="what the terminal wrote down for staff; it may run meanwhile")
    reading.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the site's settings (TOML)")
    reading.set_defaults(run=_journal)
    telling = commands.add_parser("settings", help="what can be set")
    telling.add_argument(
        "--example", action="store_true", required=True, help="print a settings file with every setting"
    )
    telling.set_defaults(run=_settings)
    chosen = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return run(chosen)
    except KioskError as error:
        print(f"koufu-kiosk: {error}", file=sys.stderr)
        return 2


def _run(chosen: argparse.Namespace) -> int:
    from kiosk.composition.run import run

    return run(chosen.settings)


def _demo(chosen: argparse.Namespace) -> int:
    from kiosk.composition.demo import demo

    return demo(chosen.out, lambda said: print(f"koufu-kiosk: {said}", flush=True))


def _journal(chosen: argparse.Namespace) -> int:
    from kiosk.composition.journal import journal

    for line in journal(chosen.settings):
        print(line)
    return 0


def _settings(_chosen: argparse.Namespace) -> int:
    from kiosk.composition.settings import example

    print(example())
    return 0


if __name__ == "__main__":
    sys.exit(main())
