"""The computer at a counter of a demonstration: the terminal's program, and the simulators beside it. When its power
fails both are gone in the middle of whatever they did, and come back by themselves."""

from collections.abc import Callable

from kiosk.composition.counter import Counter
from kiosk.composition.demo_processes import Running
from kiosk.composition.terminal import TerminalProgram
from kiosk.errors import ConfigurationError


class Machine:
    """`build` puts the program together, with its windows open; `simulators` is their process."""

    def __init__(self, build: Callable[[], TerminalProgram], simulators: Running) -> None:
        self._build = build
        self._simulators = simulators
        self._lookers: list[Callable[[], None]] = []
        self.program = build()

    @property
    def counter(self) -> Counter:
        """The clerk's desk. Raises `ConfigurationError` where the terminal has none."""
        if self.program.counter is None:
            raise ConfigurationError("this terminal has no counter")
        return self.program.counter

    def observe(self, look_up: Callable[[], None]) -> None:
        """Tells from now on that something changed in either window, whichever program runs."""
        self._lookers.append(look_up)
        self._tells(look_up)

    def power_fails(self) -> None:
        """Nobody is asked and nothing is put away; a moment later the power is back."""
        self._simulators.kill()
        self.program.stop()
        self._simulators.restart()
        self.program = self._build()
        for look_up in self._lookers:
            self._tells(look_up)
        self.program.start()

    def _tells(self, look_up: Callable[[], None]) -> None:
        self.program.runner.observe(lambda _: look_up())
        self.counter.runner.observe(lambda _: look_up())
