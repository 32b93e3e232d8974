"""The words of a hand-over as the server spells them on the wire. What any of them means in law is the server's; here
they are only chosen from. Pure."""

from enum import Enum


class Coming(Enum):
    """Who stands at the counter."""

    PERSON = "person"
    WITH_REPRESENTATIVE = "with-representative"
    REPRESENTATIVE = "representative"
    """Alone."""
    PROXY = "proxy"


ALONE = (Coming.REPRESENTATIVE, Coming.PROXY)
"""Without the person: 代理交付."""

COMERS = {
    Coming.PERSON: ("card-delivery", "person"),
    Coming.WITH_REPRESENTATIVE: ("card-delivery", "legal-representative"),
    Coming.REPRESENTATIVE: ("proxy-delivery", "legal-representative"),
    Coming.PROXY: ("proxy-delivery", "proxy"),
}
"""By which procedure, and as whom, the rules of the place know them."""


class PinSetting(Enum):
    """How the PINs come onto the card."""

    SELF = "self"
    HELPER_ASSISTED = "helper-assisted"
    STAFF_ON_REQUEST = "staff-on-request"
    REPRESENTATIVE = "representative"
    SEALED_FORM = "sealed-form"
    BEFORE = "before"
    NONE = "none"


NOTHING_TO_SET = (PinSetting.BEFORE, PinSetting.NONE)


class OldCard(Enum):
    """What becomes of the card that the person had."""

    NONE = "none"
    HANDED_IN = "handed-in"
    LOST = "lost"
    """Told to the server as none: a report of its loss settles it."""


CASES = (
    *("aged-75", "needs-care", "disabled", "long-in-hospital", "in-a-facility", "pregnant"),
    *("preschool", "pupil", "high-school", "studies-abroad", "withdrawn-at-home", "adult-ward"),
    *("curated-or-assisted", "long-business-trip", "at-sea", "busy"),
)
"""Why somebody can't come, the usual ones first."""

FROM_DOCUMENTS = "identity-document"
"""Supports a case by itself: it is not asked for a second time."""
AUTHORITY = "proof-of-authority"

PAPERS = ("reply", "letter-of-attorney", "sealed-pin-form")
FLAGS = (*PAPERS, "adult-ward", "physically", "officer-grants")
