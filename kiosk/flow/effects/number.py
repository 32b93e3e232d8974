"""What is done when a holder asks to hear their individual number (decision 0011). Nothing here, and no event that
answers, can hold a figure of it."""

from dataclasses import dataclass

from kiosk.flow.values.presentation import Language


@dataclass(frozen=True, slots=True)
class LookAtHeadphones:
    """Answers `HeadphonesSeen`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ReadNumberCard:
    """Answers `NumberCardRead` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class VerifyNumberPin:
    """Moves the PIN from the pad to the card: once. Answers `PinRight`, `PinWrong` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class TellNumber:
    """Reads the number from the card into the headphones, figure by figure. Answers `NumberTold`, `PinForgotten` or
    `CardFailed`."""

    attempt: int
    language: Language


NumberEffect = LookAtHeadphones | ReadNumberCard | VerifyNumberPin | TellNumber
