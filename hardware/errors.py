"""Faults of what hangs on a kiosk.

HardwareError
├── CameraError
│   ├── CameraAbsent     no camera of that name, or it is shut or somebody else's
│   └── CameraGone       it was open and shows nothing any more
├── CardError
│   ├── CardGone         the card left the reader, perhaps in the middle of a command
│   ├── CardMute         the card or its reader did not answer in time
│   ├── CardRefused      a status word that the step does not allow for
│   └── ReaderGone       no reader, or the PC/SC daemon is away
├── IssuerError          whoever issues X.509s did not do what was asked
│   ├── IssuerAway       no answer; it may have been done all the same
│   └── IssuerRefused    it said no, and why
├── OperatorRefused      the card-writing terminal lets this operator not do that
├── CashError            the money device failed; what it holds is told by its status
├── PayoutUnclear        it broke in the middle of a payout, and nobody can say what came out
└── VoiceError           a sentence can't be synthesised or heard
"""


class HardwareError(Exception):
    """Root of all faults of hardware."""


class CameraError(HardwareError):
    """A fault of a camera."""


class CameraAbsent(CameraError):
    """There is no camera of that name, another program has it, or it was not opened."""


class CameraGone(CameraError):
    """An open camera shows nothing any more; it is shut now."""


class ScannerError(HardwareError):
    """A fault of a document scanner."""


class ScannerAway(ScannerError):
    """There is no scanner, or it does not answer."""


class ScannerEmpty(ScannerError):
    """Nothing lay on it, or nothing came of it."""


class CardError(HardwareError):
    """A fault between reader and card."""


class CardGone(CardError):
    """The card left the reader, perhaps in the middle of a command."""


class CardMute(CardError):
    """The card or its reader did not answer within the watchdog's time."""


class ReaderGone(CardError):
    """No reader is attached, or the PC/SC daemon is away."""


class CardRefused(CardError):
    """The card answered with a status word that the step does not allow for."""

    def __init__(self, step: str, status: int) -> None:
        super().__init__(f"the card answered {status:04X} to {step}")
        self.step = step
        self.status = status


class IssuerError(HardwareError):
    """Whoever issues X.509s did not do what was asked."""


class IssuerAway(IssuerError):
    """No answer came. It may have been done all the same: asking again does it at most once."""


class IssuerRefused(IssuerError):
    """The issuer said no. `reason` is a short word."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the issuer refused: {reason}")
        self.reason = reason


class OperatorRefused(HardwareError):
    """The card-writing terminal does not let this operator do that. `reason` is a short word."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the card-writing terminal refused: {reason}")
        self.reason = reason


class CashError(HardwareError):
    """The money device failed."""


class VoiceError(HardwareError):
    """A sentence can't be synthesised or heard."""


class PayoutUnclear(HardwareError):
    """The money device broke in the middle of a payout: nobody can say what came out."""
