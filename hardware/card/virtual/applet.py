"""The JPKI applet in software: files, PINs and keys behind command APDUs, answered with the status words of real cards.
It holds test keys only."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import NoDigestInfo

from hardware.card import profile
from hardware.card.model import Usage
from hardware.card.virtual.memory import ANNOTATION_LINES, CardMemory, PinState
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.wire import Received
from hardware.card.virtual.writing_applet import Writable, WritingApplet, is_pin
from hardware.card.writing.commands import BAD_DATA, SIMULATED_CLA

OK = 0x9000
WRONG_LENGTH = 0x6700
NOT_SATISFIED = 0x6982
NOT_ALLOWED = 0x6986
NOT_FOUND = 0x6A82
WRONG_P1P2 = 0x6A86
WRONG_OFFSET = 0x6B00
INS_UNKNOWN = 0x6D00
CLA_UNKNOWN = 0x6E00
WRONG_PIN = 0x63C0

MAX_TO_PAD = 245
"""What RSA-2048 with PKCS#1 v1.5 has room for, in bytes."""

_TOKEN_INFO_BYTES = 160
_CURRENT = 0x80
_SHORT_ID = 0x1F


class LockReply(Enum):
    """How a card says that a PIN is locked. Real cards differ."""

    NO_TRIES = 0x63C0
    BLOCKED = 0x6983
    CLOSED = 0x6984


@dataclass(frozen=True, slots=True)
class Manner:
    """How this card behaves where cards differ: its words for a locked PIN; whether each answer wants the PIN again;
    whether it hands out answers only to GET RESPONSE (61xx) or corrects a wrong length (6Cxx); its token label."""

    lock_reply: LockReply = LockReply.NO_TRIES
    pin_for_each_answer: bool = False
    fetches_rest: bool = False
    corrects_length: bool = False
    label: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class _File:
    content: bytes
    needs: PinState | None = None


@dataclass(frozen=True, slots=True, repr=False)
class _Key:
    key: RSAPrivateKey
    needs: PinState


DataAndStatus = tuple[bytes, int]


class JpkiApplet:
    """The applet of one card. `handle` takes a command after the applet was selected."""

    def __init__(
        self,
        persona: Persona,
        manner: Manner,
        entropy: Callable[[int], bytes],
        writable: Writable | None = None,
        memory: CardMemory | None = None,
    ) -> None:
        self.memory = memory or CardMemory.of(persona, ANNOTATION_LINES if writable is None else writable.lines)
        self._writable = writable
        self._manner = manner
        self._entropy = entropy
        self._writing = None if writable is None else WritingApplet(self.memory, writable, entropy)
        self._persona = persona
        self._objects = _objects(persona, manner, self.memory)
        self._current: int | None = None
        self._commands: dict[tuple[int, int], Callable[[Received], DataAndStatus]] = {
            (0x00, 0xA4): self._select,
            (0x00, 0xB0): self._read_binary,
            (0x00, 0x20): self._verify,
            (0x00, 0x24): self._change_pin,
            (0x80, 0x2A): self._perform,
            (0x00, 0x84): self._challenge,
        }

    def reset(self) -> None:
        """What a reset forgets: the selected file and every PIN, never the tries."""
        self._current = None
        self.memory.forget()
        if self._writing is not None:
            self._writing.reset()

    def handle(self, command: Received) -> DataAndStatus:
        """Data and status word."""
        if self._writing is not None and command.cla == SIMULATED_CLA:
            outcome = self._writing.handle(command)
            self._objects = _objects(self._persona, self._manner, self.memory)
            return outcome
        known = self._commands.get((command.cla, command.ins))
        if known is None:
            return b"", INS_UNKNOWN if command.cla in (0x00, 0x80) else CLA_UNKNOWN
        return known(command)

    def _select(self, command: Received) -> DataAndStatus:
        if command.p1 != 0x02 or command.p2 not in (0x00, 0x0C):
            return b"", WRONG_P1P2
        if len(command.data) != 2:
            return b"", WRONG_LENGTH
        file_id = int.from_bytes(command.data, "big")
        if file_id not in self._objects:
            return b"", NOT_FOUND
        self._current = file_id
        return b"", OK

    def _read_binary(self, command: Received) -> DataAndStatus:
        if command.le is None or command.data:
            return b"", WRONG_LENGTH
        if command.p1 & 0x80:
            self._current, offset = command.p1 & _SHORT_ID, command.p2
        else:
            offset = command.p1 << 8 | command.p2
        if self._current is None:
            return b"", NOT_ALLOWED
        there = self._objects.get(self._current)
        if not isinstance(there, _File):
            return b"", NOT_FOUND if there is None else NOT_ALLOWED
        if there.needs is not None and not there.needs.verified:
            return b"", NOT_SATISFIED
        rest = there.content[offset:]
        if not rest:
            return b"", WRONG_OFFSET
        if self._manner.corrects_length and len(rest) < command.le:
            return b"", 0x6C00 | len(rest) & 0xFF
        return rest[: command.le], OK

    def _verify(self, command: Received) -> DataAndStatus:
        pin = self._addressed(command)
        if command.p1 != 0x00 or not isinstance(pin, PinState):
            return b"", WRONG_P1P2
        if pin.tries_left == 0:
            return b"", self._manner.lock_reply.value
        if not command.data:
            return b"", WRONG_PIN | pin.tries_left
        pin.verified = command.data == pin.digits
        pin.tries_left = pin.tries if pin.verified else pin.tries_left - 1
        return b"", OK if pin.verified else WRONG_PIN | pin.tries_left

    def _change_pin(self, command: Received) -> DataAndStatus:
        pin = self._addressed(command)
        if command.p1 != 0x01 or not isinstance(pin, PinState):
            return b"", WRONG_P1P2
        if not pin.verified:
            return b"", NOT_SATISFIED
        usage = Usage.USER_AUTH if pin is self.memory.pins[Usage.USER_AUTH] else Usage.SIGNING
        if not is_pin(usage, command.data):
            return b"", BAD_DATA
        pin.set(command.data)
        if self._writable is not None:
            self._writable.kept(self.memory)
        return b"", OK

    def _perform(self, command: Received) -> DataAndStatus:
        key = self._addressed(command)
        if command.p1 != 0x00 or not isinstance(key, _Key):
            return b"", WRONG_P1P2
        if not key.needs.verified:
            return b"", NOT_SATISFIED
        if not 0 < len(command.data) <= MAX_TO_PAD or command.le is None:
            return b"", WRONG_LENGTH
        if self._manner.pin_for_each_answer:
            key.needs.verified = False
        return key.key.sign(command.data, PKCS1v15(), NoDigestInfo()), OK

    def _challenge(self, command: Received) -> DataAndStatus:
        if command.le is None or command.data:
            return b"", WRONG_LENGTH
        return self._entropy(command.le), OK

    def _addressed(self, command: Received) -> "_File | _Key | PinState | None":
        """What P2 points at: the selected object, or one by its short id."""
        if not command.p2 & _CURRENT:
            return None
        if command.p2 & _SHORT_ID:
            self._current = command.p2 & _SHORT_ID
        return None if self._current is None else self._objects.get(self._current)


def _objects(persona: Persona, manner: Manner, memory: CardMemory) -> dict[int, _File | _Key | PinState]:
    android = persona.kind is PersonaKind.ANDROID
    label = manner.label or ("JPKIAPGPSETOKEN" if android else "JPKIAPICCTOKEN2")
    there = profile.X509_IS_THERE
    user_auth, signing = memory.pairs[Usage.USER_AUTH], memory.pairs[Usage.SIGNING]
    user_auth_pin, signing_pin = memory.pins[Usage.USER_AUTH], memory.pins[Usage.SIGNING]
    present = bytes((there if signing.in_use else 0, there if user_auth.in_use else 0, 0))
    objects: dict[int, _File | _Key | PinState] = {
        profile.TOKEN_INFO: _File(_token_info(label)),
        profile.PRESENT_X509S: _File(present),
        profile.SIGNING_CA_X509: _File(persona.signing_ca),
        profile.USER_AUTH_CA_X509: _File(persona.user_auth_ca),
        profile.USER_AUTH_PIN: user_auth_pin,
        profile.SIGNING_PIN: signing_pin,
    }
    if user_auth.in_use is not None:
        objects[profile.USER_AUTH_X509] = _File(user_auth.x509, user_auth_pin if android else None)
        objects[profile.USER_AUTH_KEY] = _Key(user_auth.in_use.key, user_auth_pin)
    if signing.in_use is not None:
        objects[profile.SIGNING_X509] = _File(signing.x509, signing_pin)
        objects[profile.SIGNING_KEY] = _Key(signing.in_use.key, signing_pin)
    return objects


def _token_info(label: str) -> bytes:
    """A serialised PKCS#11 token description: label, maker, model and serial, then numbers that nobody reads."""
    texts = f"{label:<32}{'koufu':<32}{'virtual':<16}{'':<16}".encode("ascii")
    return texts.ljust(_TOKEN_INFO_BYTES, b"\0")
