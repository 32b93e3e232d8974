"""What a virtual card keeps without power: pairs in use and beside, PINs with their tries, the annotation field. A
command is carried out wholly or not at all; only an X.509 is written in pieces, and beside the one in use."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from hardware.card import profile
from hardware.card.model import Usage
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.x509s import KeyAndX509
from hardware.card.writing.commands import Beside, CardState, PairState

ANNOTATION_LINES = 4
"""How many lines an annotation field has, as long as nobody says better: unconfirmed."""

FACE_AUTH_LINE = "顔認証"
NORMAL_AGAIN_LINE = "顔認証解除"
"""What the line says after switching back: unconfirmed."""


@dataclass(slots=True, repr=False)
class PinState:
    """One PIN, how often it may be wrong, how often it still may, and whether it was right since the last reset."""

    digits: bytes
    tries: int
    tries_left: int
    verified: bool = False

    @classmethod
    def of(cls, digits: str, usage: Usage, *, locked: bool = False) -> "PinState":
        """A PIN with all its tries, or none of them."""
        tries = profile.TRIES[usage]
        return cls(digits.encode("ascii"), tries, 0 if locked else tries)

    def set(self, digits: bytes) -> None:
        """A new PIN with all its tries."""
        self.digits, self.tries_left, self.verified = digits, self.tries, False


@dataclass(frozen=True, slots=True, repr=False)
class Slot:
    """A pair beside the one in use: its key while that may still answer, and as much of its X.509 as was written."""

    state: Beside = Beside.EMPTY
    key: RSAPrivateKey | None = None
    content: bytes = b""


EMPTY = Slot()


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """What is in use of one usage, and what lies beside it."""

    in_use: KeyAndX509 | None = None
    beside: Slot = EMPTY

    @property
    def x509(self) -> bytes:
        """The DER of the X.509 in use, or nothing."""
        return b"" if self.in_use is None else self.in_use.x509.public_bytes(Encoding.DER)

    def taken_out(self) -> "Pair":
        """With nothing in use; what was lies beside and can't answer any more."""
        return Pair(None, Slot(Beside.PREVIOUS, None, self.x509)) if self.in_use is not None else self


@dataclass(slots=True, repr=False)
class CardMemory:
    """The memory of one card. `face_auth`: the card was switched, and takes no user-authentication PIN."""

    pairs: dict[Usage, Pair]
    pins: dict[Usage, PinState]
    face_auth: bool
    lines: int = ANNOTATION_LINES
    annotations: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, persona: Persona, lines: int = ANNOTATION_LINES) -> "CardMemory":
        """The memory of a new card."""
        face_auth = persona.kind is PersonaKind.FACE_AUTH
        locked = face_auth or persona.kind is PersonaKind.LOCKED
        return cls(
            pairs={Usage.USER_AUTH: Pair(persona.user_auth), Usage.SIGNING: Pair(persona.signing)},
            pins={
                Usage.USER_AUTH: PinState.of(persona.pin, Usage.USER_AUTH, locked=locked),
                Usage.SIGNING: PinState.of(persona.signing_pin, Usage.SIGNING),
            },
            face_auth=face_auth,
            lines=lines,
            annotations=[FACE_AUTH_LINE] if face_auth else [],
        )

    @property
    def state(self) -> CardState:
        """What the card tells of it."""
        return CardState(
            user_auth=self._pair_state(Usage.USER_AUTH),
            signing=self._pair_state(Usage.SIGNING),
            face_auth=self.face_auth,
            lines_used=len(self.annotations),
            lines=self.lines,
        )

    def _pair_state(self, usage: Usage) -> PairState:
        pair = self.pairs[usage]
        return PairState(pair.in_use is not None, pair.beside.state, self.pins[usage].tries_left)
