"""What the scripted resident of a demonstration does: the main job, step by step, by touching the real buttons."""

from collections.abc import Callable
from typing import Protocol

from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.flow import scenes
from kiosk.flow.scenes import Scene
from kiosk.screens.window import KioskWindow

PIN = "1234"
"""Of every test card. It is typed only on a card of the test hierarchy."""


class Hands(Protocol):
    """What the resident does apart from touching the screen."""

    def put_card(self, name: str = "") -> None:
        """Puts a card of the demonstration onto the reader; the main one where none is named."""

    def take_card(self) -> None:
        """Takes the card."""

    def insert(self, yen: int) -> None:
        """Puts one coin or note in."""

    def take_everything(self) -> None:
        """Takes sheets, change and slips."""

    def officer_approves(self) -> None:
        """Not the resident: what was applied for at the municipality next door is approved there."""


def is_a(kind: type[Scene]) -> Callable[[Scene], bool]:
    """A scene of this kind."""
    return lambda scene: isinstance(scene, kind)


def typed(digits: int) -> Callable[[Scene], bool]:
    """So many digits stand on the pad."""
    return lambda scene: isinstance(scene, scenes.EnterPin) and scene.digits == digits


def _chosen(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChoosePurpose) and scene.chosen is not None


def _two_options(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChooseOptions) and len(scene.line.options) == 2


def slots_open(scene: Scene) -> bool:
    """Money can be put in."""
    return isinstance(scene, scenes.Pay) and bool(scene.accepted)


def paid(yen: int) -> Callable[[Scene], bool]:
    """So many yen are in."""
    return lambda scene: isinstance(scene, scenes.Pay) and scene.held >= yen


def all_taken(scene: Scene) -> bool:
    """Nothing lies there any more."""
    return isinstance(scene, scenes.TakeSheets) and not scene.waiting


def _on_side(side: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.Printing) and scene.side == side


def main_job(window: KioskWindow, hands: Hands) -> tuple[ResidentDeed, ...]:
    """One certificate of residence for a new home: two buttons more than the fewest, so that each screen is seen."""
    touch = window.touch

    def type_pin() -> None:
        for digit in PIN:
            touch(f"digit-{digit}")

    return (
        Deed("start", is_a(scenes.Start), lambda: touch("primary")),
        Deed("put-card", is_a(scenes.AwaitCard), lambda: hands.put_card()),
        Deed("pin", typed(0), type_pin),
        Deed("pin-typed", typed(len(PIN)), lambda: touch("primary")),
        Deed("purpose", is_a(scenes.ChoosePurpose), lambda: touch("purpose-housing")),
        Deed("purpose-chosen", _chosen, lambda: touch("primary")),
        Deed("options", is_a(scenes.ChooseOptions), lambda: touch("show-domicile")),
        Deed("options-chosen", _two_options, lambda: touch("primary")),
        Deed("confirm", is_a(scenes.Confirm), lambda: touch("primary")),
        Deed("take-card", is_a(scenes.TakeCard), hands.take_card),
        Deed("pay", slots_open, lambda: hands.insert(1000)),
        Deed("pay-enough", paid(200), lambda: touch("primary")),
        Deed("printing-face", _on_side(1), lambda: None),
        Deed("printing-back", _on_side(2), lambda: None),
        Deed("take-sheets", is_a(scenes.TakeSheets), hands.take_everything),
        Deed("taken", all_taken, lambda: touch("primary")),
        Deed("start-again", is_a(scenes.Start), lambda: None),
    )
