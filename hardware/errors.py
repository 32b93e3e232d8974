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
├── CashError            the money device failed; what it holds is told by its status
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


class CashError(HardwareError):
    """The money device failed."""


class VoiceError(HardwareError):
    """A sentence can't be synthesised or heard."""
