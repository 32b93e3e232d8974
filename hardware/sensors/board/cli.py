"""A virtual sensor board, steered by hand: see `hardware.sensors.board.by_hand`."""

import argparse
import sys
from pathlib import Path

from hardware.composition import SystemClock, spawn_thread
from hardware.sensors.board.by_hand import HELP, ToldLamp, steer
from hardware.sensors.board.on_pty import PtyBoard
from hardware.sensors.board.virtual import VirtualBoard


def main() -> int:
    """The program; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m hardware.sensors.board.cli", description="A virtual sensor board.")
    parser.add_argument("port", type=Path, help="the name that a kiosk finds it by; put in place, and gone at the end")
    port: Path = parser.parse_args().port

    def say(text: str) -> None:
        print(text, flush=True)

    try:
        board = PtyBoard(
            VirtualBoard(ToldLamp(say), SystemClock(), lambda: say("the machine's power is cut")), port, spawn_thread
        )
    except OSError as error:
        print(f"{port}: {error.strerror}", file=sys.stderr)
        return 2
    say(f'sensors = "serial:{port.absolute()}"\n{HELP}')
    try:
        steer(board, sys.stdin, say)
    finally:
        board.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
