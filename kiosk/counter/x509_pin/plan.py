"""What has to be done with a card for a wish, and which PINs it takes; or why it can't be. Pure, from what the card
tells alone."""

from hardware.card.model import Usage
from hardware.card.writing.commands import Beside
from hardware.card.writing.model import Standing
from hardware.card.writing.pins import OTHER
from hardware.card.writing.steps import Goal
from kiosk.counter.elsewhere import COUNTER_AT_HOME, Place
from kiosk.counter.pins import Part, PinAsk
from kiosk.counter.x509_pin.values import CardSeen, Change, Job, Reset, Settle, SwitchBack, WhyNot, Wish, Write

Plan = tuple[Job, ...]


def plan(wish: Wish, usages: tuple[Usage, ...], card: CardSeen) -> Plan | WhyNot:
    """The jobs, or the first reason why not."""
    match wish:
        case Wish.FACE_AUTH_ON:
            return _switch_on(card)
        case Wish.FACE_AUTH_OFF:
            return _switch_off(card)
        case Wish.RESET_PIN:
            return _reset(usages, card)
        case _:
            return _each(wish, usages, card)


def asks(job: Job, card: CardSeen) -> tuple[PinAsk, ...]:
    """The PINs that a job takes before it is begun, in the order they are typed."""
    match job:
        case Write(goal=Goal.NEW_X509, usage=usage) if not card.face_auth and card.pair(usage).in_use:
            return (PinAsk(usage, Part.CURRENT),)
        case Change(usage):
            return (PinAsk(usage, Part.CURRENT), *_new(usage))
        case Reset(usage, at_counter):
            return _new(usage) if at_counter else (PinAsk(OTHER[usage], Part.CURRENT), *_new(usage))
        case SwitchBack():
            return _new(Usage.USER_AUTH)
        case Settle(usage):
            return (PinAsk(usage, Part.BEFORE), PinAsk(usage, Part.NEW))
        case _:
            return ()


def plan_again(wish: Wish, usages: tuple[Usage, ...]) -> Plan:
    """The jobs of a case that a restart cut off: each does only what is left to do."""
    match wish:
        case Wish.FACE_AUTH_ON:
            return (Write(Goal.FACE_AUTH, Usage.SIGNING),)
        case Wish.FACE_AUTH_OFF:
            return (SwitchBack(),)
        case Wish.CHANGE_PIN:
            return tuple(Settle(usage) for usage in usages)
        case Wish.RESET_PIN:
            return tuple(Reset(usage, at_counter=len(usages) > 1) for usage in usages)
        case Wish.REVOKE:
            return tuple(Write(Goal.NO_X509, usage) for usage in usages)
        case Wish.RENEW | Wish.ISSUE:
            return tuple(Write(Goal.NEW_X509, usage) for usage in usages)


def instead_of(why: WhyNot) -> tuple[Place, ...]:
    """Where a card can be helped that can't be here; nowhere else, where another procedure at this desk will do."""
    at_this_desk = (
        *(WhyNot.NOTHING_THERE, WhyNot.EXPIRED, WhyNot.THERE_ALREADY, WhyNot.PIN_LOCKED, WhyNot.NOT_FACE_AUTH),
        *(WhyNot.NO_USER_AUTH_X509, WhyNot.INSURANCE_FIRST, WhyNot.TOO_EARLY),
    )
    return () if why in at_this_desk else (COUNTER_AT_HOME,)


def _new(usage: Usage) -> tuple[PinAsk, ...]:
    return PinAsk(usage, Part.NEW), PinAsk(usage, Part.AGAIN)


def _each(wish: Wish, usages: tuple[Usage, ...], card: CardSeen) -> Plan | WhyNot:
    jobs: list[Job] = []
    for usage in usages:
        found = _one(wish, usage, card)
        if isinstance(found, WhyNot):
            return found
        jobs += found
    return tuple(jobs)


def _one(wish: Wish, usage: Usage, card: CardSeen) -> Plan | WhyNot:
    pair = card.pair(usage)
    if card.face_auth and (usage is Usage.SIGNING or wish is Wish.CHANGE_PIN):
        return WhyNot.IS_FACE_AUTH
    if wish is Wish.REVOKE:
        there = pair.in_use or pair.beside is Beside.PREVIOUS
        return (Write(Goal.NO_X509, usage),) if there else WhyNot.NOTHING_THERE
    if wish is Wish.ISSUE and not pair.in_use and not card.face_auth:
        # Nobody can be sure of the PIN of an X.509 that is not there: it is chosen anew.
        return Reset(usage, at_counter=not _opens(OTHER[usage], card)), Write(Goal.NEW_X509, usage)
    if not pair.in_use:
        return WhyNot.NOTHING_THERE if wish is not Wish.ISSUE else (Write(Goal.NEW_X509, usage),)
    if wish is Wish.ISSUE and pair.good:
        return WhyNot.THERE_ALREADY
    if wish is Wish.RENEW and pair.standing in (Standing.EXPIRED, Standing.REVOKED):
        return WhyNot.EXPIRED
    if not pair.tries_left and not card.face_auth:
        return WhyNot.PIN_LOCKED
    return (Change(usage),) if wish is Wish.CHANGE_PIN else (Write(Goal.NEW_X509, usage),)


def _reset(usages: tuple[Usage, ...], card: CardSeen) -> Plan | WhyNot:
    if card.face_auth:
        return WhyNot.IS_FACE_AUTH
    if any(not card.pair(usage).in_use for usage in usages):
        return WhyNot.NOTHING_THERE
    if len(usages) > 1:
        # Whoever knows neither has none to open the other with.
        return tuple(Reset(usage, at_counter=True) for usage in usages)
    return (Reset(usages[0], at_counter=not _opens(OTHER[usages[0]], card)),)


def _opens(usage: Usage, card: CardSeen) -> bool:
    """Whether the PIN of a usage can open the other one."""
    return card.pair(usage).in_use and card.pair(usage).tries_left > 0


def _switch_on(card: CardSeen) -> Plan | WhyNot:
    if card.face_auth:
        return WhyNot.IS_FACE_AUTH
    if not card.line_left:
        return WhyNot.NO_LINE_LEFT
    if not card.user_auth.good:
        return WhyNot.NO_USER_AUTH_X509
    return (Write(Goal.FACE_AUTH, Usage.SIGNING),)


def _switch_off(card: CardSeen) -> Plan | WhyNot:
    if not card.face_auth:
        return WhyNot.NOT_FACE_AUTH
    if not card.line_left:
        return WhyNot.NO_LINE_LEFT
    return (SwitchBack(),) if card.user_auth.good else WhyNot.NO_USER_AUTH_X509
