"""Small moves from one state of the case to the next, shared by its phases."""

from dataclasses import replace
from datetime import date

from kiosk.counter.case import CaseDoes
from kiosk.counter.elsewhere import Place
from kiosk.counter.x509_pin.effects import (
    BeginAtServer,
    ClearPads,
    CloseCase,
    PrintDone,
    PrintGuide,
    ReadCard,
    ReleaseCard,
    TellEnd,
)
from kiosk.counter.x509_pin.scenes import AwaitCard, CaseScene, Ending, Finished, NotHere, Over, ReadingCard, Standing
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.values import Begins, WhyNot
from koufu.applying.words import ProcedureEnd

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
    """The card is read, once the server let whoever is at the desk begin what is wished."""
    if case.allowed:
        return go(case, ReadingCard(), *effects, ReadCard(case.number))
    assert case.wish is not None
    return go(replace(case, begun=True), ReadingCard(), *effects, begin_at_server(case, Begins(case.wish)))


def begin_at_server(case: X509PinCase, begins: Begins) -> BeginAtServer:
    """Begins it for this card, or lets it go on without any PIN."""
    return BeginAtServer(case.number, begins, case.usages, case.comer, case.shown)


def not_here(case: X509PinCase, why: WhyNot, instead: tuple[Place, ...], since: date | None = None) -> Step:
    """A dead end: the card goes back, a slip says where to go, or from which day it can be done."""
    assert case.wish is not None
    told = told_end(case, ProcedureEnd.IN_PART if case.done else ProcedureEnd.NOT_HERE, why.value)
    # Nothing is left to do on this card: it is not kept for an officer.
    closing = (CloseCase(case.number),) if case.written or case.done else ()
    return go(
        replace(ended(case), jobs=None, asks=(), done=(), written=False),
        NotHere(why, instead, since=since),
        *let_go(case),
        *closing,
        *told,
        PrintGuide(case.number, case.wish, why, instead, case.lives_here, since),
    )


def told_end(case: X509PinCase, how: ProcedureEnd, why: str = "") -> tuple[CaseDoes, ...]:
    """The server is told how it ended, where it may have been begun there."""
    return (TellEnd(case.number, how, why),) if case.begun else ()


def ended(case: X509PinCase) -> X509PinCase:
    """What comes next is begun anew."""
    return replace(case, begun=False, allowed=False)


def let_go(case: X509PinCase) -> tuple[CaseDoes, ...]:
    """Nothing typed and nothing verified stays behind."""
    return ClearPads(case.number), ReleaseCard(case.number)


def finish(case: X509PinCase, ending: Ending) -> Step:
    """The end, with a slip that tells it; what is left open stays on disk."""
    assert case.wish is not None
    closing: tuple[CaseDoes, ...] = () if ending is Ending.LEFT_OPEN else (CloseCase(case.number),)
    in_part = bool(case.done) and ending in (Ending.UNDONE, Ending.UNFIT)
    told = told_end(case, ProcedureEnd.IN_PART if in_part else ProcedureEnd(ending.value))
    slip = PrintDone(case.number, case.mark, case.wish, case.usages, ending.value)
    cleared = replace(ended(case), asks=(), written=False, standing=Standing.UNTOUCHED, going_back=False)
    return go(cleared, Finished(ending), *let_go(case), *closing, *told, slip)


def over(case: X509PinCase) -> Step:
    """The desk may close it."""
    told = told_end(case, ProcedureEnd.GIVEN_UP)
    return go(X509PinCase(case.number, card_present=case.card_present), Over(), *let_go(case), *told)
