"""How long the clerk's desk waits, and what the site lets it do: a site's settings as data. Times in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskRules:
    """The defaults suit a post office."""

    separate: bool = False
    """The clerk takes the money and hands the sheets over: a site of the separate type."""
    lock_s: float = 180
    """Neither window touched for so long: the desk locks itself."""
    locked_case_s: float = 600
    """A desk that stays locked so long puts its open case aside and gives the terminal back."""
    keep_s: float = 120
    """So often the server is told that somebody is at work."""
    clock_s: float = 30
    """So often the time of day is looked at."""
