"""What a terminal does for its own sake beside its heartbeats: renewing its X.509, sending its log when asked."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.server import LogLine


@dataclass(frozen=True, slots=True)
class Upkeep:
    """All of it runs on the server's lane, and none of it raises. `log` gives the last lines; `look` renews the X.509
    when that is due; `introduce` shows another municipality, by its code, the renewed one, and says whether that knows
    it now; `fall_back` is for when the terminal's own server does not let it in, and says whether to ask it again."""

    log: Callable[[], tuple[LogLine, ...]]
    look: Callable[[], None]
    introduce: Callable[[str], bool]
    fall_back: Callable[[], bool]


NOTHING_KEPT_UP = Upkeep(tuple, lambda: None, lambda _municipality: False, lambda: False)
"""Of a terminal whose X.509 and log are somebody else's business, as in a simulation."""
