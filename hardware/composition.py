"""The real clock and real threads, for programs that are put together here (`koufu-card`) and in the kiosk."""

import threading
import time
from collections.abc import Callable


class SystemClock:
    """The machine's monotonic clock."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Sleeps."""
        time.sleep(seconds)


def spawn_thread(name: str, run: Callable[[], None]) -> Callable[[float], bool]:
    """Runs the loop on a daemon thread of that name."""
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()

    def ended(within: float) -> bool:
        thread.join(within)
        return not thread.is_alive()

    return ended
