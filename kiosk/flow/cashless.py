"""Cash or cashless, one of the two for a visit. The debit is the last step before the release: nothing is released
before it is known, and what is released for it and not delivered is paid back (I7)."""

from dataclasses import replace

from hardware.cashless.model import WhyNot
from kiosk.flow.change import Step, go, lying, stay, visit_of, with_visit
from kiosk.flow.documents import FeeHeld
from kiosk.flow.effects import AcceptMoney, Debit, StopDebit
from kiosk.flow.ending import finish
from kiosk.flow.events import Debited, NotDebited
from kiosk.flow.means import Means
from kiosk.flow.pay import release, toward_pay
from kiosk.flow.scenes import AskingDebit, ChooseMeans, Pay, Present
from kiosk.flow.state import BrokenBy, Terminal
from kiosk.flow.values.service import Belonging
from kiosk.flow.values.trouble import FaultKind


def chosen(state: Terminal, means: Means) -> Step:
    """How the resident pays. A card that lies on the reader again leaves first (I13)."""
    visit = visit_of(state)
    if visit.ready is None or Belonging.CARD in lying(state):
        return toward_pay(state)
    if means is Means.CASH and not state.takes_cash:
        return stay(state)
    state = with_visit(state, replace(visit, paying=True, means=means))
    if means is Means.CASH:
        return go(state, Pay(0, ()), AcceptMoney(visit.attempt, visit.ready))
    return go(state, Present(), Debit(visit.attempt, visit.ready))


def back(state: Terminal, scene: Present) -> Step:
    """To the choice, once the payment terminal says that nothing was debited."""
    if scene.stopping:
        return stay(state)
    return go(state, Present(stopping=True), StopDebit(visit_of(state).attempt))


def in_doubt(state: Terminal) -> Step:
    """It is asked what became of it."""
    return go(state, AskingDebit())


def debited(state: Terminal, event: Debited) -> Step:
    """Paid: on to the release. A terminal that debited another sum than the fee is not trusted with it."""
    visit = visit_of(state)
    state = with_visit(state, replace(visit, held=event.yen))
    if event.yen != visit.fee:
        return finish(state, BrokenBy(FaultKind.CASHLESS_SUM))
    return release(state, FeeHeld(visit.fee, event.yen))


def not_debited(state: Terminal, event: NotDebited) -> Step:
    """Nothing is owed to anybody: another try, cash, or the end."""
    state = with_visit(state, replace(visit_of(state), paying=False, means=Means.CASH))
    wanted = isinstance(state.scene, Present) and state.scene.stopping and event.why is WhyNot.GIVEN_UP
    return go(state, ChooseMeans(None if wanted else event.why))


def unclear(state: Terminal) -> Step:
    """Nobody can say whether it was debited: nothing is released, and all of it is paid back as soon as somebody
    can."""
    visit = visit_of(state)
    return finish(with_visit(state, replace(visit, held=visit.fee)), BrokenBy(FaultKind.CASHLESS_STOPPED))
