"""The machine that the terminal runs on, as the terminal knows it. Pure."""

from typing import Protocol


class Machine(Protocol):
    """Whoever restarts a terminal that does not serve, and switches its machine off."""

    def feed(self) -> None:
        """The terminal serves. Does not wait."""
        ...

    def shut_down(self) -> None:
        """Begins to switch the machine off in order, which may take seconds. Raises where that can't be."""
        ...
