"""Until when a card and its X.509s are valid, and from when they can be renewed. The day of issue is the day on which
the card maker made the card, never that on which it was handed over. Pure."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from certserver.applications.ages import card_birthdays, needs_legal_representative, nth_birthday
from certserver.applications.dated import Confirmed, Dated

_OF_ADULTS = 10


class StayKind(Enum):
    """A foreign resident's status, as far as validity depends on it."""

    PERMANENT = "permanent"
    """永住者"""
    SPECIAL_PERMANENT = "special-permanent"
    """特別永住者"""
    HIGHLY_SKILLED_2 = "highly-skilled-2"
    """高度専門職2号"""
    LIMITED = "limited"
    """Everybody else: 在留期間 has an end."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A foreign resident's stay; `ends_on` exactly where it has an end. Raises `ValueError` otherwise."""

    kind: StayKind
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if (self.kind is StayKind.LIMITED) != (self.ends_on is not None):
            raise ValueError("a stay has an end exactly when it is limited")


@dataclass(frozen=True, slots=True)
class IssueDayRules(Dated):
    """Whether a birthday on the day of issue is the first of those counted, for the card and for X.509s."""

    card: bool
    x509: bool


ISSUE_DAY = IssueDayRules(
    card=True, x509=False, source="municipal page (nanjo), one city alone", confirmed=Confirmed.SEEN
)
"""The switch that a municipality may set otherwise: no law was read that says it."""


@dataclass(frozen=True, slots=True)
class X509Term(Dated):
    """Which birthday after its issue ends an X.509, and how many months before expiry cards and X.509s are renewed."""

    birthdays: int
    renewal_months: int


X509_TERM = X509Term(5, 3, source="municipal pages (azumino, mashiki)", confirmed=Confirmed.SEEN)


class ExpiryGround(Enum):
    """What ends a validity."""

    TENTH_BIRTHDAY = "tenth-birthday"
    FIFTH_BIRTHDAY = "fifth-birthday"
    END_OF_STAY = "end-of-stay"
    CARD_EXPIRES = "card-expires"


@dataclass(frozen=True, slots=True)
class Expiry:
    """The last day of a validity, and why that one."""

    last_day: date
    ground: ExpiryGround


class X509Kind(Enum):
    """The two X.509s of a card."""

    SIGNING = "signing"
    """署名用電子証明書"""
    USER_AUTH = "user-auth"
    """利用者証明用電子証明書"""


@dataclass(frozen=True, slots=True)
class CardHolder:
    """What validity depends on of a person."""

    born: date = field(repr=False)
    stay: Stay | None = None
    """None: a Japanese national."""
    adult_ward: bool = False


def card_expiry(holder: CardHolder, accepted_on: date, issued_on: date, issue_day: IssueDayRules = ISSUE_DAY) -> Expiry:
    """The last day of a card. The age is that of the day on which the card maker accepted the application."""
    if holder.stay is not None and holder.stay.ends_on is not None:
        return Expiry(holder.stay.ends_on, ExpiryGround.END_OF_STAY)
    nth = card_birthdays(holder.born, accepted_on)
    ground = ExpiryGround.TENTH_BIRTHDAY if nth == _OF_ADULTS else ExpiryGround.FIFTH_BIRTHDAY
    return Expiry(nth_birthday(holder.born, issued_on, nth, issue_day_counts=issue_day.card), ground)


def x509_expiry(holder: CardHolder, card: Expiry, issued_on: date, issue_day: IssueDayRules = ISSUE_DAY) -> Expiry:
    """The last day of an X.509: the fifth birthday after its issue, or the card's last day if that comes first."""
    fifth = nth_birthday(holder.born, issued_on, X509_TERM.birthdays, issue_day_counts=issue_day.x509)
    if card.last_day < fifth:
        return Expiry(card.last_day, ExpiryGround.CARD_EXPIRES)
    return Expiry(fifth, ExpiryGround.FIFTH_BIRTHDAY)


def x509s_issued(holder: CardHolder, day: date) -> frozenset[X509Kind]:
    """Which X.509s somebody can have: none to sign with under 15 or for an adult ward."""
    if needs_legal_representative(holder.born, day, adult_ward=holder.adult_ward):
        return frozenset({X509Kind.USER_AUTH})
    return frozenset(X509Kind)


def ended_by_change(*, name_or_address: bool) -> frozenset[X509Kind]:
    """Which X.509s end when name or address change: that for signing bears them, the other doesn't."""
    return frozenset({X509Kind.SIGNING}) if name_or_address else frozenset()


class RenewalStage(Enum):
    """What can be done about something that expires."""

    TOO_EARLY = "too-early"
    RENEWAL = "renewal"
    NEW_ISSUE = "new-issue"
    """It has expired: a new one is issued, at the same counter."""


def renewable_from(last_day: date) -> date:
    """The first day of renewal: the day after the one three months before expiry, or after that month's last."""
    months = last_day.year * 12 + last_day.month - 1 - X509_TERM.renewal_months
    year, month = divmod(months, 12)
    return date(year, month + 1, min(last_day.day, monthrange(year, month + 1)[1])) + timedelta(days=1)


def renewal_stage(last_day: date, day: date) -> RenewalStage:
    """What can be done on a day about what is valid until `last_day`, that day included."""
    if day > last_day:
        return RenewalStage.NEW_ISSUE
    return RenewalStage.RENEWAL if day >= renewable_from(last_day) else RenewalStage.TOO_EARLY
