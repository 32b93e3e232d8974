"""The holder's individual number out of the applet that helps to fill in forms (券面入力補助AP), after its own PIN. The
only file that knows this applet. It reads one digit at a time: no answer of the card, and so no buffer between it and
here, ever holds two (decision 0011)."""

from hardware.card.apdu import NOT_FOUND, OK, Command, send, send_once, send_secret, tries_told
from hardware.card.model import CardConnection, Verified, VerifyOutcome, WrongPin
from hardware.errors import CardError, CardRefused
from hardware.keypad.pin import HolderPin

AID = bytes.fromhex("D3921000310001010408")
NUMBER = 0x0001
PIN = 0x0011

TRIES = 3
"""How often its PIN may be wrong in a row before it is locked."""

DIGITS = 12

HEAD = bytes.fromhex("FF100C")
"""Tag and length before the digits, ASCII. Unconfirmed: seen in one public program; a card that says otherwise is
refused, never guessed at."""

FILE_BYTES = 17
"""What the whole file is said to have; what follows the digits is not read."""

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
"""個人番号カード省令 5条: weights of the eleven digits before the check digit, from the left."""

_SELECT, _READ_BINARY, _VERIFY = 0xA4, 0xB0, 0x20
_BY_NAME, _BY_FILE_ID, _NO_ANSWER_DATA, _CURRENT_FILE = 0x04, 0x02, 0x0C, 0x80
_ZERO = 0x30


class NumberSession:
    """That applet behind one connection. Every method raises `CardGone`, `CardMute` or `ReaderGone` when the card can't
    be reached, `CardRefused` for a status word that the step does not allow for, and `CardError` for garbage."""

    def __init__(self, connection: CardConnection) -> None:
        self._connection = connection

    def tries_left(self) -> int | None:
        """How often the PIN may still be wrong, 0 to 3; None for a card, or a telephone, without the applet. Costs no
        try."""
        if self._select(_BY_NAME, AID) == NOT_FOUND:
            return None
        self._select_file(PIN, "select PIN")
        status = send_once(self._connection, Command(0x00, _VERIFY, 0x00, _CURRENT_FILE)).status
        return _required(tries_told(status, TRIES), "ask for tries", status)

    def verify(self, pin: HolderPin) -> VerifyOutcome:
        """Shows the PIN to the card, once, and wipes it whatever happens."""
        try:
            self._select_file(PIN, "select PIN")
            command = Command(0x00, _VERIFY, 0x00, _CURRENT_FILE)
            status = send_secret(self._connection, command, pin).status
        finally:
            pin.wipe()
        if status == OK:
            return Verified()
        return WrongPin(_required(tries_told(status, TRIES), "verify", status))

    def check(self) -> None:
        """That there are twelve digits and the last fits the others; keeps nothing but a sum. Raises `CardError`: a
        number that was read wrong must not be told."""
        self._select_file(NUMBER, "select number")
        if bytes(self._byte(place) for place in range(len(HEAD))) != HEAD:
            raise CardError("the card's number is none")
        weighed = sum(weight * self.digit(place) for place, weight in enumerate(WEIGHTS)) % 11
        if self.digit(len(WEIGHTS)) != (0 if weighed <= 1 else 11 - weighed):
            raise CardError("the card's number is none")

    def digit(self, place: int) -> int:
        """One digit, from 0, of the number that was checked."""
        digit = self._byte(len(HEAD) + place) - _ZERO
        if not 0 <= digit <= 9:
            raise CardError("the card's number is none")
        return digit

    def _byte(self, offset: int) -> int:
        answer = send(self._connection, Command(0x00, _READ_BINARY, 0x00, offset, le=1))
        read = answer.require_ok("read number")
        if len(read) != 1:
            raise CardError(f"{len(read)} bytes were read where one was wanted")
        return read[0]

    def _select(self, how: int, what: bytes) -> int:
        return send(self._connection, Command(0x00, _SELECT, how, _NO_ANSWER_DATA, data=what)).status

    def _select_file(self, file_id: int, step: str) -> None:
        status = self._select(_BY_FILE_ID, file_id.to_bytes(2, "big"))
        if status != OK:
            raise CardRefused(step, status)


def _required(tries: int | None, step: str, status: int) -> int:
    if tries is None:
        raise CardRefused(step, status)
    return tries
