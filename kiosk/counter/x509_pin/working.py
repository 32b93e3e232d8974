"""While a job is done, and when it broke off: in what state the card is, and how it goes on, back, or stays open."""

from dataclasses import replace

from hardware.card.writing.steps import Goal
from hardware.card.writing.steps import Step as Writing
from kiosk.counter.pins import Part, PinAsk
from kiosk.counter.x509_pin.carded import again, job_done, job_of, next_ask, not_read, way_back
from kiosk.counter.x509_pin.change import Step, finish, go, let_go, not_here, read, stay
from kiosk.counter.x509_pin.effects import LeaveCaseOpen
from kiosk.counter.x509_pin.events import (
    BrokeOff,
    CardTrouble,
    JobEnded,
    Result,
    SaidNo,
    Says,
    StepBegun,
    TerminalAllows,
)
from kiosk.counter.x509_pin.plan import instead_of
from kiosk.counter.x509_pin.scenes import (
    AwaitCard,
    BrokenOff,
    Checking,
    Declined,
    Ending,
    ReadingCard,
    Settled,
    Standing,
    Typing,
    Weak,
    Working,
)
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import CaseTouch, Did, Do
from kiosk.counter.x509_pin.values import Change, Reset, Settle, SwitchBack, WhyNot, Write

_STANDING = {
    Writing.GENERATE: Standing.OLD_IN_USE,
    Writing.CERTIFY_AND_WRITE: Standing.OLD_IN_USE,
    Writing.TRY_IT: Standing.OLD_IN_USE,
    Writing.REVOKE_NEW: Standing.OLD_IN_USE,
    Writing.DISCARD_NEW: Standing.OLD_IN_USE,
    Writing.SWITCH: Standing.OLD_OR_NEW,
    Writing.REVOKE_PREVIOUS: Standing.NEW_IN_USE,
    Writing.DISCARD_PREVIOUS: Standing.NEW_IN_USE,
    Writing.TAKE_OUT: Standing.GOING_OUT,
    Writing.FACE_AUTH_ON: Standing.GOING_OUT,
}
"""What is true of the card from the moment a step begins."""

_NOT_HERE = {
    Result.NO_LINE_LEFT: WhyNot.NO_LINE_LEFT,
    Result.IS_FACE_AUTH: WhyNot.IS_FACE_AUTH,
    Result.NO_USER_AUTH_X509: WhyNot.NO_USER_AUTH_X509,
}

WorkEvent = StepBegun | JobEnded | SaidNo | TerminalAllows | BrokeOff


def happened(case: X509PinCase, event: WorkEvent) -> Step:
    """What a job tells."""
    if isinstance(event, BrokeOff) and isinstance(case.scene, ReadingCard):
        return not_read(case, event.trouble)
    if isinstance(event, SaidNo) and isinstance(case.scene, ReadingCard):
        if case.written:
            return go(case, Declined(event.by, event.reason, case.standing, way_back(case)), *let_go(case))
        return not_here(case, WhyNot.NOT_THIS_DESK, instead_of(WhyNot.NOT_THIS_DESK))
    if isinstance(event, BrokeOff) and isinstance(case.scene, Checking):
        return broke_off(case, event.trouble)
    if not isinstance(case.scene, Working):
        return stay(case)
    match event:
        case StepBegun(step=step):
            return go(replace(case, standing=_standing(case, step)), Working(step))
        case TerminalAllows():
            return next_ask(case)
        case SaidNo(by=Says.TERMINAL) if not case.written:
            return not_here(case, WhyNot.BOTH_PINS_UNKNOWN, instead_of(WhyNot.BOTH_PINS_UNKNOWN))
        case SaidNo(by=by, reason=reason):
            return go(case, Declined(by, reason, case.standing, way_back(case)), *let_go(case))
        case BrokeOff(trouble=trouble):
            return broke_off(case, trouble)
        case JobEnded(result=result):
            return _ended(case, result)


def broke_off(case: X509PinCase, trouble: CardTrouble) -> Step:
    """The card, or a party, was lost."""
    if isinstance(case.scene, Working) and case.written:
        match job_of(case):
            case Reset():
                case = replace(case, standing=Standing.PIN_OLD_OR_NEW)
            case SwitchBack():
                case = replace(case, standing=Standing.OLD_OR_NEW)
            case _:
                pass
    return go(replace(case, asks=()), BrokenOff(trouble, case.standing, way_back(case)), *let_go(case))


def undo(case: X509PinCase) -> Step:
    """Back to how it was, as far as there is a way: with the card, as everything else."""
    job = job_of(case)
    assert isinstance(job, Write)
    jobs = (Write(Goal.AS_BEFORE, job.usage), *(case.jobs or ())[1:])
    return again(replace(case, jobs=jobs, going_back=True, written=True, asks=()))


def touched(case: X509PinCase, touch: CaseTouch) -> Step:
    """A key after a break, a refusal, or an answer which PIN is in force."""
    match case.scene, touch:
        case ((BrokenOff() | Declined()), Did(Do.RETRY)):
            return again(case)
        case ((BrokenOff(way_back=True) | Declined(way_back=True)), Did(Do.UNDO)):
            return undo(case)
        case ((BrokenOff() | Declined()), Did(Do.END)) if case.standing is Standing.UNTOUCHED and not case.card_present:
            return finish(case, Ending.UNDONE)
        case ((BrokenOff() | Declined() | AwaitCard()), Did(Do.LEAVE_OPEN)) if may_be_left_open(case):
            return _left_open(case)
        case Settled(usage=usage, old=True), Did(Do.RETRY):
            return again(replace(case, jobs=(Change(usage), *(case.jobs or ())[1:]), written=False))
        case Settled(), Did(Do.END):
            return finish(case, Ending.UNDONE)
        case _:
            return stay(case)


def may_be_left_open(case: X509PinCase) -> bool:
    """Something was begun on a card that is not there."""
    return case.written and not case.card_present


def untouched(case: X509PinCase) -> Step:
    """Nobody typed for long: nothing typed, and nothing that the card was shown, waits for whoever comes next."""
    if isinstance(case.scene, Typing | Weak):
        return broke_off(case, CardTrouble.UNTOUCHED)
    return stay(case)


def card_back(case: X509PinCase) -> Step:
    """A card was put on while one was waited for."""
    return read(case, *let_go(case))


def card_taken(case: X509PinCase) -> Step:
    """A card was taken away. While it is written, the job itself tells what it was doing."""
    match case.scene:
        case ReadingCard():
            # Of a card that was not read yet nobody would know whether the next one is the same.
            again = replace(case, allowed=case.allowed and case.card is not None)
            return go(again, AwaitCard(), *let_go(case))
        case Typing() | Checking() | Weak():
            return broke_off(case, CardTrouble.GONE)
        case _:
            return stay(case)


def _standing(case: X509PinCase, step: Writing) -> Standing:
    goal = getattr(job_of(case), "goal", None)
    if step in (Writing.REVOKE_PREVIOUS, Writing.DISCARD_PREVIOUS) and goal in (Goal.NO_X509, Goal.FACE_AUTH):
        return Standing.GOING_OUT
    return _STANDING.get(step, case.standing)


def _ended(case: X509PinCase, result: Result) -> Step:
    job = job_of(case)
    match result:
        case Result.DONE if case.going_back:
            return finish(case, Ending.UNDONE)
        case Result.DONE | Result.NEW_STAYS | Result.NEW_IN_FORCE:
            return job_done(replace(case, going_back=False))
        case Result.UNFIT:
            return finish(case, Ending.UNFIT)
        case Result.PIN_WANTED if isinstance(job, Write):
            ask = PinAsk(job.usage, Part.CURRENT)
            return next_ask(replace(case, asks=(ask,)))
        case Result.UNCLEAR if isinstance(job, Change):
            unclear = replace(case, standing=Standing.PIN_OLD_OR_NEW, jobs=(Settle(job.usage), *(case.jobs or ())[1:]))
            return broke_off(unclear, CardTrouble.GONE)
        case Result.OLD_IN_FORCE | Result.NEITHER_IN_FORCE if isinstance(job, Settle):
            return go(case, Settled(job.usage, old=result is Result.OLD_IN_FORCE), *let_go(case))
        case _ if result in _NOT_HERE:
            return not_here(case, _NOT_HERE[result], instead_of(_NOT_HERE[result]))
        case _:
            return broke_off(case, CardTrouble.FAULT)


def _left_open(case: X509PinCase) -> Step:
    after, effects = finish(case, Ending.LEFT_OPEN)
    return after, (LeaveCaseOpen(case.number), *effects)
