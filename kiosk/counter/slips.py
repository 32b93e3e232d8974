"""What every case of the desk knows of its slips: that one is being printed, came out, or could not."""

from dataclasses import dataclass
from enum import Enum

from kiosk.counter.case import CaseEvent


class Slip(Enum):
    """Whether a slip came out."""

    NONE = "none"
    PRINTING = "printing"
    OUT = "out"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SlipSettled(CaseEvent):
    """A slip of this case came out, or could not."""

    number: int
    printed: bool

    @property
    def slip(self) -> Slip:
        """How it stands now."""
        return Slip.OUT if self.printed else Slip.FAILED
