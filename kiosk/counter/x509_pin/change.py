"""Small moves from one state of the case to the next, shared by its phases."""

from dataclasses import replace
from datetime import date

from kiosk.counter.case import CaseDoes
from kiosk.counter.elsewhere import Place
from kiosk.counter.x509_pin.effects import (
    AskRules,
    ClearPads,
    CloseCase,
    PrintDone,
    PrintGuide,
    ReadCard,
    ReleaseCard,
)
from kiosk.counter.x509_pin.scenes import AwaitCard, CaseScene, Ending, Finished, NotHere, Over, ReadingCard, Standing
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.values import WhyNot

Step = tuple[X509PinCase, tuple[CaseDoes, ...]]


def stay(case: X509PinCase, *effects: CaseDoes) -> Step:
    """The same scene."""
    return case, effects


def go(case: X509PinCase, scene: CaseScene, *effects: CaseDoes) -> Step:
    """Another scene."""
    return replace(case, scene=scene), effects


def to_card(case: X509PinCase, *effects: CaseDoes) -> Step:
    """The card is read, or waited for."""
    if case.card_present:
        return read(case, *effects)
    return go(case, AwaitCard(), *effects)


def read(case: X509PinCase, *effects: CaseDoes) -> Step:
    """The card is read, once the server lets whoever is at the desk do what is wished."""
    if case.allowed:
        return go(case, ReadingCard(), *effects, ReadCard(case.number))
    assert case.wish is not None
    return go(case, ReadingCard(), *effects, AskRules(case.number, case.wish, case.comer, case.lives_here))


def not_here(case: X509PinCase, why: WhyNot, instead: tuple[Place, ...], since: date | None = None) -> Step:
    """A dead end: the card goes back, a slip says where to go, or from which day it can be done."""
    assert case.wish is not None
    return go(
        replace(case, jobs=None, asks=()),
        NotHere(why, instead, since=since),
        *let_go(case),
        PrintGuide(case.number, case.wish, why, instead, case.lives_here, since),
    )


def let_go(case: X509PinCase) -> tuple[CaseDoes, ...]:
    """Nothing typed and nothing verified stays behind."""
    return ClearPads(case.number), ReleaseCard(case.number)


def finish(case: X509PinCase, ending: Ending) -> Step:
    """The end, with a slip that tells it; what is left open stays on disk."""
    assert case.wish is not None
    closing: tuple[CaseDoes, ...] = () if ending is Ending.LEFT_OPEN else (CloseCase(case.number),)
    slip = PrintDone(case.number, case.mark, case.wish, case.usages, ending.value)
    cleared = replace(case, asks=(), written=False, standing=Standing.UNTOUCHED, going_back=False)
    return go(cleared, Finished(ending), *let_go(case), *closing, slip)


def over(case: X509PinCase) -> Step:
    """The desk may close it."""
    return go(X509PinCase(case.number, card_present=case.card_present), Over(), *let_go(case))
