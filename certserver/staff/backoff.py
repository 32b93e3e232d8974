"""How long somebody has to wait after sign-ins that failed, by person and by terminal, in whole seconds of the clock
that is handed in. It stops nobody for good: others' guesses keep a person from work for the longest wait at most."""

from dataclasses import dataclass

FIRST_WAIT_S = 15
LONGEST_WAIT_S = 900
FORGOTTEN_S = 6 * 3600
"""After so long without another failure they count no more."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """The failure with number `free` is the first to be waited for."""

    free: int


OF_A_PERSON = Backoff(free=3)
OF_A_TERMINAL = Backoff(free=10)
"""More people sign in at one terminal than by one mark."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How many there were in a row, and when the last one was (Unix seconds)."""

    count: int = 0
    last_at: int = 0

    def counted(self, now: int) -> "Failures":
        """With one more."""
        return Failures(1 if self._forgotten(now) else self.count + 1, now)

    def wait_s(self, rule: Backoff, now: int) -> int:
        """Seconds until the next try; 0 when it may be now."""
        if self.count < rule.free or self._forgotten(now):
            return 0
        # Bounded before it is raised: after many failures the power alone would be a long number.
        doublings = min(self.count - rule.free, LONGEST_WAIT_S.bit_length())
        wait = min(FIRST_WAIT_S << doublings, LONGEST_WAIT_S)
        return max(0, self.last_at + wait - now)

    def _forgotten(self, now: int) -> bool:
        return now - self.last_at >= FORGOTTEN_S
