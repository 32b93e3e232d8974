"""What is struck at which instant, in whose visit: all of it from a number."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from tests.kills.moments import At
from tests.kills.proxy import Trouble


class Victim(Enum):
    """Whom it strikes, and how."""

    TERMINAL = "terminal"
    WORKER = "worker"
    SERVER = "server"
    CARD_DAEMON = "card-daemon"
    PRINTER = "printer"
    TERMINAL_DISK_FULL = "terminal-disk-full"
    TERMINAL_DISK_BROKEN = "terminal-disk-broken"
    SERVER_DISK_FULL = "server-disk-full"
    SERVER_DISK_BROKEN = "server-disk-broken"
    LINE = "line"
    DATABASE = "database"
    """PostgreSQL, where the server stands on it."""


KILLS = (Victim.TERMINAL, Victim.WORKER, Victim.SERVER, Victim.CARD_DAEMON, Victim.PRINTER)
DISKS = (
    Victim.TERMINAL_DISK_FULL,
    Victim.TERMINAL_DISK_BROKEN,
    Victim.SERVER_DISK_FULL,
    Victim.SERVER_DISK_BROKEN,
)

_TURNS = (*KILLS, Victim.TERMINAL, Victim.TERMINAL, Victim.PRINTER)
"""Of eight kills three are the terminal's, which has the money, and two the printer's."""
_OTHERS = (*DISKS, Victim.LINE, Victim.LINE)

_OTHERS_ON_POSTGRESQL = (*DISKS[:2], Victim.DATABASE, Victim.DATABASE, Victim.LINE, Victim.LINE)

WHERE: Mapping[Victim, tuple[At, ...]] = {
    Victim.TERMINAL: (At.TIME, At.JOURNAL, At.TILL, At.BUS, At.APDU, At.SIDE, At.WIRE),
    Victim.WORKER: (At.TIME, At.WIRE, At.DATABASE),
    Victim.SERVER: (At.TIME, At.WIRE, At.DATABASE),
    Victim.CARD_DAEMON: (At.TIME, At.APDU),
    Victim.PRINTER: (At.TIME, At.SIDE),
    Victim.TERMINAL_DISK_FULL: (At.TIME, At.JOURNAL, At.TILL),
    Victim.TERMINAL_DISK_BROKEN: (At.TIME, At.JOURNAL, At.TILL),
    Victim.SERVER_DISK_FULL: (At.TIME, At.DATABASE),
    Victim.SERVER_DISK_BROKEN: (At.TIME, At.DATABASE),
    Victim.LINE: (At.TIME, At.WIRE),
    Victim.DATABASE: (At.TIME, At.WIRE),
}

PEOPLE = ("tsuji-kengo", "watanabe-shigeru", "oliveira-maria")
PURPOSES = ("employer", "bank")
FEE = 200


@dataclass(frozen=True, slots=True)
class Instant:
    """One strike. It comes at `share` (0 to 1) of what is counted (`at`) in a visit that nothing disturbs. `lasts_s` is
    how long disk or line stay as they are; `killed_too` means that the terminal is killed meanwhile. `stays`: the
    person waits for what the terminal says; else they are gone at once."""

    number: int
    victim: Victim
    at: At
    share: float
    resident: str
    purposes: tuple[str, ...]
    pieces: tuple[int, ...]
    stays: bool
    lasts_s: float
    trouble: Trouble
    killed_too: bool
    which: int

    @property
    def fee(self) -> int:
        """Yen."""
        return FEE * len(self.purposes)

    def words(self) -> str:
        """In one line."""
        trouble = f" ({self.trouble.value})" if self.victim is Victim.LINE else ""
        again = ", terminal killed too" if self.killed_too else ""
        return f"{self.victim.value}{trouble} at {self.share:.3f} of {self.at.value}{again}"


def instant(number: int, *, on_postgresql: bool = False) -> Instant:
    """The instant of this number. Of five, four are kills."""
    chance = random.Random(f"kills {number}")
    others = _OTHERS_ON_POSTGRESQL if on_postgresql else _OTHERS
    group = others[number // 5 % len(others)] if number % 5 == 4 else None
    victim = group or _TURNS[(number - number // 5) % len(_TURNS)]
    two = chance.random() < 0.5
    other = victim in (*DISKS, Victim.LINE, Victim.DATABASE)
    return Instant(
        number=number,
        victim=victim,
        at=chance.choice([at for at in WHERE[victim] if at is not At.DATABASE or not on_postgresql]),
        share=chance.random(),
        resident=chance.choice(PEOPLE),
        purposes=PURPOSES[: 2 if two else 1],
        pieces=chance.choice(((1000,), (1000,), (100,) * 6, (500,), (1000, 1000))),
        stays=chance.random() < 0.6,
        lasts_s=chance.uniform(0.5, 6.0),
        trouble=chance.choice(tuple(Trouble)),
        killed_too=other and chance.random() < 0.3,
        which=chance.randrange(2),
    )


def calm(documents: int) -> Instant:
    """A visit for so many documents that nothing disturbs, by which the others are measured."""
    return Instant(
        -1,
        Victim.LINE,
        At.TIME,
        0.0,
        PEOPLE[0],
        PURPOSES[:documents],
        (1000,),
        stays=True,
        lasts_s=0.0,
        trouble=Trouble.CUT,
        killed_too=False,
        which=0,
    )


TYPICAL: Mapping[str, int] = {
    "time": 6000,
    "journal": 30,
    "till": 30,
    "bus": 60,
    "apdu": 60,
    "side": 4,
    "wire": 60,
    "database": 30,
}
"""How much there is to count in a visit for one document."""


def short() -> tuple[Instant, ...]:
    """One instant of each program that is killed."""
    strikes = (
        (Victim.CARD_DAEMON, At.APDU, 0.5),
        (Victim.PRINTER, At.SIDE, 0.3),
        (Victim.TERMINAL, At.SIDE, 0.0),
        (Victim.WORKER, At.WIRE, 0.5),
    )
    return tuple(
        replace(calm(1), number=number, victim=victim, at=at, share=share)
        for number, (victim, at, share) in enumerate(strikes)
    )
