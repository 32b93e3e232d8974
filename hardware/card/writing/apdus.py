"""A `CardWriter` over a card's connection, by the simulated writing commands."""

from hashlib import sha256

from hardware.card import profile
from hardware.card.apdu import NOT_SATISFIED, SHORT_LE, Answer, Command, send, send_secret
from hardware.card.jpki import JpkiSession
from hardware.card.model import Answered, AnswerOutcome, CardConnection, PinAgain, Usage
from hardware.card.writing.commands import (
    CHUNK_BYTES,
    MODULUS_BYTES,
    OFFSET_BYTES,
    OPERATOR_CHALLENGE_BYTES,
    SIMULATED_CLA,
    STATE_BYTES,
    USAGE_BYTE,
    CardState,
    Purpose,
    Sim,
)
from hardware.errors import CardError
from hardware.keypad.pin import HolderPin

_IN_USE, _BESIDE = 1, 0
_DER_HEADER = 4


class ApduCardWriter:
    """Writes the card of a session. Whoever has the session shows it the holder's PINs."""

    def __init__(self, connection: CardConnection, session: JpkiSession) -> None:
        self._connection = connection
        if session.generation() is None:  # which also selects the applet, once, since that forgets PINs and operator
            raise CardError("this is no card that can be written here")

    def state(self) -> CardState:
        """What the card tells of itself."""
        told = self._send(Sim.STATE, le=STATE_BYTES).require_ok("tell its state")
        try:
            return CardState.from_bytes(told)
        except ValueError as error:
            raise CardError(str(error)) from None

    def operator_challenge(self) -> bytes:
        """Asks to be let on."""
        challenge = self._send(Sim.OPERATOR_CHALLENGE, le=OPERATOR_CHALLENGE_BYTES).require_ok("give a challenge")
        return _of_length(challenge, OPERATOR_CHALLENGE_BYTES)

    def let_on(self, purpose: Purpose, answer: bytes) -> None:
        """Is let on for a purpose until the connection ends."""
        self._send(Sim.OPERATOR_ANSWER, p2=purpose.value, data=answer).require_ok("let the operator on")

    def generate(self, usage: Usage) -> None:
        """A new key pair beside the one in use."""
        self._do(Sim.GENERATE, usage, "generate a key pair")

    def modulus_beside(self, usage: Usage) -> bytes:
        """The public key beside."""
        answer = self._send(Sim.PUBLIC_KEY, p2=USAGE_BYTE[usage], le=MODULUS_BYTES)
        return _of_length(answer.require_ok("give the public key"), MODULUS_BYTES)

    def write(self, usage: Usage, x509: bytes) -> None:
        """Writes the X.509 of the key beside, from its beginning, and has the card compare it."""
        for at in range(0, len(x509), CHUNK_BYTES):
            piece = at.to_bytes(OFFSET_BYTES, "big") + x509[at : at + CHUNK_BYTES]
            self._do(Sim.WRITE, usage, "write the X.509", piece)
        self._do(Sim.SEAL, usage, "compare the X.509", len(x509).to_bytes(2, "big") + sha256(x509).digest())

    def x509_beside(self, usage: Usage) -> bytes:
        """The X.509 beside, as the card gives it out."""
        return self._read(usage, _BESIDE)

    def x509_in_use(self, usage: Usage) -> bytes:
        """The X.509 in use."""
        return self._read(usage, _IN_USE)

    def answer_beside(self, usage: Usage, challenge: bytes) -> AnswerOutcome:
        """Has the key beside answer a challenge."""
        reply = self._send(Sim.ANSWER, p2=USAGE_BYTE[usage], data=challenge, le=SHORT_LE)
        return PinAgain() if reply.status == NOT_SATISFIED else Answered(reply.require_ok("answer by the key beside"))

    def switch(self, usage: Usage) -> None:
        """Puts what is beside into use."""
        self._do(Sim.SWITCH, usage, "switch")

    def discard(self, usage: Usage) -> None:
        """Erases what is beside."""
        self._do(Sim.DISCARD, usage, "discard what is beside")

    def take_out(self, usage: Usage) -> None:
        """Puts what is in use out of use."""
        self._do(Sim.TAKE_OUT, usage, "take out of use")

    def set_pin(self, usage: Usage, new: HolderPin) -> None:
        """Sets a PIN anew."""
        try:
            command = Command(SIMULATED_CLA, Sim.SET_PIN, 0, USAGE_BYTE[usage])
            send_secret(self._connection, command, new).require_ok("set a PIN")
        finally:
            new.wipe()

    def face_auth_on(self) -> None:
        """Makes it a face-authentication card."""
        self._send(Sim.FACE_AUTH, p1=1).require_ok("switch to face authentication")

    def face_auth_off(self, new: HolderPin) -> None:
        """Makes it a normal card."""
        try:
            command = Command(SIMULATED_CLA, Sim.FACE_AUTH, 0, 0)
            send_secret(self._connection, command, new).require_ok("switch back from face authentication")
        finally:
            new.wipe()

    def _do(self, what: Sim, usage: Usage, step: str, data: bytes = b"") -> None:
        self._send(what, p2=USAGE_BYTE[usage], data=data).require_ok(step)

    def _send(self, what: Sim, *, p1: int = 0, p2: int = 0, data: bytes = b"", le: int | None = None) -> Answer:
        return send(self._connection, Command(SIMULATED_CLA, what, p1, p2, data, le))

    def _read(self, usage: Usage, which: int) -> bytes:
        content, length = b"", _DER_HEADER
        while len(content) < length:
            offset, wanted = len(content).to_bytes(OFFSET_BYTES, "big"), min(SHORT_LE, profile.MAX_X509 - len(content))
            answer = self._send(Sim.READ, p1=which, p2=USAGE_BYTE[usage], data=offset, le=wanted)
            piece = answer.require_ok("read the X.509")
            if not piece or len(piece) > wanted:
                raise CardError(f"{len(piece)} bytes were read where {wanted} were wanted")
            content += piece
            if len(content) < _DER_HEADER:
                raise CardError("the card's X.509 is none")
            length = _DER_HEADER + int.from_bytes(content[2:_DER_HEADER], "big")
            if length > profile.MAX_X509:
                raise CardError(f"an X.509 of {length} bytes is longer than any")
        return content[:length]


def _of_length(answer: bytes, length: int) -> bytes:
    if len(answer) != length:
        raise CardError(f"{len(answer)} bytes came where {length} were wanted")
    return answer
