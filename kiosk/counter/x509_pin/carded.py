"""From a card on the reader to a job that may begin: what it tells, what has to be done, which PINs are typed first."""

from dataclasses import replace

from hardware.card.model import Usage
from kiosk.counter.case import CaseWaits
from kiosk.counter.pins import PATIENCE_S, Part, PinAsk
from kiosk.counter.x509_pin.change import Step, begin_at_server, finish, go, let_go, not_here, stay, to_card
from kiosk.counter.x509_pin.effects import AskRenewal, AskTerminal, DoJob, ReadCard
from kiosk.counter.x509_pin.events import CardRead, CardTrouble, RenewalSaid, RulesAway, RulesSaid, Says, Unproven
from kiosk.counter.x509_pin.plan import asks, instead_of, plan
from kiosk.counter.x509_pin.scenes import (
    AwaitCard,
    BrokenOff,
    Declined,
    Ending,
    Explained,
    ReadingCard,
    Standing,
    Typing,
    Working,
)
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.values import Begins, CardSeen, Job, Reset, SwitchBack, WhyNot, Wish, Write


def permitted(case: X509PinCase, event: RulesSaid | RulesAway | Unproven) -> Step:
    """Whether whoever is at the desk may begin it, or set a PIN though none is known. A card that was begun is left as
    it is for somebody who may."""
    without_pin = isinstance(case.scene, Working)
    if case.wish is None or event.of != Begins(case.wish, without_pin) or (case.allowed and not without_pin):
        return stay(case)
    match event:
        case RulesAway():
            return not_read(case, CardTrouble.SERVER_AWAY)
        case Unproven(would_do=would_do, expired=expired):
            return go(case, Explained(agreed=True, would_do=would_do, expired=expired), *let_go(case))
        case RulesSaid(why_not=None) if without_pin:
            return go(case, Working(), AskTerminal(case.number))
        case RulesSaid(instead=instead) if without_pin:
            why = WhyNot.BOTH_PINS_UNKNOWN
            return not_here(case, why, instead or instead_of(why))
        case RulesSaid(why_not=None):
            return go(replace(case, allowed=True), ReadingCard(), ReadCard(case.number))
        case RulesSaid(why_not=WhyNot() as why) if case.written:
            return go(case, Declined(Says.SERVER, why.value, case.standing, way_back(case)), *let_go(case))
        case RulesSaid(why_not=WhyNot.RESIDENTS_ONLY as why, instead=instead):
            # The register's word, not the clerk's, says where the counter at home is.
            return not_here(replace(case, lives_here=False), why, instead)
        case RulesSaid(why_not=WhyNot() as why, instead=instead):
            return not_here(case, why, instead or instead_of(why))
        case _:
            return stay(case)


def card_read(case: X509PinCase, event: CardRead) -> Step:
    """What lies there."""
    if not isinstance(case.scene, ReadingCard) or not case.allowed:
        return stay(case)
    case = replace(case, card=event.card)
    if case.jobs is not None:
        return go_on(case)
    assert case.wish is not None
    found = plan(case.wish, case.usages, event.card)
    if isinstance(found, WhyNot):
        return not_here(case, found, instead_of(found))
    if case.wish is not Wish.RENEW:
        return begin(replace(case, jobs=found))
    last_days = tuple(day for usage in case.usages if (day := event.card.pair(usage).last_day) is not None)
    if not last_days:
        return not_here(case, WhyNot.UNREADABLE_CARD, instead_of(WhyNot.UNREADABLE_CARD))
    return go(case, ReadingCard(found, last_days), AskRenewal(case.number, last_days))


def renewal_said(case: X509PinCase, event: RenewalSaid) -> Step:
    """Whether renewal has begun; an answer about another card that lay there before is dropped."""
    scene = case.scene
    if not isinstance(scene, ReadingCard) or not scene.found or scene.last_days != event.last_days:
        return stay(case)
    if event.why_not is not None:
        return not_here(case, event.why_not, instead_of(event.why_not), event.since)
    return begin(replace(case, jobs=scene.found))


def not_read(case: X509PinCase, trouble: CardTrouble) -> Step:
    """It could not be read: it is asked for again, or it is of no use."""
    match trouble:
        case CardTrouble.GONE | CardTrouble.MUTE | CardTrouble.READER_GONE:
            return go(case, AwaitCard(), *let_go(case))
        case CardTrouble.OTHER_CARD:
            return go(case, AwaitCard(other=True), *let_go(case))
        case CardTrouble.FOREIGN if not case.written:
            return not_here(case, WhyNot.FOREIGN_CARD, ())
        case CardTrouble.FOREIGN:
            return go(case, AwaitCard(other=True), *let_go(case))
        case CardTrouble.REFUSED | CardTrouble.FAULT if not case.written:
            return not_here(case, WhyNot.UNREADABLE_CARD, instead_of(WhyNot.UNREADABLE_CARD))
        case _:
            return go(case, BrokenOff(trouble, case.standing, way_back=way_back(case)), *let_go(case))


def way_back(case: X509PinCase) -> bool:
    """Whether what was begun can still be undone."""
    forward = case.standing in (Standing.OLD_IN_USE, Standing.OLD_OR_NEW)
    return forward and bool(case.jobs) and isinstance(job_of(case), Write) and not case.going_back


def begin(case: X509PinCase) -> Step:
    """The job at hand, from its beginning: first the PINs that it takes."""
    job, card = job_of(case), card_of(case)
    case = replace(case, asks=asks(job, card), written=False, standing=Standing.UNTOUCHED)
    if isinstance(job, Reset) and job.at_counter:
        # Before anybody types: the server says whether documents are enough, the card-writing terminal whether this
        # operator may.
        assert case.wish is not None
        return go(case, Working(), begin_at_server(case, Begins(case.wish, without_pin=True)))
    return next_ask(case)


def go_on(case: X509PinCase) -> Step:
    """The job at hand after a break: what is left to do, card and issuer say."""
    match job_of(case):
        case Write() if case.written:
            return next_ask(replace(case, asks=()))
        case SwitchBack() if not card_of(case).face_auth:
            return job_done(case)
        case _:
            return begin(case)


def job_done(case: X509PinCase) -> Step:
    """The next job, or the end."""
    done = replace(case, done=(*case.done, job_of(case)), jobs=(case.jobs or ())[1:], written=False)
    return begin(done) if done.jobs else finish(done, Ending.DONE)


def next_ask(case: X509PinCase) -> Step:
    """The next PIN to be typed; after the last one the job is done."""
    if case.asks:
        return go(case, typing(case, case.asks[0]), CaseWaits(case.number, PATIENCE_S))
    assert case.wish is not None
    begun = replace(case, written=True)
    return go(begun, Working(), DoJob(case.number, job_of(case), case.wish, case.usages))


def typing(case: X509PinCase, ask: PinAsk) -> Typing:
    """An empty pad for a PIN."""
    shown = ask.part is Part.CURRENT
    return Typing(ask, tries_left=card_of(case).pair(ask.usage).tries_left if shown else None)


def with_tries(case: X509PinCase, usage: Usage, left: int) -> X509PinCase:
    """So many tries are left of the PIN of a usage."""
    card = card_of(case)
    pair = replace(card.pair(usage), tries_left=left)
    return replace(
        case,
        card=replace(card, user_auth=pair) if usage is Usage.USER_AUTH else replace(card, signing=pair),
    )


def again(case: X509PinCase) -> Step:
    """The card is read once more, or asked for."""
    return to_card(case, *let_go(case))


def job_of(case: X509PinCase) -> Job:
    """The job at hand."""
    assert case.jobs
    return case.jobs[0]


def card_of(case: X509PinCase) -> CardSeen:
    """The card that was read."""
    assert case.card is not None
    return case.card
