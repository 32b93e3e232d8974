"""Applets of files and PINs in software, answered with the status words of real cards: what the JPKI applet and the one
that holds the number have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from hardware.card.virtual.memory import PinState
from hardware.card.virtual.wire import Received

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
class File:
    """What can be read, after a PIN where it needs one."""

    content: bytes
    needs: PinState | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What answers after its PIN."""

    key: RSAPrivateKey
    needs: PinState


DataAndStatus = tuple[bytes, int]
Objects = dict[int, File | Key | PinState]


class FileApplet:
    """One applet of a card. `handle` takes a command after the applet was selected."""

    def __init__(self, objects: Objects, manner: Manner) -> None:
        self.objects = objects
        self.manner = manner
        self._current: int | None = None
        self.commands: dict[tuple[int, int], Callable[[Received], DataAndStatus]] = {
            (0x00, 0xA4): self._select,
            (0x00, 0xB0): self._read_binary,
            (0x00, 0x20): self._verify,
        }

    def reset(self) -> None:
        """What a reset forgets: the selected file and every PIN, never the tries."""
        self._current = None
        for each in self.objects.values():
            if isinstance(each, PinState):
                each.verified = False

    def handle(self, command: Received) -> DataAndStatus:
        """Data and status word."""
        known = self.commands.get((command.cla, command.ins))
        if known is None:
            return b"", INS_UNKNOWN if command.cla in (0x00, 0x80) else CLA_UNKNOWN
        return known(command)

    def addressed(self, command: Received) -> File | Key | PinState | None:
        """What P2 points at: the selected object, or one by its short id."""
        if not command.p2 & _CURRENT:
            return None
        if command.p2 & _SHORT_ID:
            self._current = command.p2 & _SHORT_ID
        return None if self._current is None else self.objects.get(self._current)

    def _select(self, command: Received) -> DataAndStatus:
        if command.p1 != 0x02 or command.p2 not in (0x00, 0x0C):
            return b"", WRONG_P1P2
        if len(command.data) != 2:
            return b"", WRONG_LENGTH
        file_id = int.from_bytes(command.data, "big")
        if file_id not in self.objects:
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
        there = self.objects.get(self._current)
        if not isinstance(there, File):
            return b"", NOT_FOUND if there is None else NOT_ALLOWED
        if there.needs is not None and not there.needs.verified:
            return b"", NOT_SATISFIED
        rest = there.content[offset:]
        if not rest:
            return b"", WRONG_OFFSET
        if self.manner.corrects_length and len(rest) < command.le:
            return b"", 0x6C00 | len(rest) & 0xFF
        return rest[: command.le], OK

    def _verify(self, command: Received) -> DataAndStatus:
        pin = self.addressed(command)
        if command.p1 != 0x00 or not isinstance(pin, PinState):
            return b"", WRONG_P1P2
        if pin.tries_left == 0:
            return b"", self.manner.lock_reply.value
        if not command.data:
            return b"", WRONG_PIN | pin.tries_left
        pin.verified = command.data == pin.digits
        pin.tries_left = pin.tries if pin.verified else pin.tries_left - 1
        return b"", OK if pin.verified else WRONG_PIN | pin.tries_left
