"""What is done with the resident's card and the PIN pad. No digit passes here (I11)."""

from dataclasses import dataclass

from kiosk.flow.claims import Claims
from kiosk.flow.values.offer import Offer
from kiosk.flow.values.order import Line


@dataclass(frozen=True, slots=True)
class ClearPad:
    """Overwrites the digits on the PIN pad."""


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Answers `CardRead` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class VerifyPin:
    """Moves the PIN from the pad to the card: once. Answers `PinRight`, `PinWrong` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class AnswerChallenge:
    """Answers `ChallengeAnswered`, `PinForgotten` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ProveOrder:
    """Makes the order's bytes and has the card prove them. Answers `OrderProven`, `PinForgotten` or `CardFailed`."""

    attempt: int
    lines: tuple[Line, ...]
    fee: int
    offer: Offer


@dataclass(frozen=True, slots=True)
class ProveEnrolment:
    """Makes the bytes of what is applied for and has the card prove them. Answers `EnrolmentProven`, `PinForgotten` or
    `CardFailed`."""

    attempt: int
    claims: Claims


@dataclass(frozen=True, slots=True)
class ResetCard:
    """Resets the card, so that it wants its PIN again, and lets it go. Nothing answers."""

    attempt: int


CardEffect = ClearPad | ReadCard | VerifyPin | AnswerChallenge | ProveOrder | ProveEnrolment | ResetCard
