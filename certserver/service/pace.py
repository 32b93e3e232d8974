"""How long a refusal takes: a whole number of half seconds from the request's arrival, so that nobody can tell one
reason from another by its time (I14). Whoever makes it hands in clock and waiting."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

from google.protobuf.message import Message

REFUSAL_S = 0.5


@dataclass(frozen=True, slots=True)
class Pace:
    """`elapsed` gives seconds from a fixed moment and never goes back; `wait` returns after so many seconds."""

    elapsed: Callable[[], float]
    wait: Callable[[float], None]

    def hold(self, arrived: float) -> None:
        """Returns when the half second that is running since the arrival is over: the first, or a later one when the
        work took longer."""
        spent = self.elapsed() - arrived
        self.wait((floor(spent / REFUSAL_S) + 1) * REFUSAL_S - spent)


def is_refusal(reply: Message) -> bool:
    """Whether a reply tells a resident that something is not issued. An offer is none, whatever it offers."""
    return "refusal" in reply.DESCRIPTOR.fields_by_name and reply.HasField("refusal")
