"""What is done where a clerk hands the sheets over. One of a visit carries its `attempt` (I2)."""

from dataclasses import dataclass

from kiosk.flow.documents import Delivery


@dataclass(frozen=True, slots=True)
class NoteRight:
    """Writes down that the resident has said of what came out that it is right, before `fee` yen are kept for it.
    Answers `RightNoted`."""

    attempt: int
    deliveries: tuple[Delivery, ...]
    fee: int


CounterEffect = NoteRight
