"""The whole state of the case of X.509s and PINs between two events: one frozen value, which the desk may put aside. It
holds no PIN, no X.509 and nothing that tells who the holder is."""

from dataclasses import dataclass, field, replace

from hardware.card.model import Usage
from kiosk.counter.documents import Document
from kiosk.counter.pins import BoardWay, PinAsk
from kiosk.counter.x509_pin.scenes import (
    CaseScene,
    Checking,
    Choosing,
    Over,
    ReadingCard,
    Standing,
    Typing,
    Weak,
    Working,
)
from kiosk.counter.x509_pin.values import CardSeen, Job, Wish
from koufu.applying.words import Comer


@dataclass(frozen=True, slots=True)
class X509PinCase:
    """`number` is the case's number at this desk, which fences late answers (I2). `jobs` are still to be done, the
    first is at hand; `asks` are the PINs that it still wants. `written`: its job was begun before, so that the case is
    closed only when it is brought to an end. `going_back`: the job at hand is being undone. `allowed`: the server let
    whoever is at the desk begin this, for the holder of this card; that is asked before the first command to it, and
    again once somebody takes the case up, so that a begun card can be finished though the server be silent. `begun`: it
    waits to be told how that ended. `shown` are the documents by which it is known who came."""

    number: int
    scene: CaseScene = field(default_factory=Choosing)
    mark: str = ""
    wish: Wish | None = None
    usages: tuple[Usage, ...] = (Usage.USER_AUTH,)
    comer: Comer = Comer.PERSON
    lives_here: bool = True
    way: BoardWay = BoardWay.KEYS
    card_present: bool = False
    card: CardSeen | None = None
    jobs: tuple[Job, ...] | None = None
    """None until a card was read for the first time."""
    asks: tuple[PinAsk, ...] = ()
    done: tuple[Job, ...] = ()
    written: bool = False
    standing: Standing = Standing.UNTOUCHED
    going_back: bool = False
    allowed: bool = False
    begun: bool = False
    shown: tuple[Document, ...] = field(default=(), repr=False)

    @property
    def over(self) -> bool:
        """The desk may close it."""
        return isinstance(self.scene, Over)

    @property
    def holdable(self) -> bool:
        """Whether it may be put aside now: not while a card is open, nor while anything of a PIN is on a pad."""
        return not isinstance(self.scene, ReadingCard | Typing | Checking | Weak | Working | Over)

    @property
    def unsent(self) -> bool:
        """It is decided while the card lies there; how it ended is kept by itself until the server was told."""
        return False

    def at(self, scene: CaseScene) -> "X509PinCase":
        """The same in another scene."""
        return replace(self, scene=scene)
