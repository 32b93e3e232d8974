"""Before a card is asked for: what the resident came for, whether it may be done here, who it is, and their
consent."""

from dataclasses import replace

from hardware.card.model import Usage
from kiosk.counter.case import FieldTyped
from kiosk.counter.documents import UNTIL, Document, dated, marked, wrong_days
from kiosk.counter.x509_pin.change import Step, ended, finish, go, not_here, over, stay, to_card, told_end
from kiosk.counter.x509_pin.effects import AskRules, TakeUpCase
from kiosk.counter.x509_pin.events import RulesAway, RulesSaid
from kiosk.counter.x509_pin.plan import plan_again
from kiosk.counter.x509_pin.scenes import AskInsurance, AwaitCard, Choosing, Ending, Explained, NotHere, TakeUp
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import (
    CaseTakenUp,
    CaseTouch,
    ComerChosen,
    Did,
    Do,
    DocumentMarked,
    LivesHere,
    UsageToggled,
    WishChosen,
)
from kiosk.counter.x509_pin.values import BOTH, WhyNot, Wish
from koufu.applying.words import ProcedureEnd


def touched(case: X509PinCase, touch: CaseTouch) -> Step:
    """A key in one of the scenes before the card."""
    match case.scene, touch:
        case TakeUp(cases), CaseTakenUp(mark):
            return _taken_up(case, {each.mark: (each.wish, each.usages) for each in cases}, mark)
        case TakeUp(), Did(Do.GO_ON):
            return go(case, Choosing())
        case ((TakeUp() | Choosing()), Did(Do.END)):
            return over(case)
        case Choosing(asking=False), _:
            return _chosen(case, touch)
        case AskInsurance(), _:
            return _insurance(case, touch)
        case Explained(), _:
            return _explained(case, case.scene, touch)
        case AwaitCard(), Did(Do.BACK) if not case.written:
            return go(case, Explained())
        case NotHere(), Did(Do.BACK) if not case.card_present:
            return go(case, Choosing())
        case NotHere(), Did(Do.END) if not case.card_present:
            return over(case)
        case _:
            return stay(case)


def rules_said(case: X509PinCase, event: RulesSaid | RulesAway) -> Step:
    """What the server's rules say."""
    if not isinstance(case.scene, Choosing) or not case.scene.asking:
        return stay(case)
    if isinstance(event, RulesAway):
        return go(case, Choosing(away=True))
    if event.why_not is not None:
        return not_here(case, event.why_not, event.instead)
    return go(case, AskInsurance() if case.wish is Wish.FACE_AUTH_ON else Explained())


def _taken_up(case: X509PinCase, known: dict[str, tuple[Wish, tuple[Usage, ...]]], mark: str) -> Step:
    if mark not in known:
        return stay(case)
    wish, usages = known[mark]
    again = replace(case, wish=wish, usages=usages, jobs=plan_again(wish, usages), written=True)
    return to_card(again, TakeUpCase(case.number, mark))


def _chosen(case: X509PinCase, touch: CaseTouch) -> Step:
    match touch:
        case WishChosen(wish):
            usages = case.usages if wish.of_usages else (Usage.USER_AUTH,)
            return go(replace(case, wish=wish, usages=usages), Choosing())
        case UsageToggled(usage):
            toggled = set(case.usages) ^ {usage}
            usages = tuple(each for each in BOTH if each in toggled)
            return go(replace(case, usages=usages or case.usages), Choosing())
        case ComerChosen(comer):
            return go(replace(case, comer=comer), Choosing())
        case LivesHere(here):
            return go(replace(case, lives_here=here), Choosing())
        case Did(Do.GO_ON) if case.wish is not None:
            asking = AskRules(case.number, case.wish, case.comer, case.lives_here)
            # What was begun before, and then not wanted, is another procedure.
            told = told_end(case, ProcedureEnd.GIVEN_UP)
            return go(replace(ended(case), jobs=None, card=None, asks=()), Choosing(asking=True), *told, asking)
        case _:
            return stay(case)


def _insurance(case: X509PinCase, touch: CaseTouch) -> Step:
    match touch:
        case Did(Do.INSURANCE_DONE | Do.ALL_THE_SAME):
            return go(case, Explained())
        case Did(Do.INSURANCE_NOT_DONE):
            return go(case, AskInsurance(told=True))
        case Did(Do.END):
            return not_here(case, WhyNot.INSURANCE_FIRST, ())
        case Did(Do.BACK):
            return go(case, Choosing())
        case _:
            return stay(case)


def _explained(case: X509PinCase, scene: Explained, touch: CaseTouch) -> Step:
    match touch:
        case DocumentMarked(kind):
            return _shown(case, scene, marked(case.shown, kind))
        case FieldTyped(name, text) if name.startswith(UNTIL):
            return _shown(case, scene, dated(case.shown, name, text))
        case Did(Do.AGREE):
            return go(case, replace(scene, agreed=True))
        case Did(Do.DISAGREE | Do.BACK) if case.written:
            # A card that was begun is waited for; whether it is left open is asked there.
            return stay(case) if case.card_present else go(case, AwaitCard())
        case Did(Do.DISAGREE | Do.BACK) if case.done and not case.card_present:
            return finish(case, Ending.UNDONE)
        case Did(Do.DISAGREE | Do.BACK) if not case.card_present:
            return go(case, Choosing())
        case Did(Do.GO_ON) if known_by(case) and scene.agreed:
            return to_card(case)
        case _:
            return stay(case)


def known_by(case: X509PinCase) -> bool:
    """Whether documents were marked that can be told to the server."""
    return bool(case.shown) and not wrong_days(case.shown)


def _shown(case: X509PinCase, scene: Explained, shown: tuple[Document, ...]) -> Step:
    return go(replace(case, shown=shown), replace(scene, would_do=None, expired=()))
