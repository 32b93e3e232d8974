"""Faults of people's cards: one is pulled away while it proves the order; one stays on the reader, its owner gone."""

from collections import Counter
from collections.abc import Sequence

from kiosk.demo.faults.stage import ERRAND, Count, FaultStage, ends_with, left_behind
from kiosk.demo.playing.act import Act
from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.residents.script import all_taken, is_a
from kiosk.flow import scenes
from kiosk.flow.scenes import Scene


def pulled(stage: FaultStage) -> Sequence[ResidentDeed]:
    """The answers are kept: the same card and its PIN once more, and everything comes out."""

    def pull() -> None:
        if stage.things.slot is not None:
            stage.things.slot.pull_after(0)
        stage.touch("primary")()

    return (
        *stage.ordered(),
        Deed("confirm", is_a(scenes.Confirm), pull, pictured=False),
        stage.told("card-pulled", _again, lambda: stage.things.put_card(ERRAND.card)),
        Deed("pin-again", _pin_again, stage.type_pin),
        Deed("take-card", is_a(scenes.TakeCard), stage.things.take_card, pictured=False),
        *stage.pays(),
        Deed("take-sheets", is_a(scenes.TakeSheets), stage.things.take_everything),
        Deed("taken", all_taken, stage.touch("primary"), pictured=False),
        stage.over(),
    )


def left(stage: FaultStage) -> Sequence[ResidentDeed]:
    """The order is given up, and nobody is served until staff took the card."""

    return (
        *stage.ordered(),
        Deed("confirm", is_a(scenes.Confirm), stage.touch("primary"), pictured=False),
        Deed("take-card", is_a(scenes.TakeCard), stage.walks_away),
        stage.told("card-left", left_behind, stage.staff_clear_away),
        stage.over(),
    )


def _again(scene: Scene) -> bool:
    return isinstance(scene, scenes.AwaitCard) and scene.again


def _pin_again(scene: Scene) -> bool:
    return isinstance(scene, scenes.EnterPin) and scene.again


CARD_PULLED = Act(
    "card-pulled",
    pulled,
    ends_with(Count(inside=400, captured=400, outcomes=Counter(delivered=2)), papers=2, slips=1),
)
CARD_LEFT = Act("card-left", left, ends_with(Count(), papers=0, slips=0))
