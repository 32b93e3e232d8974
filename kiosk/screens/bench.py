"""The bench beside the kiosk: what a person who plays the resident does with card, money and paper. The screens only
draw it; what a control does is handed in. Never part of a terminal that serves residents."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BenchControl:
    """One thing to do. `fault`: it breaks something. `chosen` marks a persona in use or a fault that is on; a control
    that is not `enabled` says why by its label."""

    name: str
    label: str
    press: Callable[[], None]
    chosen: bool = False
    enabled: bool = True
    fault: bool = False


@dataclass(frozen=True, slots=True)
class BenchGroup:
    """Controls that belong together: card, money, printer, server."""

    title: str
    controls: tuple[BenchControl, ...]


class Bench(Protocol):
    """What can be done to the virtual devices now, and what they hold."""

    def groups(self) -> Sequence[BenchGroup]:
        """The controls as they are now; asked again after every change."""
        ...

    def lines(self) -> Sequence[str]:
        """What the devices say now, one short line each: card, money held, paper."""
        ...


def bench_json(bench: Bench) -> str:
    """The bench as QML reads it."""
    return json.dumps(
        {
            "groups": [
                {
                    "title": group.title,
                    "controls": [
                        {
                            "name": control.name,
                            "label": control.label,
                            "chosen": control.chosen,
                            "enabled": control.enabled,
                            "fault": control.fault,
                        }
                        for control in group.controls
                    ],
                }
                for group in bench.groups()
            ],
            "lines": list(bench.lines()),
        },
        ensure_ascii=False,
    )


def press(bench: Bench, name: str) -> bool:
    """Does what the control of that name does; false when there is none or it is not enabled."""
    for group in bench.groups():
        for control in group.controls:
            if control.name == name and control.enabled:
                control.press()
                return True
    return False
