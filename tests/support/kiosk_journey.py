"""A journey is a list of steps: what happens, what is on the screen then, what the terminal does about it."""

from dataclasses import dataclass

from hardware.card.model import SlotEvent
from hardware.cash.model import Payout
from kiosk.flow.documents import WaitingDocument
from kiosk.flow.effects import Effect, GiveChange, StartTimer, StopTimer, Timer
from kiosk.flow.events import (
    CardRead,
    ChallengeAnswered,
    ChangeGiven,
    DocumentsAccepted,
    DocumentSettled,
    Event,
    MoneySecured,
    MoneyTaken,
    Offered,
    OrderProven,
    PinRight,
    Prepared,
    PrintersSeen,
    Released,
    SessionOpened,
    SlotChanged,
    SlotsOpen,
    TimerFired,
    VisitOpened,
)
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import (
    CheckingPin,
    ChooseOptions,
    ChoosePurpose,
    Confirm,
    EnterPin,
    Pay,
    Preparing,
    Printing,
    ProvingOrder,
    ReadingCard,
    Releasing,
    Scene,
    TakeCard,
)
from kiosk.flow.state import Terminal
from kiosk.flow.step import step
from kiosk.flow.touches import Key, PinTyped, Pressed, PurposeChosen
from printers.model import Printed
from tests.support.kiosk_samples import (
    CASH_READY,
    FACTS,
    OFFER,
    ORDER_ID,
    PRINTER_READY,
    RESIDENCE_DOCUMENT,
    accepted,
    open_terminal,
)

PRIMARY = Pressed(Key.PRIMARY)
BACK = Pressed(Key.BACK)
CANCEL = Pressed(Key.CANCEL)
CANCEL_YES = Pressed(Key.CANCEL_YES)
INSERTED = SlotChanged(SlotEvent.INSERTED)
REMOVED = SlotChanged(SlotEvent.REMOVED)
READER_LOST = SlotChanged(SlotEvent.READER_LOST)
READER_BACK = SlotChanged(SlotEvent.READER_BACK)


@dataclass(frozen=True)
class Fires:
    """A timer that runs, runs out."""

    timer: Timer


@dataclass(frozen=True)
class Step:
    """`does` happens; then the scene is of type `sees` (or equals it), and effects of these types (or equal to these)
    were wanted, timers and lamp aside."""

    does: Event | Fires
    sees: type[object] | Scene | None = None
    wants: tuple[type[object] | Effect, ...] | None = None


class Walk:
    """Walks journeys through the flow; keeps the state and every effect."""

    def __init__(self, state: Terminal | None = None, rules: SiteRules | None = None) -> None:
        self.state = state if state is not None else open_terminal()
        self.rules = rules if rules is not None else SiteRules()
        self.effects: list[Effect] = []

    def go(self, *steps: Step | Event | Fires) -> "Walk":
        for number, each in enumerate(steps, start=1):
            self._one(each if isinstance(each, Step) else Step(each), number)
        return self

    def _one(self, at: Step, number: int) -> None:
        self.state, effects = step(self.state, self._event(at.does), self.rules)
        self.effects.extend(effects)
        told = f"step {number}, {at.does}: {self.state.scene}, {effects}"
        if isinstance(at.sees, type):
            assert isinstance(self.state.scene, at.sees), told
        elif at.sees is not None:
            assert self.state.scene == at.sees, told
        for want in at.wants or ():
            assert any(isinstance(each, want) if isinstance(want, type) else each == want for each in effects), told

    def _event(self, does: Event | Fires) -> Event:
        if not isinstance(does, Fires):
            return does
        run = self.running(does.timer)
        assert run is not None, f"{does.timer} does not run in {self.state.scene}"
        return TimerFired(does.timer, run)

    def running(self, timer: Timer) -> int | None:
        return next((run for name, run in self.state.armed if name is timer), None)

    def seconds(self, timer: Timer) -> float:
        """How long the timer of that name was started for last."""
        return next(
            each.seconds for each in reversed(self.effects) if isinstance(each, StartTimer) and each.timer is timer
        )

    def wanted(self, *kinds: type[object]) -> list[Effect]:
        """All effects of these types so far."""
        return [each for each in self.effects if isinstance(each, kinds)]

    def deeds(self) -> list[Effect]:
        """All effects but timers."""
        return [each for each in self.effects if not isinstance(each, StartTimer | StopTimer)]


def identified(attempt: int = 1) -> tuple[Step, ...]:
    """From the start screen to the first choice."""
    return (
        Step(INSERTED, ReadingCard),
        Step(VisitOpened(attempt, "4Q7-K2M")),
        Step(CardRead(attempt, FACTS), ReadingCard),
        Step(SessionOpened(attempt), EnterPin),
        Step(PinTyped(4), EnterPin),
        Step(PRIMARY, CheckingPin),
        Step(PinRight(attempt, None)),
        Step(ChallengeAnswered(attempt)),
        Step(Offered(attempt, OFFER), ChoosePurpose),
    )


def chosen(code: str = "pension") -> tuple[Step, ...]:
    """From the first choice to the confirmation of a residence certificate."""
    return (
        Step(PurposeChosen(code), ChoosePurpose),
        Step(PRIMARY, ChooseOptions),
        Step(PRIMARY, Confirm),
    )


def proven(attempt: int = 1) -> tuple[Step, ...]:
    """From the confirmation to 「カードをお取りください」."""
    return (Step(PRIMARY, ProvingOrder), Step(OrderProven(attempt, ORDER_ID), TakeCard))


def to_pay(*documents: WaitingDocument, attempt: int = 1) -> tuple[Step, ...]:
    """From there to 「お金を入れてください」."""
    return (
        Step(REMOVED, Preparing),
        Step(Prepared(attempt, documents or (RESIDENCE_DOCUMENT,)), Preparing),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), Pay),
        Step(SlotsOpen(attempt, CASH_READY.accepted), Pay),
    )


def paid(held: int = 200, attempt: int = 1) -> tuple[Step, ...]:
    """From there until the fee is held and the release is asked for."""
    return (
        Step(MoneyTaken(attempt, held), Pay),
        Step(PRIMARY, Releasing),
        Step(MoneySecured(attempt, held), Releasing),
    )


def printing(*documents: WaitingDocument, attempt: int = 1, change: int = 0) -> tuple[Step, ...]:
    """From the release to the first sheet; so much change comes out before it."""
    checked = accepted(*(documents or (RESIDENCE_DOCUMENT,)))
    if not change:
        return (Step(Released(attempt), Releasing), Step(DocumentsAccepted(attempt, checked), Printing))
    return (
        Step(Released(attempt), Releasing),
        Step(DocumentsAccepted(attempt, checked), Releasing, (GiveChange,)),
        Step(ChangeGiven(attempt, Payout(change, change)), Printing),
    )


def printed(sheets: int = 1, attempt: int = 1) -> Step:
    """One document came out."""
    return Step(DocumentSettled(attempt, Printed(sheets)))
