"""What stays in a virtual machine when its power goes: money in the device, paper in the tray, and what lies in the
trays for somebody to take. Written down by the program that is cut off, and put into the devices of the next one, as
in a real machine it would simply lie there. A demonstration's alone: a kiosk's own memory is its journal."""

import os
import signal
from pathlib import Path
from typing import NoReturn

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from hardware.cash.virtual import CashContents
from hardware.cashless.virtual import KnownCharge
from hardware.sensors.model import Place
from kiosk.demo.stage.things import Things

LEFT = "machine.json"
"""The file's name in the folder of a site."""


@dataclass(frozen=True)
class MachineLeft:
    """`sheets` lie in the printer's tray; `lying` are notes and coins (yen) in the change tray, and so many things at
    each other place; `charges` are what the payment terminal knows; `steps` of a scenario were done."""

    cash: CashContents
    sheets: int
    change: tuple[int, ...]
    lying: dict[Place, int]
    charges: tuple[KnownCharge, ...] = ()
    steps: int = 0


_FORM = TypeAdapter(MachineLeft)


def write_down(folder: Path, things: Things, steps: int = 0) -> None:
    """What is in the machine now."""
    around = things.around
    change = tuple(each for each in around.lying(Place.CHANGE_TRAY) if isinstance(each, int))
    lying = {place: len(around.lying(place)) for place in (Place.SHEET_TRAY, Place.RECEIPT_SLOT)}
    left = MachineLeft(
        things.cash.contents(), things.pages.sheets_available, change, lying, things.payment.contents(), steps
    )
    (folder / LEFT).write_bytes(_FORM.dump_json(left))


def put_back(folder: Path, things: Things) -> int:
    """Puts it into these devices, in place of what they held; returns the steps that were done. Nothing happens where
    no power was cut."""
    file = folder / LEFT
    if not file.exists():
        return 0
    left = _FORM.validate_json(file.read_bytes())
    things.cash.put_back(left.cash)
    things.payment.put_back(left.charges)
    things.pages.refill(left.sheets)
    for place in Place:
        things.around.take(place)
    for yen in left.change:
        things.around.put(Place.CHANGE_TRAY, yen)
    for place, count in left.lying.items():
        for _ in range(count):
            things.around.put(place, "left from before the power cut")
    return left.steps


def cut_power(folder: Path, things: Things, steps: int = 0) -> NoReturn:
    """The program is gone in the middle of whatever it does: no clean-up, no last word."""
    write_down(folder, things, steps)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives this")
