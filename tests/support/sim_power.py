"""The moments at which a kiosk's power may go: before and after each command to a device and each write to its disk.
A program without power commands nothing and writes nothing any more, not even in its last clauses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from hardware.ports import Store
from kiosk.actions.log import Log
from tests.support.sim_time import PowerCut

D = TypeVar("D")


@dataclass
class Moments:
    """`passed` are all so far, by name. `strike_at` is the number (from 1) of the one at which `strike` is called,
    which may raise `PowerCut`."""

    passed: list[str] = field(default_factory=list)
    strike_at: int = 0
    strike: Callable[[], None] = lambda: None
    watch: Callable[[str], None] = lambda _: None
    """Told of each as it passes."""

    def arm(self, number: int, strike: Callable[[], None]) -> None:
        """Strikes once so many more have passed."""
        self.strike_at, self.strike = len(self.passed) + number, strike

    def pass_by(self, name: str) -> None:
        self.passed.append(name)
        self.watch(name)
        if len(self.passed) == self.strike_at:
            self.strike()


class Life:
    """One life of a kiosk's program, from power on to a power cut. The power goes at a moment of it as well as at any
    other time."""

    def __init__(self, moments: Moments) -> None:
        self.lives = True
        self._moments = moments

    def moment(self, name: str) -> None:
        """Raises `PowerCut` where the power is gone, or goes now."""
        self.require()
        self._moments.pass_by(name)
        self.require()

    def require(self) -> None:
        """Raises `PowerCut` where the power is gone."""
        if not self.lives:
            raise PowerCut

    def commanding(self, name: str, device: D) -> D:
        """The device as this life commands it."""
        return cast("D", _Commanded(self, name, device))


class _Commanded:
    """Any device; what it opens (a card's connection) is commanded in the same way."""

    def __init__(self, life: Life, name: str, device: object) -> None:
        self._life = life
        self._name = name
        self._device = device

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._device, name)
        if not callable(found):
            return found
        commanded = self._commanded(name, found)
        # From now on it is found without coming here.
        setattr(self, name, commanded)
        return commanded

    def _commanded(self, name: str, command: Callable[..., Any]) -> Callable[..., Any]:
        life, full = self._life, f"{self._name}.{name}"
        before, after = f"before {full}", f"after {full}"

        def commanded(*args: Any, **named: Any) -> Any:
            life.moment(before)
            answer = command(*args, **named)
            life.moment(after)
            return _Commanded(life, "card", answer) if name == "connect" else answer

        return commanded


@dataclass(frozen=True)
class LifeStore:
    """A store that this life writes to."""

    life: Life
    name: str
    store: Store

    def read(self) -> bytes | None:
        return self.store.read()

    def write(self, saved: bytes) -> None:
        self.life.moment(f"before write {self.name}")
        self.store.write(saved)
        self.life.moment(f"after write {self.name}")


@dataclass(frozen=True)
class LifeLog:
    """A log that this life writes to. An entry that the power cuts off is none, so there is nothing between before and
    after."""

    life: Life
    name: str
    log: Log

    def read(self) -> tuple[bytes, ...]:
        return self.log.read()

    def room(self) -> int:
        return self.log.room()

    def append(self, entry: bytes) -> None:
        self.life.moment(f"before write {self.name}")
        self.log.append(entry)
        self.life.moment(f"after write {self.name}")

    def begin_anew(self, checkpoint: bytes) -> None:
        self.life.moment(f"before write {self.name}")
        self.log.begin_anew(checkpoint)
        self.life.moment(f"after write {self.name}")
