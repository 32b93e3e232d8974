"""What the case of X.509s and PINs knows: wishes, what a card tells, jobs and what they ask of the resident. No value
here holds a PIN or anything of a person."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from hardware.card.model import Usage
from hardware.card.writing.commands import Beside
from hardware.card.writing.model import Standing
from hardware.card.writing.steps import Goal

BOTH = (Usage.USER_AUTH, Usage.SIGNING)


class Wish(Enum):
    """What the resident came for."""

    RENEW = "renew"
    ISSUE = "issue"
    REVOKE = "revoke"
    CHANGE_PIN = "change-pin"
    RESET_PIN = "reset-pin"
    FACE_AUTH_ON = "face-auth-on"
    FACE_AUTH_OFF = "face-auth-off"

    @property
    def of_usages(self) -> bool:
        """Whether it has to be said for which X.509."""
        return self not in (Wish.FACE_AUTH_ON, Wish.FACE_AUTH_OFF)


PROCEDURES = {
    Wish.RENEW: "x509-renewal",
    Wish.ISSUE: "x509-issue",
    Wish.REVOKE: "x509-revocation",
    Wish.CHANGE_PIN: "pin-change",
    Wish.RESET_PIN: "pin-reset",
    Wish.FACE_AUTH_ON: "face-auth-switch",
    Wish.FACE_AUTH_OFF: "face-auth-switch",
}
"""By which word the server's rules know it."""


@dataclass(frozen=True, slots=True)
class Begins:
    """What is begun at the server, so that an answer is told from one about something else. `without_pin`: a PIN is to
    be set though none is known."""

    wish: Wish
    without_pin: bool = False


class WhyNot(Enum):
    """Why a procedure can't be done here, now, with this card. The first group are the server's words."""

    NEVER_HERE = "never-here"
    NOT_YET_OR_ANY_MORE = "not-yet-or-any-more"
    NOT_COMMISSIONED = "not-commissioned"
    NOTHING_BEHIND_IT = "nothing-behind-it"
    ONLY_ABROAD = "only-abroad"
    RESIDENTS_ONLY = "residents-only"
    OTHER_COMER = "other-comer"
    NOT_THIS_DESK = "not-this-desk"
    """Anything else the server says: the desk, its staff or the terminal may not."""

    TOO_EARLY = "too-early"
    """Renewal has not begun: the server tells the first day."""
    BOTH_PINS_UNKNOWN = "both-pins-unknown"
    """No PIN is known, or the one that would open the other is locked: only where staff know who the holder is."""
    INSURANCE_FIRST = "insurance-first"
    """The card is to be registered as health insurance card before it is switched."""
    PIN_LOCKED = "pin-locked"
    """It has to be reset first, by the other PIN."""
    NOTHING_THERE = "nothing-there"
    """The card has no such X.509: a new one is issued instead."""
    EXPIRED = "expired"
    """Past its last day, or revoked: a new one is issued instead."""
    THERE_ALREADY = "there-already"
    """The card has such an X.509, and it is good: it is renewed instead."""
    IS_FACE_AUTH = "is-face-auth"
    """A face-authentication card has no such PIN or X.509."""
    NOT_FACE_AUTH = "not-face-auth"
    NO_LINE_LEFT = "no-line-left"
    """The annotation field (追記欄) is full: a new card is applied for."""
    NO_USER_AUTH_X509 = "no-user-auth-x509"
    """There is no good user-authentication X.509: that comes first."""
    CARD_TELLS_NOBODY = "card-tells-nobody"
    """The card bears no X.509 by which the register would know its holder: only the municipality's counter goes on."""
    FOREIGN_CARD = "foreign-card"
    """No My Number card, or none that can be written here."""
    UNREADABLE_CARD = "unreadable-card"


@dataclass(frozen=True, slots=True)
class PairSeen:
    """One usage on a card: whether an X.509 is in use, how it stands at its issuer, its last day, what lies beside it,
    and the tries left of its PIN."""

    in_use: bool
    tries_left: int
    standing: Standing | None = None
    last_day: date | None = None
    beside: Beside = Beside.EMPTY

    @property
    def good(self) -> bool:
        """In use, and good today."""
        return self.in_use and self.standing is Standing.GOOD


@dataclass(frozen=True, slots=True)
class CardSeen:
    """What lies on the reader."""

    user_auth: PairSeen
    signing: PairSeen
    face_auth: bool = False
    line_left: bool = True

    def pair(self, usage: Usage) -> PairSeen:
        """One usage."""
        return self.user_auth if usage is Usage.USER_AUTH else self.signing


@dataclass(frozen=True, slots=True)
class Write:
    """Carries out a goal for one usage."""

    goal: Goal
    usage: Usage


@dataclass(frozen=True, slots=True)
class Change:
    """Puts a new PIN in the place of the one shown."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Reset:
    """Sets a PIN anew, by the holder's other PIN or `at_counter` without any."""

    usage: Usage
    at_counter: bool = False


@dataclass(frozen=True, slots=True)
class SwitchBack:
    """Makes a face-authentication card a normal one."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Finds out which PIN is in force after a change that broke off."""

    usage: Usage


Job = Write | Change | Reset | SwitchBack | Settle
"""What is done with a card in one go; after a break the same job is done again."""
