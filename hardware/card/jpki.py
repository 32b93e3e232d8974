"""The session with a card's JPKI applet: what it is, tries left, user-authentication X.509, PIN, answer. It never
verifies a PIN by itself or twice, and wipes each PIN whatever happens."""

from dataclasses import dataclass

from hardware.card import profile
from hardware.card.apdu import (
    NOT_FOUND,
    NOT_SATISFIED,
    OK,
    SHORT_LE,
    Answer,
    Command,
    send,
    send_once,
    send_secret,
    tries_told,
)
from hardware.card.model import (
    Answered,
    AnswerOutcome,
    CardConnection,
    CardFacts,
    CardKind,
    PinAgain,
    Usage,
    Verified,
    VerifyOutcome,
    WrongPin,
)
from hardware.card.profile import Generation
from hardware.errors import CardError, CardRefused
from hardware.keypad.pin import HolderPin

_DER_HEADER = 4
_DER_LONG_SEQUENCE = b"\x30\x82"
_BY_NAME, _BY_FILE_ID, _NO_ANSWER_DATA = 0x04, 0x02, 0x0C
_SELECT, _READ_BINARY, _VERIFY, _CHANGE, _PERFORM = 0xA4, 0xB0, 0x20, 0x24, 0x2A
_CURRENT_FILE = 0x80


@dataclass(frozen=True, slots=True)
class X509sPresent:
    """Which X.509s a card says it holds."""

    signing: bool
    user_auth: bool


class JpkiSession:
    """The JPKI applet behind one connection; one session a connection, since selecting it anew may forget the PIN.

    Every method raises `CardGone`, `CardMute` or `ReaderGone` when the card can't be reached, `CardRefused` for a
    status word that the step does not allow for, and `CardError` for garbage or a card that `generation` does not know.
    """

    def __init__(self, connection: CardConnection) -> None:
        self._connection = connection
        self._row: Generation | None = None

    def generation(self) -> Generation | None:
        """The row of the table that this card belongs to; None when it has no JPKI applet or an unknown label."""
        if self._row is None and self._select(_BY_NAME, profile.JPKI_AID).status == OK:
            self._row = profile.generation(self._label())
        return self._row

    def facts(self) -> CardFacts:
        """What the card tells before any PIN."""
        row = self.generation()
        if row is None:
            return CardFacts(CardKind.FOREIGN, None, None)
        tries = self.tries_left()
        return CardFacts(row.kind if tries else self._kind_without_tries(), tries, self.user_auth_x509())

    def x509s_present(self) -> X509sPresent:
        """Which X.509s are there, as far as the card says so in the one way that is known."""
        self._enter()
        self._select_file(profile.PRESENT_X509S, "select list of X.509s")
        signing, user_auth = self._read(0, 2, "read list of X.509s")
        return X509sPresent(signing == profile.X509_IS_THERE, user_auth == profile.X509_IS_THERE)

    def tries_left(self, usage: Usage = Usage.USER_AUTH) -> int:
        """How often the PIN of a usage may still be wrong: 0 (locked) to 3, of the signing X.509 to 5. Costs no try. A
        card that claims the PIN was verified already (9000) is refused, since it tells no number."""
        self._enter()
        self._select_file(profile.PINS[usage], "select PIN")
        answer = send_once(self._connection, Command(0x00, _VERIFY, 0x00, _CURRENT_FILE))
        tries = tries_told(answer.status, profile.TRIES[usage])
        if tries is None:
            raise CardRefused("ask for tries", answer.status)
        return tries

    def user_auth_x509(self) -> bytes | None:
        """The DER of the user-authentication X.509, at most 4,096 bytes; None when the card has none, or shows it only
        after the PIN."""
        self._enter()
        selected = self._select(_BY_FILE_ID, profile.USER_AUTH_X509.to_bytes(2, "big"))
        if selected.status in (NOT_FOUND, NOT_SATISFIED):
            return None
        selected.require_ok("select X.509")
        first = send(self._connection, Command(0x00, _READ_BINARY, 0x00, 0x00, le=_DER_HEADER))
        if first.status == NOT_SATISFIED:
            return None
        header = first.require_ok("read X.509")
        if len(header) != _DER_HEADER or not header.startswith(_DER_LONG_SEQUENCE):
            raise CardError("the card's X.509 is none")
        length = _DER_HEADER + int.from_bytes(header[2:], "big")
        if length > profile.MAX_X509:
            raise CardError(f"an X.509 of {length} bytes is longer than any")
        return header + self._read(_DER_HEADER, length - _DER_HEADER, "read X.509")

    def verify(self, pin: HolderPin, usage: Usage = Usage.USER_AUTH) -> VerifyOutcome:
        """Shows the PIN of a usage to the card, exactly once, and wipes it in every case."""
        try:
            self._enter()
            self._select_file(profile.PINS[usage], "select PIN")
            answer = send_secret(self._connection, Command(0x00, _VERIFY, 0x00, _CURRENT_FILE), pin)
        finally:
            pin.wipe()
        if answer.status == OK:
            return Verified()
        tries = tries_told(answer.status, profile.TRIES[usage])
        if tries is None:
            raise CardRefused("verify", answer.status)
        return WrongPin(tries)

    def change_pin(self, new: HolderPin, usage: Usage) -> None:
        """Puts a new PIN in the place of the one that was just shown, and wipes it in every case. After a fault nobody
        knows which of both is in force."""
        try:
            self._enter()
            self._select_file(profile.PINS[usage], "select PIN")
            command = Command(0x00, _CHANGE, 0x01, _CURRENT_FILE)
            send_secret(self._connection, command, new).require_ok("change PIN")
        finally:
            new.wipe()

    def answer(self, message: bytes) -> AnswerOutcome:
        """Has the user-authentication key answer a message of any length."""
        algorithm = self._enter().algorithm
        self._select_file(profile.USER_AUTH_KEY, "select key")
        command = Command(0x80, _PERFORM, 0x00, _CURRENT_FILE, data=algorithm.prepared(message), le=SHORT_LE)
        reply = send(self._connection, command)
        if reply.status == NOT_SATISFIED:
            return PinAgain()
        answer = reply.require_ok("compute digital signature")
        if len(answer) != algorithm.answer_bytes:
            raise CardError(f"an answer of {len(answer)} bytes is none of {algorithm.name}")
        return Answered(answer)

    def _enter(self) -> Generation:
        """The card's row, with the applet selected: nothing is asked of, or shown to, an unknown card."""
        row = self.generation()
        if row is None:
            raise CardError("this is no card that can be used here")
        return row

    def _label(self) -> str:
        self._select_file(profile.TOKEN_INFO, "select token description")
        label = self._read(0, profile.LABEL_BYTES, "read token description")
        return label.decode("ascii", "replace").rstrip(" \0")

    def _kind_without_tries(self) -> CardKind:
        # A face-authentication card most likely shows no tries and no signing X.509, as does a locked card without one.
        if self._enter().kind is not CardKind.STANDARD or self.x509s_present().signing:
            return CardKind.LOCKED
        return CardKind.LOCKED_OR_FACE_AUTH

    def _select(self, how: int, what: bytes) -> Answer:
        return send(self._connection, Command(0x00, _SELECT, how, _NO_ANSWER_DATA, data=what))

    def _select_file(self, file_id: int, step: str) -> None:
        self._select(_BY_FILE_ID, file_id.to_bytes(2, "big")).require_ok(step)

    def _read(self, offset: int, length: int, step: str) -> bytes:
        """Exactly so many bytes of the selected file, in pieces that every reader can carry."""
        content = b""
        while len(content) < length:
            at, wanted = offset + len(content), min(SHORT_LE, length - len(content))
            answer = send(self._connection, Command(0x00, _READ_BINARY, at >> 8, at & 0xFF, le=wanted))
            piece = answer.require_ok(step)
            if not 0 < len(piece) <= wanted:
                raise CardError(f"{len(piece)} bytes were read where {wanted} were wanted")
            content += piece
        return content


def read_facts(connection: CardConnection) -> CardFacts:
    """What a card tells before any PIN. Raises `CardError`."""
    return JpkiSession(connection).facts()
