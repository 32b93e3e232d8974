"""A virtual card as a reader sees it: ATR, reset, and one answer to each command APDU."""

from collections.abc import Callable

from hardware.card.model import Usage
from hardware.card.number import AID as NUMBER_AID
from hardware.card.profile import JPKI_AID
from hardware.card.virtual.applet import JpkiApplet
from hardware.card.virtual.files import (
    CLA_UNKNOWN,
    NOT_FOUND,
    OK,
    WRONG_LENGTH,
    WRONG_P1P2,
    FileApplet,
    Manner,
)
from hardware.card.virtual.memory import CardMemory
from hardware.card.virtual.number_applet import number_applet
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.wire import SHORT_LE, Received, parse
from hardware.card.virtual.writing_applet import Writable

CONTACTLESS_ATR = bytes.fromhex("3B888001000005E0B381A1007F")
"""What a contactless reader makes of a type B card."""

_SELECT, _GET_RESPONSE = 0xA4, 0xC0


class VirtualCard:
    """A card of that persona. It keeps its tries, and what is written to it where it is `writable`, as long as the
    object lives; a new object starts afresh, or with the `memory` that another one kept."""

    def __init__(
        self,
        persona: Persona,
        entropy: Callable[[int], bytes],
        manner: Manner | None = None,
        atr: bytes = CONTACTLESS_ATR,
        writable: Writable | None = None,
        memory: CardMemory | None = None,
    ) -> None:
        self.atr = atr
        self._manner = manner or Manner()
        self._applet = JpkiApplet(persona, self._manner, entropy, writable, memory)
        self._applets: dict[bytes, FileApplet] = {}
        if persona.kind is not PersonaKind.FOREIGN:
            self._applets[JPKI_AID] = self._applet
        if persona.number:
            self._applets[NUMBER_AID] = number_applet(persona.number, persona.number_pin, self._manner)
        self._selected: FileApplet | None = None
        self._rest = b""

    @property
    def tries_left(self) -> int:
        """Tries left of the user-authentication PIN."""
        return self.memory.pins[Usage.USER_AUTH].tries_left

    @property
    def memory(self) -> CardMemory:
        """What it keeps without power, for whoever looks at the card from outside."""
        return self._applet.memory

    def reset(self) -> None:
        """Power on, or a reset: nothing is selected and no PIN counts any more."""
        self._selected = None
        self._rest = b""
        for applet in self._applets.values():
            applet.reset()

    def answer(self, apdu: bytes) -> bytes:
        """Data and the two status bytes. Never raises, whatever comes."""
        data, status = self._answer(apdu)
        return data + status.to_bytes(2, "big")

    def _answer(self, apdu: bytes) -> tuple[bytes, int]:
        command = parse(apdu)
        if command is None:
            return b"", WRONG_LENGTH
        if command.ins == _GET_RESPONSE and self._rest:
            return self._hand_out(command.le or SHORT_LE)
        self._rest = b""
        if command.cla == 0x00 and command.ins == _SELECT and command.p1 == 0x04:
            return self._select_applet(command)
        if self._selected is None:
            return b"", NOT_FOUND if command.ins == _SELECT and command.p1 == 0x02 else _without_applet(command)
        data, status = self._selected.handle(command)
        if data and self._manner.fetches_rest:
            self._rest = data
            return b"", _more(data)
        return data, status

    def _select_applet(self, command: Received) -> tuple[bytes, int]:
        if command.p2 not in (0x00, 0x0C):
            return b"", WRONG_P1P2
        applet = self._applets.get(command.data)
        if applet is None:
            return b"", NOT_FOUND
        self.reset()
        self._selected = applet
        return b"", OK

    def _hand_out(self, wanted: int) -> tuple[bytes, int]:
        piece, self._rest = self._rest[:wanted], self._rest[wanted:]
        return piece, _more(self._rest) if self._rest else OK


def _more(rest: bytes) -> int:
    return 0x6100 | (len(rest) & 0xFF if len(rest) < SHORT_LE else 0)


def _without_applet(command: Received) -> int:
    if command.cla != 0x00:
        return CLA_UNKNOWN
    return WRONG_P1P2 if command.ins == _SELECT else NOT_FOUND
