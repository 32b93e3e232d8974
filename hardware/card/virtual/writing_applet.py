"""The simulated writing commands of a virtual card (`hardware/card/writing/commands.py`): what a card does only for an
operator whom it knows by signature, and for no other purpose than it was told."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from hardware.card import profile
from hardware.card.model import Usage
from hardware.card.virtual.authority import KeyMaker, new_key
from hardware.card.virtual.memory import (
    ANNOTATION_LINES,
    EMPTY,
    FACE_AUTH_LINE,
    NORMAL_AGAIN_LINE,
    CardMemory,
    Pair,
    Slot,
)
from hardware.card.virtual.wire import Received
from hardware.card.virtual.x509s import KeyAndX509
from hardware.card.writing.commands import (
    ALLOWED,
    BAD_DATA,
    MODULUS_BYTES,
    NO_ROOM,
    NOT_NOW,
    OFFSET_BYTES,
    OPERATOR_CHALLENGE_BYTES,
    PROOF_CHALLENGE_BYTES,
    USAGE_BYTE,
    Beside,
    Purpose,
    Sim,
    operator_message,
    proof_message,
)
from hardware.keypad.pin import Pin, SigningPin

OK = 0x9000
NOT_SATISFIED = 0x6982
WRONG_P1P2 = 0x6A86
WRONG_OFFSET = 0x6B00
INS_UNKNOWN = 0x6D00

_USAGES = {byte: usage for usage, byte in USAGE_BYTE.items()}
_OTHER = {Usage.USER_AUTH: Usage.SIGNING, Usage.SIGNING: Usage.USER_AUTH}
_ONLY_LOOK = frozenset({Sim.PUBLIC_KEY, Sim.READ, Sim.ANSWER})
_NEW = (Beside.KEY, Beside.HALF, Beside.WHOLE)

DataAndStatus = tuple[bytes, int]


@dataclass(frozen=True, slots=True, repr=False)
class Writable:
    """That a card can be written: whose signature it takes for an operator's, who makes its keys, and how many lines
    its annotation field has. `kept` is called with its memory after each change, before the card answers."""

    operator: Ed25519PublicKey
    key_maker: KeyMaker = new_key
    lines: int = ANNOTATION_LINES
    kept: Callable[[CardMemory], None] = lambda _memory: None


class WritingApplet:
    """Answers the writing commands on a card's memory."""

    def __init__(self, memory: CardMemory, writable: Writable, entropy: Callable[[int], bytes]) -> None:
        self._memory = memory
        self._writable = writable
        self._entropy = entropy
        self._challenge = b""
        self._purpose: Purpose | None = None
        self._commands: dict[Sim, Callable[[Received, Usage], DataAndStatus]] = {
            Sim.GENERATE: self._generate,
            Sim.PUBLIC_KEY: self._public_key,
            Sim.WRITE: self._write,
            Sim.SEAL: self._seal,
            Sim.READ: self._read,
            Sim.ANSWER: self._answer,
            Sim.SWITCH: self._switch,
            Sim.DISCARD: self._discard,
            Sim.TAKE_OUT: self._take_out,
            Sim.SET_PIN: self._set_pin,
            Sim.FACE_AUTH: self._face_auth,
        }

    def reset(self) -> None:
        """Forgets the operator."""
        self._challenge, self._purpose = b"", None

    def handle(self, command: Received) -> DataAndStatus:
        """Data and status word."""
        try:
            ins = Sim(command.ins)
        except ValueError:
            return b"", INS_UNKNOWN
        if ins is Sim.STATE:
            return self._memory.state.to_bytes(), OK
        if ins is Sim.OPERATOR_CHALLENGE:
            self._challenge, self._purpose = self._entropy(OPERATOR_CHALLENGE_BYTES), None
            return self._challenge, OK
        if ins is Sim.OPERATOR_ANSWER:
            return self._let_on(command)
        if self._purpose not in ALLOWED[ins]:
            return b"", NOT_SATISFIED
        usage = _USAGES.get(command.p2)
        if usage is None:
            return b"", WRONG_P1P2
        data, status = self._commands[ins](command, usage)
        if status == OK and ins not in _ONLY_LOOK:
            self._writable.kept(self._memory)
        return data, status

    def _let_on(self, command: Received) -> DataAndStatus:
        challenge, self._challenge = self._challenge, b""
        try:
            purpose = Purpose(command.p2)
        except ValueError:
            return b"", WRONG_P1P2
        if not challenge:
            return b"", NOT_NOW
        try:
            self._writable.operator.verify(command.data, operator_message(challenge, purpose))
        except InvalidSignature:
            return b"", NOT_SATISFIED
        self._purpose = purpose
        return b"", OK

    def _generate(self, _command: Received, usage: Usage) -> DataAndStatus:
        pair = self._memory.pairs[usage]
        if pair.beside.state is not Beside.EMPTY or (self._memory.face_auth and usage is Usage.SIGNING):
            return b"", NOT_NOW
        self._keep(usage, Pair(pair.in_use, Slot(Beside.KEY, self._writable.key_maker())))
        return b"", OK

    def _public_key(self, _command: Received, usage: Usage) -> DataAndStatus:
        key = self._memory.pairs[usage].beside.key
        if key is None:
            return b"", NOT_NOW
        return key.public_key().public_numbers().n.to_bytes(MODULUS_BYTES, "big"), OK

    def _write(self, command: Received, usage: Usage) -> DataAndStatus:
        pair = self._memory.pairs[usage]
        offset, piece = int.from_bytes(command.data[:OFFSET_BYTES], "big"), command.data[OFFSET_BYTES:]
        if pair.beside.state not in _NEW:
            return b"", NOT_NOW
        if offset > len(pair.beside.content) or offset + len(piece) > profile.MAX_X509 or not piece:
            return b"", WRONG_OFFSET
        content = pair.beside.content[:offset] + piece
        self._keep(usage, Pair(pair.in_use, Slot(Beside.HALF, pair.beside.key, content)))
        return b"", OK

    def _seal(self, command: Received, usage: Usage) -> DataAndStatus:
        pair = self._memory.pairs[usage]
        beside, length = pair.beside, int.from_bytes(command.data[:2], "big")
        if beside.state not in (Beside.HALF, Beside.WHOLE) or beside.key is None:
            return b"", NOT_NOW
        content = beside.content[:length]
        if sha256(content).digest() != command.data[2:] or _public_key_of(content) != beside.key.public_key():
            return b"", BAD_DATA
        self._keep(usage, Pair(pair.in_use, Slot(Beside.WHOLE, beside.key, content)))
        return b"", OK

    def _read(self, command: Received, usage: Usage) -> DataAndStatus:
        pair = self._memory.pairs[usage]
        content = pair.x509 if command.p1 == 1 else pair.beside.content
        rest = content[int.from_bytes(command.data, "big") :]
        return (rest[: command.le or 0], OK) if rest else (b"", WRONG_OFFSET)

    def _answer(self, command: Received, usage: Usage) -> DataAndStatus:
        beside = self._memory.pairs[usage].beside
        if beside.state is not Beside.WHOLE or beside.key is None:
            return b"", NOT_NOW
        # A face-authentication card has no PIN to show.
        if not self._memory.pins[usage].verified and not self._memory.face_auth:
            return b"", NOT_SATISFIED
        if len(command.data) != PROOF_CHALLENGE_BYTES:
            return b"", BAD_DATA
        return beside.key.sign(proof_message(command.data), PKCS1v15(), SHA256()), OK

    def _switch(self, _command: Received, usage: Usage) -> DataAndStatus:
        pair = self._memory.pairs[usage]
        if pair.beside.state is not Beside.WHOLE or pair.beside.key is None:
            return b"", NOT_NOW
        new = KeyAndX509(pair.beside.key, x509.load_der_x509_certificate(pair.beside.content))
        self._keep(usage, Pair(new, pair.taken_out().beside if pair.in_use is not None else EMPTY))
        return b"", OK

    def _discard(self, _command: Received, usage: Usage) -> DataAndStatus:
        self._keep(usage, Pair(self._memory.pairs[usage].in_use))
        return b"", OK

    def _take_out(self, _command: Received, usage: Usage) -> DataAndStatus:
        pair = self._memory.pairs[usage]
        if pair.beside.state is not Beside.EMPTY or pair.in_use is None:
            return b"", NOT_NOW
        self._keep(usage, pair.taken_out())
        return b"", OK

    def _set_pin(self, command: Received, usage: Usage) -> DataAndStatus:
        if self._memory.face_auth:
            return b"", NOT_NOW
        if self._purpose is Purpose.PIN_RESET and not self._memory.pins[_OTHER[usage]].verified:
            return b"", NOT_SATISFIED
        if not is_pin(usage, command.data):
            return b"", BAD_DATA
        self._memory.pins[usage].set(command.data)
        return b"", OK

    def _face_auth(self, command: Received, _usage: Usage) -> DataAndStatus:
        on, memory = command.p1 == 1, self._memory
        signing = memory.pairs[Usage.SIGNING]
        if memory.face_auth is on or signing.beside.state is not Beside.EMPTY:
            return b"", NOT_NOW
        if len(memory.annotations) >= memory.lines:
            return b"", NO_ROOM
        if on:
            self._keep(Usage.SIGNING, signing.taken_out())
            memory.pins[Usage.USER_AUTH].tries_left = 0
        elif is_pin(Usage.USER_AUTH, command.data):
            memory.pins[Usage.USER_AUTH].set(command.data)
        else:
            return b"", BAD_DATA
        memory.annotations.append(FACE_AUTH_LINE if on else NORMAL_AGAIN_LINE)
        memory.face_auth = on
        return b"", OK

    def _keep(self, usage: Usage, pair: Pair) -> None:
        self._memory.pairs[usage] = pair


def is_pin(usage: Usage, characters: bytes) -> bool:
    """Whether a card takes that for a PIN of the usage."""
    kind = Pin if usage is Usage.USER_AUTH else SigningPin
    try:
        kind(bytearray(characters)).wipe()
    except ValueError:
        return False
    return True


def _public_key_of(content: bytes) -> RSAPublicKey | None:
    try:
        key = x509.load_der_x509_certificate(content).public_key()
    except ValueError:
        return None
    return key if isinstance(key, RSAPublicKey) else None
