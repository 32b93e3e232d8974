"""The time on the wall in Japan."""

from datetime import datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def local_now() -> datetime:
    """Now, in Japan's time."""
    return datetime.now(JAPAN)


def local_moment() -> str:
    """The same as the journal writes it."""
    return local_now().isoformat(timespec="seconds")
