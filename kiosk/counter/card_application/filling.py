"""The form: filled in on the clerk's window, read on both, confirmed by the resident; X.509s, signature, sealed PIN
form, old card, and the questions of the mail."""

from dataclasses import replace

from kiosk.counter.card_application.case import CardCase, answered, at
from kiosk.counter.card_application.events import Chosen, Heard, Key, Touched
from kiosk.counter.card_application.moving import Done, go_on
from kiosk.counter.card_application.ready import ready
from kiosk.counter.card_application.scenes import Delivery, Filling
from kiosk.counter.card_application.words import Route, Step

TYPED = frozenset(
    {
        *("braille-name", "email", "happened-text", "last-card-text", "phone", "photo-exception-reason"),
        *("representative-address", "representative-name", "representative-phone", "representative-relation"),
        *("search-born", "search-municipality", "search-name", "substitute-characters"),
    }
)
"""What a clerk types. Name, address, birth and sex are the register's."""

CHOSEN = frozenset(
    {
        *("adult-ward", "change-planned", "copy-consent", "forwarding", "no-signing-x509", "no-user-auth-x509"),
        *("occasion", "old-card", "photo-exception", "pin-consent", "pin-form", "signature-kind"),
        *("signature-outside-box", "signature-sealed"),
    }
)
OPTIONAL = frozenset(
    {
        *("adult-ward", "no-signing-x509", "no-user-auth-x509", "photo-exception", "signature-outside-box"),
        *("signature-sealed", "pin-form"),
    }
)
"""What may be taken back by choosing it again."""


def heard(case: CardCase, event: Heard) -> Done | None:
    """What these steps make of it; None when it is none of their own."""
    match case.scene, event:
        case Filling(confirming=False), Touched(Key.NEXT):
            return (at(case, Filling(confirming=True)), ()) if ready(case, Step.FORM) else (case, ())
        case Filling(confirming=True), Touched(Key.CONFIRM):
            return go_on(case)
        case Filling(confirming=True), Touched(Key.READ_ON):
            return at(case, replace(case.scene, page=case.scene.page + 1)), ()
        case Filling(confirming=True), Touched(Key.OBJECT):
            return at(case, Filling(objected=True)), ()
        case Filling(confirming=True), Touched(Key.NEXT):
            # The resident's confirmation alone leads on.
            return case, ()
        case Filling(confirming=True), Chosen():
            return case, ()
        case Delivery(), Chosen("route", Route.COUNTER.value) if case.route is Route.MAIL:
            return _to_counter(case), ()
        case _:
            return None


def unconfirmed(case: CardCase) -> CardCase:
    """What the resident confirmed was another: it is read and confirmed anew."""
    if isinstance(case.scene, Filling):
        return at(case, Filling())
    return case


def _to_counter(case: CardCase) -> CardCase:
    """Fetched at a counter instead: a draft can't change its way, so it is withdrawn and opened anew."""
    opened = bool(case.mirror.application)
    return replace(answered(case, route=Route.COUNTER.value, pin_form=""), reopening=opened, problem=None)
