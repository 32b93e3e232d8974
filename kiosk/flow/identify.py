"""From a card on the reader to an offer: whose card it is, its PIN, and what the server says. Nothing is asked of a
person whose card can't be served."""

from dataclasses import replace

from hardware.card.model import CardFacts, CardKind
from kiosk.flow.change import Step, go, left, stay, visit_of, with_visit
from kiosk.flow.choices import first_choice
from kiosk.flow.claims import Claims
from kiosk.flow.effects import (
    AnswerChallenge,
    ClearPad,
    EraseVisit,
    OpenSession,
    OpenVisit,
    ProveEnrolment,
    ProveOrder,
    ReadCard,
    ResetCard,
    SendAnswer,
    ServerCall,
    VerifyPin,
)
from kiosk.flow.ending import decline, finish
from kiosk.flow.events import CardFailed, CardProblem, Offered, PinRight, PinWrong, Refused, SessionOpened
from kiosk.flow.retry import try_again
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import (
    AwaitCard,
    CheckingPin,
    Confirm,
    EnterPin,
    OfferEnrolment,
    ProvingEnrolment,
    ProvingOrder,
    ReadingCard,
    ReviewEnrolment,
)
from kiosk.flow.state import Cancelled, Terminal, Visit
from kiosk.flow.values.service import Belonging
from kiosk.flow.values.trouble import DeclineReason
from koufu.evidence.words import RefusalReason

PIN_DIGITS = 4

APPLIES = frozenset({RefusalReason.NOT_ENROLLED, RefusalReason.ENROLMENT_DECLINED, RefusalReason.ENROLMENT_RENEW})
"""Refusals of whoever lives elsewhere after which they can apply here and now."""

TRIES_WHEN_VERIFIED = 3
"""A right PIN sets the counter of the card back to this."""


def read_card(state: Terminal) -> Step:
    """A card lies there: what is it?"""
    return go(state, ReadingCard(), ReadCard(visit_of(state).attempt))


def card_read(state: Terminal, facts: CardFacts) -> Step:
    """What the chip alone can say decides whether a PIN makes sense."""
    visit = visit_of(state)
    if visit.answers_kept:
        return _card_back(state, visit, facts)
    state = with_visit(state, replace(visit, facts=facts))
    match facts.kind:
        case CardKind.FOREIGN:
            return decline(state, DeclineReason.FOREIGN_CARD)
        case CardKind.LOCKED:
            return decline(state, DeclineReason.PIN_LOCKED)
        case CardKind.FACE_AUTH:
            return decline(state, DeclineReason.FACE_AUTH)
        case _ if facts.user_auth_x509 is not None:
            return stay(state, _open(visit, facts))
        case CardKind.LOCKED_OR_FACE_AUTH:
            return decline(state, DeclineReason.LOCKED_OR_FACE_AUTH)
        case _:
            return ask_pin(state)


def _card_back(state: Terminal, visit: Visit, facts: CardFacts) -> Step:
    """Answers are kept for the card the visit began with, and for no other."""
    if facts.kind is CardKind.FOREIGN:
        return decline(state, DeclineReason.OTHER_CARD)
    if facts.user_auth_x509 is not None and _is_other(visit, facts.user_auth_x509):
        return decline(state, DeclineReason.OTHER_CARD)
    if not facts.kind.takes_pin:
        return decline(state, DeclineReason.PIN_LOCKED)
    state = with_visit(state, replace(visit, facts=replace(facts, user_auth_x509=_known(visit))))
    return ask_pin(state, again=True)


def _known(visit: Visit) -> bytes | None:
    return visit.facts.user_auth_x509 if visit.facts is not None else None


def _is_other(visit: Visit, user_auth_x509: bytes) -> bool:
    known = _known(visit)
    return known is not None and known != user_auth_x509


def ask_pin(state: Terminal, *, wrong: bool = False, again: bool = False) -> Step:
    """The PIN pad, empty."""
    visit = visit_of(state)
    assert visit.facts is not None
    tries = visit.facts.tries_left if visit.facts.tries_left is not None else TRIES_WHEN_VERIFIED
    state = with_visit(state, replace(visit, verified=False))
    return go(state, EnterPin(visit.facts, tries, wrong=wrong, again=again), ClearPad())


def pin_entered(state: Terminal, scene: EnterPin) -> Step:
    """All digits are there: the card looks at them, once."""
    if scene.digits != PIN_DIGITS:
        return stay(state)
    return go(state, CheckingPin(), VerifyPin(visit_of(state).attempt))


def pin_right(state: Terminal, event: PinRight) -> Step:
    """The card knows its holder. What was it asked for?"""
    visit = visit_of(state)
    assert visit.facts is not None
    if event.user_auth_x509 is not None and _is_other(visit, event.user_auth_x509):
        return decline(state, DeclineReason.OTHER_CARD)
    x509 = _known(visit) or event.user_auth_x509
    facts = replace(visit.facts, tries_left=TRIES_WHEN_VERIFIED, user_auth_x509=x509)
    state = with_visit(state, replace(visit, facts=facts, verified=True))
    if visit.answers_kept:
        return prove(state)
    if visit.session:
        return stay(state, AnswerChallenge(visit.attempt))
    return stay(state, _open(visit, facts))


def pin_wrong(state: Terminal, event: PinWrong) -> Step:
    """The tries left are told, or that the PIN is locked now."""
    visit = visit_of(state)
    assert visit.facts is not None
    if event.tries_left <= 0:
        return decline(state, DeclineReason.PIN_LOCKED)
    state = with_visit(state, replace(visit, facts=replace(visit.facts, tries_left=event.tries_left)))
    return ask_pin(state, wrong=True)


def _open(visit: Visit, facts: CardFacts) -> OpenSession:
    return OpenSession(visit.attempt, facts, None if visit.elsewhere is None else visit.elsewhere.code)


def session_opened(state: Terminal, event: SessionOpened) -> Step:
    """The server takes the X.509."""
    visit = visit_of(state)
    if visit.facts is None:
        return stay(state)
    state = with_visit(state, replace(visit, session=True, awaited=None, board=event.board))
    if visit.facts.kind is CardKind.LOCKED_OR_FACE_AUTH:
        return decline(state, DeclineReason.LOCKED_OR_FACE_AUTH)
    if visit.verified:
        return stay(state, AnswerChallenge(visit.attempt))
    return ask_pin(state)


def challenge_answered(state: Terminal) -> Step:
    """The answer goes up."""
    return stay(state, SendAnswer(visit_of(state).attempt))


def session_refused(state: Terminal, event: Refused, rules: SiteRules) -> Step:
    """Refused before anything was on offer."""
    visit = visit_of(state)
    if visit.facts is not None and visit.facts.kind is CardKind.LOCKED_OR_FACE_AUTH:
        known = event.reason is RefusalReason.FACE_AUTH_CARD
        return decline(state, DeclineReason.FACE_AUTH if known else DeclineReason.LOCKED_OR_FACE_AUTH)
    if event.reason is RefusalReason.FACE_AUTH_CARD:
        return decline(state, DeclineReason.FACE_AUTH, window=event.window)
    if event.reason is RefusalReason.SESSION_EXPIRED and visit.verified and visit.failures + 1 < rules.server_tries:
        return reopen(with_visit(state, replace(visit, failures=visit.failures + 1)))
    if event.reason is RefusalReason.NOT_ENROLLED and visit.elsewhere is None and state.asks_where:
        # Who said that they live here has a card that the municipality does not know yet, not a koseki to apply for.
        return decline(state, RefusalReason.X509_UNKNOWN, None, event.window)
    if event.reason in APPLIES and visit.verified:
        return go(state, OfferEnrolment(event.reason))
    return decline(state, event.reason, event.kind, event.window)


def session_failed(state: Terminal, rules: SiteRules) -> Step:
    """No answer. A challenge is good for one answer, so a new session is opened rather than the old one asked again."""
    visit = visit_of(state)
    if visit.facts is None:
        return stay(state)
    failed = (
        DeclineReason.LOCKED_OR_FACE_AUTH
        if visit.facts.kind is CardKind.LOCKED_OR_FACE_AUTH
        else DeclineReason.SERVER_AWAY
    )
    return try_again(state, ServerCall.OPEN_SESSION, rules) or decline(state, failed)


def reopen(state: Terminal) -> Step:
    """A new session for the same card."""
    visit = visit_of(state)
    assert visit.facts is not None
    return stay(with_visit(state, replace(visit, awaited=None)), _open(visit, visit.facts))


def offered(state: Terminal, event: Offered) -> Step:
    """What may be had, or why nothing."""
    visit = visit_of(state)
    offer = event.offer
    state = with_visit(state, replace(visit, offer=offer, verified=True, failures=0, awaited=None))
    refusals = {kind.refusal for kind in offer.kinds}
    if None in refusals:
        return go(state, first_choice(offer))
    if len(refusals) == 1:
        reason = refusals.pop()
        assert reason is not None
        return decline(state, reason)
    return go(state, first_choice(offer)) if offer.kinds else decline(state, RefusalReason.NOT_OFFERED)


def prove(state: Terminal) -> Step:
    """The card proves the order, or what is applied for, if it lies there and knows its holder; else it is asked
    for."""
    visit = visit_of(state)
    if not state.card_present:
        return go(state, AwaitCard(again=True))
    if not visit.verified:
        return read_card(state)
    if visit.offer is None:
        return go(state, ProvingEnrolment(), ProveEnrolment(visit.attempt, visit.claims or Claims()))
    fee = sum(line.total for line in visit.basket)
    return go(
        with_visit(state, replace(visit, fee=fee)),
        ProvingOrder(),
        ProveOrder(visit.attempt, visit.basket, fee, visit.offer),
    )


def card_taken(state: Terminal) -> Step:
    """Taken away, or the reader with it: answers are kept; before there are any, the visit begins anew."""
    visit = visit_of(state)
    if visit.answers_kept:
        forgotten = with_visit(state, replace(visit, verified=False))
        return go(forgotten, AwaitCard(again=True), ResetCard(visit.attempt))
    if left(state) - {Belonging.CARD}:
        return finish(state, Cancelled())
    attempt = state.attempts + 1
    fresh = replace(state, visit=Visit(attempt, elsewhere=visit.elsewhere), attempts=attempt)
    return go(fresh, AwaitCard(), EraseVisit(visit.attempt), OpenVisit(attempt))


def back_to_confirm(state: Terminal) -> Step:
    """The order, or what was typed, as it was, though the card has not proven it."""
    return go(state, Confirm() if visit_of(state).offer is not None else ReviewEnrolment())


def card_forgets(state: Terminal) -> Step:
    """The card is reset or gone while its holder chooses: it will want its PIN again."""
    visit = visit_of(state)
    if not visit.verified:
        return stay(state)
    return stay(with_visit(state, replace(visit, verified=False)), ResetCard(visit.attempt))


def card_failed(state: Terminal, event: CardFailed) -> Step:
    """A card step went wrong."""
    if event.problem is CardProblem.UNREADABLE:
        return decline(state, DeclineReason.CARD_UNREADABLE)
    return card_taken(state)
