"""What a hand-over is made of: values without a decision. What is personal is in no `repr`; a PIN is in none."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.documents import Document


@dataclass(frozen=True, slots=True)
class Waiting:
    """The card that waits, and its holder. `born` as YYYY-MM-DD."""

    application: str
    version: int
    state: str
    name: str = field(repr=False)
    name_kana: str = field(repr=False)
    born: str = field(repr=False)
    address: str = field(repr=False)
    needs_representative: bool = False
    adult_ward: bool = False
    face_auth: bool = False
    user_auth: bool = True
    signing: bool = True
    old_card: str = "none"


@dataclass(frozen=True, slots=True)
class Brought:
    """Who came, why, and what they brought: as the server judges it."""

    coming: str
    case: str = field(default="", repr=False)
    flags: frozenset[str] = frozenset()
    brought: frozenset[str] = field(default=frozenset(), repr=False)
    of_holder: tuple[Document, ...] = field(default=(), repr=False)
    of_taker: tuple[Document, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the server finds missing, in the words of the wire."""

    lacks: tuple[str, ...]
    proxy: str = ""
    bring: tuple[str, ...] = ()
    or_else_all: tuple[str, ...] = ()
    holder_would_do: tuple[str, ...] = ()
    taker_would_do: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()


class CardTrouble(Enum):
    """Why the card could not be read, or was lost in the middle."""

    GONE = "gone"
    READER_GONE = "reader-gone"
    FOREIGN = "foreign"
    """No My Number card, or none that can be written here."""
    OTHERS = "others"
    """The server says that it is not the card of this application: nothing was done to it."""
    TERMINAL_AWAY = "terminal-away"
    """The card-writing terminal does not answer."""
    TERMINAL_REFUSES = "terminal-refuses"
    """It does not let this operator on for that."""
    UNTOUCHED = "untouched"
    """Nobody typed for long: what was typed is wiped, and the card is let go."""
    FAULT = "fault"
