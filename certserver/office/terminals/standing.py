"""How a terminal stands, from what is known of it: pure."""

from dataclasses import dataclass
from enum import Enum

from certserver.outlets import Outlet
from certserver.pipeline.terminals.seen import SILENT_S
from certserver.pipeline.terminals.told import Told
from koufu.release import build_number

X509_ENDS_SOON_S = 30 * 86_400
"""A terminal renews its X.509 long before: that it has not is to be looked into."""


class Standing(Enum):
    """In one word; whoever has several of these, has the first."""

    STOPPED = "stopped"
    AWAITED = "awaited"
    """It was admitted, or a code was made for it, and it never came."""
    SILENT = "silent"
    ELSEWHERE = "elsewhere"
    """Another municipality's that was not heard lately: it comes when somebody at it wants something from here."""
    OLD = "old"
    """Its build is below the least one, or speaks another schema: it serves nobody."""
    CLOSED = "closed"
    """It tells why it serves nobody."""
    SERVES = "serves"


MOST_PRESSING_FIRST = (
    *(Standing.SILENT, Standing.CLOSED, Standing.STOPPED, Standing.OLD),
    *(Standing.ELSEWHERE, Standing.AWAITED, Standing.SERVES),
)
"""In which order people look at them."""


@dataclass(frozen=True, slots=True)
class TerminalState:
    """What is known of a terminal. Instants are Unix seconds, None where there was none yet: `seen_at` is its last
    heartbeat, `x509_ends_at` the latest end of what it proves itself by, `code_until` when a code for it ends that was
    not used. `build` is empty before it told any."""

    terminal: str
    outlet: Outlet
    standing: Standing
    build: str
    seen_at: int | None
    told: Told
    x509_ends_at: int | None
    code_until: int | None

    @property
    def online(self) -> bool:
        """Whether it was heard lately, whether it serves or not."""
        return self.standing in (Standing.OLD, Standing.CLOSED, Standing.SERVES)

    def ends_soon(self, now: int) -> bool:
        """Whether it will soon have nothing to prove itself by."""
        return self.x509_ends_at is not None and self.x509_ends_at - now < X509_ENDS_SOON_S


def standing_of(
    *, withdrawn: bool, seen_at: int, build: tuple[str, int], wanted: tuple[str, int], told: Told, now: int
) -> Standing:
    """In one word; `build` and `wanted` are each a build with its wire schema."""
    if withdrawn:
        return Standing.STOPPED
    if not build[0]:
        return Standing.AWAITED
    if now - seen_at >= SILENT_S:
        return Standing.SILENT if told.to_its_own else Standing.ELSEWHERE
    number, least = build_number(build[0]), build_number(wanted[0])
    if number is None or least is None or number < least or build[1] != wanted[1]:
        return Standing.OLD
    return Standing.CLOSED if told.faults else Standing.SERVES
