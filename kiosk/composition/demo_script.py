"""What the scripted resident of a demonstration does: the main job, step by step, by touching the real buttons."""

from collections.abc import Callable
from typing import Protocol

from kiosk.composition.resident import Look
from kiosk.flow import scenes
from kiosk.flow.scenes import Scene
from kiosk.screens.window import KioskWindow

PIN = "1234"
"""Of every test card. It is typed only on a card of the test hierarchy."""


class Hands(Protocol):
    """What the resident does apart from touching the screen."""

    def put_card(self) -> None:
        """Puts the card onto the reader."""

    def take_card(self) -> None:
        """Takes the card."""

    def insert(self, yen: int) -> None:
        """Puts one coin or note in."""

    def take_everything(self) -> None:
        """Takes sheets, change and slips."""


def _is_a(kind: type[Scene]) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, kind)


def _typed(digits: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.EnterPin) and scene.digits == digits


def _chosen(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChoosePurpose) and scene.chosen is not None


def _two_options(scene: Scene) -> bool:
    return isinstance(scene, scenes.ChooseOptions) and len(scene.line.options) == 2


def _slots_open(scene: Scene) -> bool:
    return isinstance(scene, scenes.Pay) and bool(scene.accepted)


def _paid(yen: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.Pay) and scene.held >= yen


def _all_taken(scene: Scene) -> bool:
    return isinstance(scene, scenes.TakeSheets) and not scene.waiting


def _on_side(side: int) -> Callable[[Scene], bool]:
    return lambda scene: isinstance(scene, scenes.Printing) and scene.side == side


def main_job(window: KioskWindow, hands: Hands) -> tuple[Look, ...]:
    """One certificate of residence for a pension: two buttons more than the fewest, so that each screen is seen."""
    touch = window.touch

    def type_pin() -> None:
        for digit in PIN:
            touch(f"digit-{digit}")

    return (
        Look("start", _is_a(scenes.Start), lambda: touch("primary")),
        Look("put-card", _is_a(scenes.AwaitCard), hands.put_card),
        Look("pin", _typed(0), type_pin),
        Look("pin-typed", _typed(len(PIN)), lambda: touch("primary")),
        Look("purpose", _is_a(scenes.ChoosePurpose), lambda: touch("purpose-pension")),
        Look("purpose-chosen", _chosen, lambda: touch("primary")),
        Look("options", _is_a(scenes.ChooseOptions), lambda: touch("show-domicile")),
        Look("options-chosen", _two_options, lambda: touch("primary")),
        Look("confirm", _is_a(scenes.Confirm), lambda: touch("primary")),
        Look("take-card", _is_a(scenes.TakeCard), hands.take_card),
        Look("pay", _slots_open, lambda: hands.insert(1000)),
        Look("pay-enough", _paid(200), lambda: touch("primary")),
        Look("printing-face", _on_side(1), lambda: None),
        Look("printing-back", _on_side(2), lambda: None),
        Look("take-sheets", _is_a(scenes.TakeSheets), hands.take_everything),
        Look("taken", _all_taken, lambda: touch("primary")),
        Look("start-again", _is_a(scenes.Start), lambda: None),
    )
