"""Faults while money is in: a note sticks in the slot; the server is gone when the fee should be kept."""

from collections.abc import Sequence

from hardware.cash.model import CashProblem
from kiosk.demo.faults.stage import ERRAND, Count, FaultStage, ends_with, fault_of
from kiosk.demo.playing.act import Act
from kiosk.demo.playing.scripted import Deed, ResidentDeed
from kiosk.demo.residents.script import is_a, paid, slots_open
from kiosk.demo.residents.walk import NOTE_YEN
from kiosk.flow import scenes
from kiosk.flow.values.trouble import FaultKind

COIN_YEN = 100


def stuck(stage: FaultStage) -> Sequence[ResidentDeed]:
    """A coin was counted and goes back; the note was never counted, and staff must take it out."""

    def stick() -> None:
        stage.things.cash.jam_on_next_insert()
        stage.things.insert(NOTE_YEN)

    def leave() -> None:
        stage.things.cash.mend(CashProblem.JAM)
        stage.things.take_everything()
        stage.touch("primary")()

    return (
        *stage.ordered(),
        Deed("confirm", is_a(scenes.Confirm), stage.touch("primary"), pictured=False),
        Deed("take-card", is_a(scenes.TakeCard), stage.things.take_card, pictured=False),
        Deed("pay", slots_open, lambda: stage.things.insert(COIN_YEN), pictured=False),
        Deed("coin-in", paid(COIN_YEN), stick),
        stage.told("note-stuck", fault_of(FaultKind.CASH_STOPPED), leave),
        stage.over(),
    )


def unheard(stage: FaultStage) -> Sequence[ResidentDeed]:
    """The order stands, the money is in, and nobody answers: all of it goes back."""

    def pay() -> None:
        stage.server.kill()
        stage.touch("primary")()

    def leave() -> None:
        stage.server.restart()
        stage.things.take_everything()
        stage.touch("primary")()

    return (
        *stage.ordered(),
        Deed("confirm", is_a(scenes.Confirm), stage.touch("primary"), pictured=False),
        Deed("take-card", is_a(scenes.TakeCard), stage.things.take_card, pictured=False),
        Deed("pay", slots_open, lambda: stage.things.insert(NOTE_YEN), pictured=False),
        Deed("paid", paid(ERRAND.fee), pay),
        Deed("releasing", is_a(scenes.Releasing), lambda: None),
        stage.told("server-lost", fault_of(FaultKind.SERVER_AWAY), leave),
        stage.over(),
    )


NOTE_STUCK = Act("note-stuck", stuck, ends_with(Count(inside=NOTE_YEN), papers=0, slips=1))
SERVER_LOST = Act("server-lost", unheard, ends_with(Count(), papers=0, slips=1))
