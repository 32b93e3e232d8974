"""Takes command APDUs apart as a card does (ISO/IEC 7816-3, 12.1: cases 1 to 4, short and extended)."""

from dataclasses import dataclass

SHORT_LE = 256
EXTENDED_LE = 65_536


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """A command as a card sees it. `le` is how many bytes are wanted at most, None when none are."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    le: int | None


def parse(apdu: bytes) -> Received | None:
    """The command in these bytes, or None when their length is wrong."""
    if len(apdu) < 4:
        return None
    body = apdu[4:]
    parts: tuple[bytes, int | None] | None
    if len(body) <= 1:
        parts = b"", (body[0] or SHORT_LE) if body else None
    elif body[0] == 0 and len(body) >= 3:
        parts = _extended(body)
    else:
        parts = _short(body)
    return None if parts is None else Received(apdu[0], apdu[1], apdu[2], apdu[3], *parts)


def _short(body: bytes) -> tuple[bytes, int | None] | None:
    lc, rest = body[0], body[1:]
    if lc == 0 or len(rest) not in (lc, lc + 1):
        return None
    return rest[:lc], (rest[lc] or SHORT_LE) if len(rest) > lc else None


def _extended(body: bytes) -> tuple[bytes, int | None] | None:
    number, rest = int.from_bytes(body[1:3], "big"), body[3:]
    if not rest:
        return b"", number or EXTENDED_LE
    if number == 0 or len(rest) not in (number, number + 2):
        return None
    le = int.from_bytes(rest[number:], "big") or EXTENDED_LE
    return rest[:number], le if len(rest) > number else None
