"""The words of a card application at the counter, as the server spells them on the wire and in the form's fields. What
any of them means in law is the server's; here they are only chosen from. Pure."""

from enum import Enum


class Step(Enum):
    """The steps of taking an application in, in their order."""

    WHO = "who"
    INTENT = "intent"
    IDENTITY = "identity"
    FORM = "form"
    X509 = "x509"
    PHOTO = "photo"
    SIGNATURE = "signature"
    PIN_FORM = "pin-form"
    DELIVERY = "delivery"
    CHECK = "check"


ORDER = tuple(Step)


class Procedure(Enum):
    """What somebody came for."""

    ORDINARY = "card-application"
    EXPRESS = "express"


class How(Enum):
    """How the intent to apply was expressed."""

    SPEECH = "speech"
    GESTURE = "gesture"
    WRITING = "writing"
    HELPER = "helper"


class AffirmedBy(Enum):
    """By whose hand it stands there that somebody wants a card, or does not."""

    OWN_KEY = "own-key"
    STAFF = "staff"
    DECLINED = "declined"


class Signature(Enum):
    """How the name came into the box."""

    HANDWRITTEN = "handwritten"
    PRINTED_NAME = "printed-name"
    BRAILLE = "braille"
    SCRIBED = "scribed"


class Occasion(Enum):
    """Why a card is applied for."""

    FIRST = "first"
    RENEWAL = "renewal"
    ANNOTATIONS_FULL = "annotations-full"
    OTHER = "other"


class OldCard(Enum):
    """What becomes of the card that somebody has."""

    NONE = "none"
    HANDED_IN = "handed-in"
    TO_HAND_IN = "to-hand-in"


class Route(Enum):
    """How the card reaches the person."""

    MAIL = "mail"
    COUNTER = "counter"


class Ground(Enum):
    """Why somebody needs a card quickly."""

    INFANT = "infant"
    FROM_ABROAD = "from-abroad"
    LOST = "lost"
    NEW_RECORD = "new-record"
    NEW_FOREIGN = "new-foreign"
    NUMBER_CHANGED = "number-changed"
    DAMAGED = "damaged"
    ANNOTATIONS_FULL = "annotations-full"
    FORMER_INMATE = "former-inmate"


WITH_A_PHOTO = (
    *("driving-licence", "individual-number-card", "passport", "residence-card"),
    *("disability-book", "driving-history", "special-permanent-resident-card"),
)
WITHOUT_A_PHOTO = (
    *("eligibility-certificate", "care-insurance-card", "pension-document", "medical-recipient-card"),
    *("student-card", "employee-card", "maternity-book", "face-statement", "notice-card"),
)
DOCUMENTS = WITH_A_PHOTO + WITHOUT_A_PHOTO
"""Documents that somebody may show, the usual ones first. Which are enough, the server says."""

FIELDS = frozenset(
    {
        *("address", "adult-ward", "born", "braille-name", "change-planned", "copy-consent", "email"),
        *("express-ground", "express-happened-on", "forwarding", "intent-affirmed-by", "intent-expressed-by"),
        *(
            "intent-witness",
            "name",
            "name-kana",
            "no-signing-x509",
            "no-user-auth-x509",
            "occasion",
            "phone",
            "photo-exception",
        ),
        *("photo-exception-reason", "photo-findings", "photo-overruled", "pin-consent", "representative-address"),
        *("representative-name", "representative-phone", "representative-relation", "sex", "signature-kind"),
        *("signature-outside-box", "signature-sealed", "stay-status", "stay-until", "substitute-characters"),
        *("who-came",),
    }
)
"""Fields of the form that this counter fills in."""

YES, NO = "yes", "no"
