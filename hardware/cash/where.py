"""Where all the money of a virtual cash device is. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CashState:
    """In yen by place: `held` lies apart for the present customer (on a bus the note in escrow: coins fall into the
    hoppers and the box at once), `stuck` in a jam, `hoppers` for change, `box` collected; `inserted` and `handed_out`
    count since the beginning, a note that came back by itself among both."""

    held: int
    stuck: int
    hoppers: int
    box: int
    inserted: int
    handed_out: int

    @property
    def inside(self) -> int:
        """All yen in the device."""
        return self.held + self.stuck + self.hoppers + self.box
