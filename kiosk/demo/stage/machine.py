"""The computer at a terminal of a demonstration: the terminal's program, and other programs beside it. When its power
fails they are gone in the middle of whatever they did, and come back by themselves."""

from collections.abc import Callable, Sequence

from kiosk.composition.counter import Counter
from kiosk.composition.terminal import TerminalProgram
from kiosk.demo.stage.processes import Running
from kiosk.errors import ConfigurationError


class Machine:
    """`build` puts the program together, with its windows open; `beside` are the processes that run beside it."""

    def __init__(self, build: Callable[[], TerminalProgram], beside: Sequence[Running] = ()) -> None:
        self._build = build
        self._beside = beside
        self._lookers: list[Callable[[], None]] = []
        self.program = build()

    @property
    def counter(self) -> Counter:
        """The clerk's desk. Raises `ConfigurationError` where the terminal has none."""
        if self.program.counter is None:
            raise ConfigurationError("this terminal has no counter")
        return self.program.counter

    def observe(self, look_up: Callable[[], None]) -> None:
        """Tells from now on that something changed in any window, whichever program runs."""
        self._lookers.append(look_up)
        self._tells(look_up)

    def power_fails(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Nobody is asked and nothing is put away; a moment later the power is back. `meanwhile` is done while there is
        none."""
        for each in self._beside:
            each.kill()
        self.program.stop()
        meanwhile()
        for each in self._beside:
            each.restart()
        self.program = self._build()
        for look_up in self._lookers:
            self._tells(look_up)
        self.program.start()

    def _tells(self, look_up: Callable[[], None]) -> None:
        self.program.runner.observe(lambda _: look_up())
        if self.program.counter is not None:
            self.program.counter.runner.observe(lambda _: look_up())
