"""Switches of the bench: faults that stay until somebody takes them away."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.screens.bench import BenchControl


@dataclass(slots=True)
class Switches:
    """Which of them are `on`, by their names."""

    on: set[str] = field(default_factory=set)
    kept: dict[str, float] = field(default_factory=dict)
    """What a device was set to before a switch set it otherwise."""

    def switch(
        self, name: str, label: str, begin: Callable[[], None], end: Callable[[], None], *, fault: bool = True
    ) -> BenchControl:
        """A control that does the one when it is off, and the other when it is on."""

        def press() -> None:
            if name in self.on:
                self.on.discard(name)
                end()
            else:
                self.on.add(name)
                begin()

        return BenchControl(name, label, press, chosen=name in self.on, fault=fault)

    def one_of(
        self, name: str, label: str, settle: Callable[[frozenset[str]], None], *, fault: bool = True
    ) -> BenchControl:
        """A control of several over one thing, which `settle` sets by all that are on: one that is taken away leaves
        it as the others want it."""

        def press() -> None:
            self.on ^= {name}
            settle(frozenset(self.on))

        return BenchControl(name, label, press, chosen=name in self.on, fault=fault)

    def put_out(self, beginning: str) -> None:
        """Those whose names begin so are off: what they stood for was mended in another way."""
        self.on = {name for name in self.on if not name.startswith(beginning)}
