"""Who comes to a kiosk that is soaked: each visit as a value, drawn from a seed. What is to be had, and what goes wrong
on the way; never how the screens get there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import cycle, islice
from random import Random

from kiosk.flow import scenes
from kiosk.flow.scenes import Scene
from koufu.evidence.words import CertificateKind


class Leaving(Enum):
    """What a person does instead of going on."""

    CANCELS = "cancels"
    GOES_IDLE = "goes-idle"
    """Touches nothing until the terminal has erased everything."""
    PULLS = "pulls"
    """Takes the card away too early, and puts it back where that is asked for."""
    CALLS_STAFF = "calls-staff"
    """Presses the key for staff, and goes on."""
    WALKS_AWAY = "walks-away"
    """Leaves what lies there for staff to find."""


class Trouble(Enum):
    """What breaks once in a visit."""

    JAM = "jam"
    PAPER_OUT = "paper-out"
    SLIP_JAM = "slip-jam"
    NOTE_STUCK = "note-stuck"
    PAYOUT_STUCK = "payout-stuck"
    CARD_LEAVES_IN_COMMAND = "card-leaves-in-command"
    READER_AWAY = "reader-away"
    SLOW_CARD = "slow-card"
    SERVER_STANDS_STILL = "server-stands-still"
    DOOR_OPEN = "door-open"
    SENSORS_SILENT = "sensors-silent"
    NO_SOUND = "no-sound"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. `card` is a card of the site; `kinds` are wanted by name one line after the other, where there are
    none a purpose says what; `at` is the screen at which they are `leaving`. `settings` are touched at the start:
    `large`, `english`, `contrast`, `voice`. `keyboard`: keys instead of fingers, where there are some. `draw` decides
    what they don't care about."""

    card: str
    kinds: tuple[CertificateKind, ...] = ()
    copies: int = 1
    settings: tuple[str, ...] = ()
    keyboard: bool = False
    wrong_pins: int = 0
    leaving: Leaving | None = None
    at: type[Scene] | None = None
    trouble: Trouble | None = None
    hears_number: bool = False
    draw: int = 0

    @property
    def name(self) -> str:
        """What it stands for in a report."""
        if self.hears_number:
            return "hears the number"
        if self.trouble is not None:
            return f"trouble {self.trouble.value}"
        if self.leaving is not None and self.at is not None:
            return f"{self.leaving.value} at {self.at.__name__}"
        if self.wrong_pins:
            return f"wrong PIN x{self.wrong_pins}"
        if self.card in REFUSED:
            return f"refused {self.card}"
        return "koseki" if self.kinds and self.kinds[0] in KOSEKI else f"{len(self.kinds)} by name"


REFUSED = ("ishii-toshio", "matsui-kenji", "endo-kazuya", "aoki-nozomi", "ono-riko")
"""Face authentication, locked, expired, revoked, under 15."""
SERVED = ("tsuji-kengo", "watanabe-shigeru", "oliveira-maria", "yamazaki-daisuke", "kuroda-hana", "kasai-masato")
KOSEKI = (CertificateKind.KOSEKI_FULL, CertificateKind.KOSEKI_INDIVIDUAL, CertificateKind.KOSEKI_SUPPLEMENT)
_PLAIN = (CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION, CertificateKind.INCOME_TAX)

CANCELLED_AT: tuple[type[Scene], ...] = (
    scenes.AwaitCard,
    scenes.EnterPin,
    scenes.ChoosePurpose,
    scenes.ChooseKind,
    scenes.ChooseOptions,
    scenes.Confirm,
    scenes.Pay,
)
PULLED_AT: tuple[type[Scene], ...] = (scenes.EnterPin, scenes.ChoosePurpose, scenes.ChooseOptions, scenes.Confirm)
SETTINGS = ((), (), (), ("large",), ("english",), ("large", "english"), ("contrast",), ("voice",))


def visits(seed: int, *, in_process: bool = True) -> Iterator[Visit]:
    """Visits without end. A reader that is not in this process can't be taken away."""
    random = Random(seed)
    while True:
        yield _visit(random, in_process=in_process)


def again(coming: Iterator[Visit], first: int) -> Iterator[Visit]:
    """The first so many of them, in the same order again and again: what they fill is full after one round, and what
    grows from then on is left behind."""
    return cycle(list(islice(coming, first)))


BRIEF = (
    Visit(SERVED[0], leaving=Leaving.CANCELS, at=scenes.AwaitCard),
    Visit(SERVED[0], leaving=Leaving.CANCELS, at=scenes.EnterPin),
    Visit(SERVED[0], trouble=Trouble.DOOR_OPEN, leaving=Leaving.CANCELS, at=scenes.AwaitCard),
    Visit(SERVED[0], leaving=Leaving.GOES_IDLE, at=scenes.AwaitCard),
)
"""The common card only, and nothing printed: for a look at handles with every test run."""


def brief_visits() -> Iterator[Visit]:
    """A whole one, then short ones without end."""
    yield Visit(SERVED[0])
    while True:
        yield from BRIEF


def _visit(random: Random, *, in_process: bool) -> Visit:
    settings, keyboard, draw = random.choice(SETTINGS), random.random() < 0.1, random.getrandbits(16)
    anybody = Visit(random.choice(SERVED), settings=settings, keyboard=keyboard, draw=draw)
    somebody = replace(anybody, card=SERVED[0])
    number = random.random()
    if number < 0.15:
        return anybody
    if number < 0.19:
        return replace(somebody, kinds=(random.choice(KOSEKI),))
    if number < 0.23:
        kinds = tuple(random.sample(_PLAIN, random.choice((1, 2, 3))))
        return replace(somebody, kinds=kinds, copies=random.choice((1, 1, 2)))
    if number < 0.56:
        at = random.choice(CANCELLED_AT)
        by_name = (CertificateKind.RESIDENCE,) if at in (scenes.ChooseKind, scenes.ChooseOptions) else ()
        return replace(somebody, kinds=by_name, leaving=Leaving.CANCELS, at=at)
    if number < 0.65:
        return replace(anybody, wrong_pins=random.choice((1, 2, 3)))
    if number < 0.74:
        return replace(somebody, card=random.choice(REFUSED))
    if number < 0.82:
        return replace(somebody, leaving=Leaving.PULLS, at=random.choice(PULLED_AT))
    if number < 0.88:
        return replace(somebody, leaving=Leaving.GOES_IDLE, at=random.choice((*PULLED_AT, scenes.Pay)))
    if number < 0.90:
        return replace(anybody, leaving=Leaving.WALKS_AWAY, at=scenes.TakeSheets)
    if number < 0.91:
        return replace(anybody, leaving=Leaving.CALLS_STAFF, at=scenes.Confirm)
    if number < 0.92:
        return replace(somebody, hears_number=True, settings=("voice",), keyboard=False)
    troubles = [each for each in Trouble if in_process or each not in _OF_THE_VIRTUAL_READER]
    return replace(somebody, trouble=random.choice(troubles))


_OF_THE_VIRTUAL_READER = (Trouble.READER_AWAY,)
