"""How long somebody stays signed in. Pure; instants are Unix seconds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.ports import JST, unix


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """Seconds that a session lives untouched, and at most."""

    idle_s: int
    longest_s: int


@dataclass(frozen=True, slots=True)
class StaffSession:
    """Somebody signed in at a terminal. The limits are those of the moment in which it began."""

    mark: str
    role: Role
    outlet: str
    place: SiteKind
    terminal: str
    touched_at: int
    idle_s: int
    expires_at: int

    def alive(self, now: int) -> bool:
        """Whether it still counts."""
        return now < min(self.touched_at + self.idle_s, self.expires_at)


def expiry(now: int, limits: SessionLimits, last_day: date | None) -> int:
    """When a session that begins now ends, whatever is done: never after the last day of the engagement, in Japan."""
    ends = now + limits.longest_s
    if last_day is None:
        return ends
    return min(ends, unix(datetime.combine(last_day + timedelta(days=1), time.min, JST)))
