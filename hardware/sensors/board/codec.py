"""Lines of docs/sensor-board.md to words and back. Reads whatever a line may carry, keeps at most one line of it, and
never raises for what comes in."""

import binascii
import re
from collections.abc import Iterator

from hardware.sensors.board.words import FromBoard, FromKiosk, Seen, Wanted
from hardware.sensors.model import Lamp, Place, Power

LONGEST = 160
"""Bytes of a line with its end."""

NUMBERS = 0x10000
"""Lines are numbered from 0 to this and on from 0."""

_KIOSK, _BOARD = "K1", "B1"
_FRAME = re.compile(rb"\$([ -#%-)+-~]+)\*([0-9A-F]{4})")
_NUMBER = re.compile(r"[0-9A-F]{4}")
_FED = re.compile(r"[0-9A-F]{2}")
_SECONDS = re.compile(r"[0-9]{1,3}")
_UNHEARD = "----"
_PLACES = {
    "sheets": Place.SHEET_TRAY,
    "change": Place.CHANGE_TRAY,
    "receipt": Place.RECEIPT_SLOT,
    "card": Place.CARD_SLOT,
}
_LIES = {"full": True, "empty": False}
_PERSON = {"here": True, "gone": False}
_DOOR = {"open": True, "shut": False}
_MACHINE = {"down": True, "up": False}
_POWERS = {each.value: each for each in Power}
_LAMPS = {each.value: each for each in Lamp}


def check_sum(body: bytes) -> int:
    """CRC-16 of polynomial 1021 that begins with FFFF, nothing reflected: 29B1 for `123456789`."""
    return binascii.crc_hqx(body, 0xFFFF)


def kiosk_line(told: FromKiosk) -> bytes:
    """The kiosk's line."""
    wanted = told.wanted
    fields = (f"lamp={wanted.lamp.value}", f"fed={wanted.fed:02X}", f"watchdog={wanted.watchdog_s}")
    return _framed(_KIOSK, f"{told.number:04X}", *fields, f"machine={_word(_MACHINE, wanted.down)}")


def board_line(told: FromBoard) -> bytes:
    """The board's line."""
    seen = told.seen
    heard = _UNHEARD if told.heard is None else f"{told.heard:04X}"
    lying = (f"{name}={_word(_LIES, place in seen.occupied)}" for name, place in _PLACES.items())
    rest = (f"person={_word(_PERSON, seen.present)}", f"power={seen.power.value}")
    return _framed(_BOARD, f"{told.number:04X}", heard, f"door={_word(_DOOR, seen.door_open)}", *lying, *rest)


def read_kiosk(line: bytes) -> FromKiosk | None:
    """What the kiosk told; None for anything else."""
    words = _words(line, _KIOSK, 1)
    if words is None:
        return None
    (number,), fields = words
    try:
        lamp, down = _LAMPS[fields["lamp"]], _MACHINE[fields["machine"]]
        fed, seconds = fields["fed"], fields["watchdog"]
    except KeyError:
        return None
    if not (_NUMBER.fullmatch(number) and _FED.fullmatch(fed) and _SECONDS.fullmatch(seconds)):
        return None
    return FromKiosk(int(number, 16), Wanted(lamp, int(fed, 16), int(seconds), down))


def read_board(line: bytes) -> FromBoard | None:
    """What the board told; None for anything else."""
    words = _words(line, _BOARD, 2)
    if words is None:
        return None
    (number, heard), fields = words
    try:
        occupied = frozenset(place for name, place in _PLACES.items() if _LIES[fields[name]])
        present, is_open = _PERSON[fields["person"]], _DOOR[fields["door"]]
        power = _POWERS[fields["power"]]
    except KeyError:
        return None
    if not _NUMBER.fullmatch(number) or not (heard == _UNHEARD or _NUMBER.fullmatch(heard)):
        return None
    last = None if heard == _UNHEARD else int(heard, 16)
    return FromBoard(int(number, 16), last, Seen(occupied, present, is_open, power))


class Lines:
    """Bytes to whole lines. A `$` begins a line wherever it stands, so that a half line spoils no other; what grows
    longer than a line is dropped up to the next `$`."""

    def __init__(self) -> None:
        self._begun = b""

    def take(self, data: bytes) -> Iterator[bytes]:
        """The lines that end in these bytes, without their ends."""
        if not data:
            return
        *whole, rest = (self._begun + data).replace(b"\r", b"\n").split(b"\n")
        self._begun = self._from_dollar(rest)
        for each in whole:
            line = self._from_dollar(each)
            if line:
                yield line

    def forget(self) -> None:
        """The line broke: what was begun never ends."""
        self._begun = b""

    @staticmethod
    def _from_dollar(text: bytes) -> bytes:
        at = text.rfind(b"$")
        return text[at:] if at >= 0 and len(text) - at <= LONGEST else b""


def _framed(*words: str) -> bytes:
    body = " ".join(words).encode("ascii")
    return b"$%s*%04X\r\n" % (body, check_sum(body))


def _words(line: bytes, tag: str, numbers: int) -> tuple[list[str], dict[str, str]] | None:
    """The numbers and the fields of a line with that tag whose check sum is right. A field that nobody knows is let be:
    a later board may tell more."""
    frame = _FRAME.fullmatch(line) if len(line) <= LONGEST else None
    if frame is None or int(frame[2], 16) != check_sum(frame[1]):
        return None
    first, *rest = frame[1].decode("ascii").split(" ")
    if first != tag or len(rest) < numbers:
        return None
    pairs = [each.split("=", 1) for each in rest[numbers:]]
    fields = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    # A field told twice could mean either.
    return (rest[:numbers], fields) if len(fields) == len(pairs) else None


def _word(words: dict[str, bool], value: bool) -> str:
    return next(word for word, means in words.items() if means is value)
