"""Which papers a clerk prints at the counter, and what a guidance is about. The values are words of the wire."""

from dataclasses import dataclass
from enum import Enum

from koufu.applying.words import Comer


class Sheet(Enum):
    """A paper that bears nobody's name, one to fill in by hand, or one of `OF_ONE`; in the order of the keys."""

    INTENT_EXPLAINED = "intent-explained"
    PHOTO_EXPLAINED = "photo-explained"
    PINS_EXPLAINED = "pins-explained"
    WHERE_TO_GO = "where-to-go"
    APPLICATION_FORM = "application-form"
    PIN_REQUEST = "pin-request"
    LOSS_REPORT = "loss-report"
    LETTER_OF_ATTORNEY = "letter-of-attorney"
    FACE_HOSPITAL = "face-hospital"
    FACE_FACILITY = "face-facility"
    FACE_CARE = "face-care"
    FACE_SUPPORT = "face-support"
    DELIVERY_NOTICE = "delivery-notice"


OF_ONE = frozenset({Sheet.DELIVERY_NOTICE})
"""These say what one application says; for officers alone."""

EXPLAINING = frozenset({Sheet.INTENT_EXPLAINED, Sheet.PHOTO_EXPLAINED, Sheet.PINS_EXPLAINED, Sheet.WHERE_TO_GO})
"""There in Japanese and English; forms are in Japanese alone."""


class Procedure(Enum):
    """What somebody came for, as far as a clerk is asked for the way."""

    CARD_APPLICATION = "card-application"
    EXPRESS = "express"
    CARD_DELIVERY = "card-delivery"
    PROXY_DELIVERY = "proxy-delivery"
    X509_RENEWAL = "x509-renewal"
    PIN_RESET = "pin-reset"
    FACE_AUTH_SWITCH = "face-auth-switch"
    LOSS_REPORT = "loss-report"


@dataclass(frozen=True, slots=True)
class Question:
    """What a guidance is about, as far as it is told; `lives_here`: in the municipality that the counter works for."""

    procedure: Procedure | None = None
    comer: Comer = Comer.PERSON
    lives_here: bool = True


class Why(Enum):
    """Why no paper came out."""

    ALLOWED_HERE = "allowed-here"
    """It can be done here: there is nowhere else to go."""
    REFUSED = "refused"
    NO_SUCH_CARD = "no-such-card"
    """No application has this number, or its card is not there yet."""
    SERVER_AWAY = "server-away"
    PRINTER = "printer"
