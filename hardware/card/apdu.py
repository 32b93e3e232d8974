"""Command and answer APDUs (ISO/IEC 7816-4) and the rules for asking again: 61xx fetches the rest, 6Cxx repeats with
the right length. What carries a PIN is sent once, never repeated and never shown."""

from dataclasses import dataclass, field

from hardware.card.model import CardConnection
from hardware.errors import CardError, CardRefused
from hardware.keypad.pin import HolderPin

OK = 0x9000
WRONG_LENGTH = 0x6700
NOT_SATISFIED = 0x6982
BLOCKED = 0x6983
CLOSED = 0x6984
"""What JICSAP cards call a closed key (IEF): as good as blocked."""
NOT_FOUND = 0x6A82

SHORT_LE = 256
MAX_ANSWER = 4096
"""Most bytes of data that one command's answer may add up to."""

HEAD_BYTES = 5
"""Class, instruction, two parameters and the length of data."""

_ROUNDS = 32
"""Most times one command is followed up."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `le` is how many bytes are wanted (256 at most), or None when no data are. Data have no repr."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = field(default=b"", repr=False)
    le: int | None = None

    def to_bytes(self) -> bytes:
        """The command in its short form."""
        if len(self.data) > 0xFF or (self.le is not None and not 0 < self.le <= SHORT_LE):
            raise ValueError("a short command has at most 255 bytes of data and asks for 1 to 256")
        head = bytes((self.cla, self.ins, self.p1, self.p2))
        body = bytes((len(self.data),)) + self.data if self.data else b""
        return head + body + (bytes((self.le & 0xFF,)) if self.le is not None else b"")


@dataclass(frozen=True, slots=True)
class Answer:
    """Data and status word (two bytes, 9000 when all is well)."""

    data: bytes = field(repr=False)
    status: int

    def require_ok(self, step: str) -> bytes:
        """The data, or `CardRefused` unless the status is 9000."""
        if self.status != OK:
            raise CardRefused(step, self.status)
        return self.data


def send_once(connection: CardConnection, command: Command) -> Answer:
    """One command, one answer, whatever it says. Raises `CardError` when there is no status word in it."""
    return _answer(connection.transmit(command.to_bytes()))


def send_secret(connection: CardConnection, head: Command, secret: HolderPin) -> Answer:
    """A command without data of its own, with a PIN in their place: sent once, never followed up. It stands in one
    buffer that is overwritten once it was sent; the PIN itself is its holder's to wipe. Raises as `send_once`, and
    `ValueError` when the PIN is wiped already."""
    with secret.view() as typed:
        whole = bytearray(HEAD_BYTES + len(typed))
        whole[:4] = bytes((head.cla, head.ins, head.p1, head.p2))
        whole[4] = len(typed)
        whole[HEAD_BYTES:] = typed
    return _answer(connection.transmit(whole))


def overwrite(apdu: bytes | bytearray) -> None:
    """What holds a secret is no more; other commands stay."""
    if isinstance(apdu, bytearray):
        apdu[:] = bytes(len(apdu))


def _answer(answer: bytes) -> Answer:
    if not 2 <= len(answer) <= MAX_ANSWER + 2:
        raise CardError(f"an answer of {len(answer)} bytes is none")
    return Answer(answer[:-2], int.from_bytes(answer[-2:], "big"))


def send(connection: CardConnection, command: Command) -> Answer:
    """The whole answer to a command. Raises `CardError` when a card never comes to an end."""
    answer = send_once(connection, command)
    if answer.status >> 8 == 0x6C:
        # Nothing was done yet, so this is no second execution.
        command = Command(command.cla, command.ins, command.p1, command.p2, command.data, _length(answer.status))
        answer = send_once(connection, command)
    data = answer.data
    for _ in range(_ROUNDS):
        if answer.status >> 8 != 0x61:
            return Answer(data, answer.status)
        answer = send_once(connection, Command(0x00, 0xC0, 0x00, 0x00, le=_length(answer.status)))
        data += answer.data
        if len(data) > MAX_ANSWER:
            break
    raise CardError("the card's answer never ends")


def tries_told(status: int, most: int) -> int | None:
    """How often a PIN may still be wrong, as a status word says it: 0 when it is locked; None for one that says nothing
    of it, or more than the `most` there can be."""
    if status in (BLOCKED, CLOSED):
        return 0
    tries = status - 0x63C0
    return tries if 0 <= tries <= most else None


def _length(status: int) -> int:
    return status & 0xFF or SHORT_LE
