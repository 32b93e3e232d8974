"""What is done for the machine that the terminal runs on. Nothing answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedWatchdog:
    """The terminal serves: whoever restarts it when it does not counts anew. Wanted by a timer that came through the
    loop that draws the screens and handles every event, so that none that hangs goes on feeding."""


@dataclass(frozen=True, slots=True)
class ShutDown:
    """Switches the machine off in order."""


MachineEffect = FeedWatchdog | ShutDown
