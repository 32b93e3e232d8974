"""The commands by which a card is written: made up for this software, simulated and unconfirmed. What a real card and
the card-writing terminal of a municipality say to each other is not public; only the virtual card answers these."""

from dataclasses import dataclass
from enum import Enum, IntEnum

from hardware.card.model import Usage

SIMULATED_CLA = 0x90
"""A class of its own, so that no card of the field can take such a command for one it knows."""

OPERATOR_CHALLENGE_BYTES = 16
PROOF_CHALLENGE_BYTES = 32
MODULUS_BYTES = 256
PUBLIC_EXPONENT = 65_537

CHUNK_BYTES = 240
"""Most bytes of an X.509 that one command writes."""
OFFSET_BYTES = 2

NO_ROOM = 0x6A84
"""No line of the annotation field (追記欄) is left."""
NOT_NOW = 0x6985
"""The card is not in the state that the command is for."""
BAD_DATA = 0x6A80

_OPERATOR_TAG = b"koufu-simulated/operator/1\0"
_PROOF_TAG = b"koufu-simulated/key-beside/1\0"


class Sim(IntEnum):
    """The instruction bytes. P2 says which usage."""

    STATE = 0x10
    OPERATOR_CHALLENGE = 0x11
    OPERATOR_ANSWER = 0x12
    """P2 is the purpose."""
    GENERATE = 0x20
    """A new key pair beside the one in use."""
    PUBLIC_KEY = 0x21
    """The modulus of the key beside."""
    WRITE = 0x22
    """Two bytes of offset, then a piece of the X.509 of the key beside."""
    SEAL = 0x23
    """Two bytes of length and the SHA-256 of the whole: the card compares, and compares the public key."""
    READ = 0x24
    """Two bytes of offset; P1 is 0 for the X.509 beside, 1 for the one in use."""
    ANSWER = 0x25
    """The key beside answers a challenge, if the PIN was shown."""
    SWITCH = 0x26
    """In one step: what is beside is in use, what was in use is beside, and can't answer any more."""
    DISCARD = 0x27
    """Erases what is beside."""
    TAKE_OUT = 0x28
    """In one step: nothing is in use, what was is beside, and can't answer any more."""
    SET_PIN = 0x30
    FACE_AUTH = 0x31
    """P1 is 1 to switch on, 0 to switch off with a new user-authentication PIN as data."""


class Purpose(Enum):
    """What an operator was let onto a card for; the card allows nothing else until it is reset."""

    X509 = 1
    PIN_RESET = 2
    """By the holder's other PIN."""
    PIN_AT_COUNTER = 3
    """Without any PIN: the municipality's staff know who the holder is."""
    FACE_AUTH = 4


ALLOWED: dict[Sim, frozenset[Purpose]] = {
    Sim.GENERATE: frozenset({Purpose.X509}),
    Sim.PUBLIC_KEY: frozenset({Purpose.X509, Purpose.FACE_AUTH}),
    Sim.WRITE: frozenset({Purpose.X509}),
    Sim.SEAL: frozenset({Purpose.X509}),
    Sim.READ: frozenset({Purpose.X509, Purpose.FACE_AUTH}),
    Sim.ANSWER: frozenset({Purpose.X509}),
    Sim.SWITCH: frozenset({Purpose.X509}),
    Sim.DISCARD: frozenset({Purpose.X509, Purpose.FACE_AUTH}),
    Sim.TAKE_OUT: frozenset({Purpose.X509}),
    Sim.SET_PIN: frozenset({Purpose.PIN_RESET, Purpose.PIN_AT_COUNTER}),
    Sim.FACE_AUTH: frozenset({Purpose.FACE_AUTH}),
}
"""Which commands want an operator, let on for what."""


class Beside(IntEnum):
    """What lies beside the pair that is in use."""

    EMPTY = 0
    KEY = 1
    """A new key pair without an X.509."""
    HALF = 2
    """A new key pair and a part of its X.509."""
    WHOLE = 3
    """A new key pair and its X.509, compared by the card."""
    PREVIOUS = 4
    """The X.509 that was in use before; its key can't answer any more. To be revoked, then erased."""


USAGE_BYTE = {Usage.USER_AUTH: 0, Usage.SIGNING: 1}


@dataclass(frozen=True, slots=True)
class PairState:
    """One usage on a card. `tries_left` counts those of its PIN, 0 when locked."""

    in_use: bool
    beside: Beside
    tries_left: int


@dataclass(frozen=True, slots=True)
class CardState:
    """What a card tells of itself to whoever writes it. `lines_used` of `lines` of its annotation field are full."""

    user_auth: PairState
    signing: PairState
    face_auth: bool
    lines_used: int
    lines: int

    def pair(self, usage: Usage) -> PairState:
        """The state of one usage."""
        return self.user_auth if usage is Usage.USER_AUTH else self.signing

    def to_bytes(self) -> bytes:
        """As the card says it."""
        pairs = [
            byte for each in (self.user_auth, self.signing) for byte in (each.in_use, each.beside, each.tries_left)
        ]
        return bytes((*pairs, self.face_auth, self.lines_used, self.lines))

    @classmethod
    def from_bytes(cls, told: bytes) -> "CardState":
        """Raises `ValueError` when that is no state."""
        if len(told) != STATE_BYTES or any(flag > 1 for flag in (told[0], told[3], told[6])):
            raise ValueError("this is no card's state")
        pairs = [PairState(bool(told[at]), Beside(told[at + 1]), told[at + 2]) for at in (0, 3)]
        return cls(pairs[0], pairs[1], bool(told[6]), told[7], told[8])


STATE_BYTES = 9


def operator_message(challenge: bytes, purpose: Purpose) -> bytes:
    """What a card-writing terminal signs (Ed25519) to be let on for a purpose."""
    return _OPERATOR_TAG + bytes((purpose.value,)) + challenge


def proof_message(challenge: bytes) -> bytes:
    """What the key beside answers; never what a key in use is asked."""
    return _PROOF_TAG + challenge
