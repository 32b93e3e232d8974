"""The PC/SC card reader. The only file that knows pyscard, and of pyscard only the raw functions: its monitor's thread
dies with the daemon."""

from collections.abc import Callable

from smartcard import scard  # type: ignore[import-untyped]

from hardware.card.connection import Contexts, PcscConnection
from hardware.card.model import CardConnection, SlotEvent
from hardware.card.slot_story import SlotStory
from hardware.card.supervisor import Supervisor
from hardware.card.watch import SlotWatch
from hardware.card.watchdog import Watchdog
from hardware.card.winscard import NO_READERS, SUCCESS, CardHandle, Winscard
from hardware.errors import CardGone, CardMute, ReaderGone
from hardware.ports import Clock, Spawn

ANSWER_WITHIN_S = 10.0
"""How long a card may take for one command. An answer under its key takes about a second."""

STILL_S = (0.1, 0.3)
"""Pauses before a card that could not be opened is tried again: one still moving in the field comes and goes."""


class Pyscard:
    """The raw functions, through pyscard."""

    def establish(self) -> tuple[int, int]:
        """A new context."""
        result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        return _code(result), int(context)

    def release(self, context: int) -> int:
        """Gives a context back."""
        return _code(scard.SCardReleaseContext(context))

    def readers(self, context: int) -> tuple[int, tuple[str, ...]]:
        """The names of all readers."""
        result, names = scard.SCardListReaders(context, [])
        code = _code(result)
        return (SUCCESS, ()) if code == NO_READERS else (code, tuple(str(name) for name in names))

    def status_change(self, context: int, reader: str, known: int, wait_ms: int) -> tuple[int, int]:
        """Waits until the reader's state differs from the known one."""
        result, states = scard.SCardGetStatusChange(context, wait_ms, [(reader, known)])
        return _code(result), int(states[0][1]) if states else 0

    def cancel(self, context: int) -> int:
        """Ends a wait in this context."""
        return _code(scard.SCardCancel(context))

    def connect(self, context: int, reader: str) -> tuple[int, CardHandle]:
        """Connects exclusively, with T=0 or T=1."""
        result, card, protocol = scard.SCardConnect(
            context, reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        )
        return _code(result), CardHandle(int(card), int(protocol))

    def transmit(self, card: CardHandle, apdu: bytes | bytearray) -> tuple[int, bytes]:
        """Sends a command; returns data and status bytes."""
        header = scard.SCARD_PCI_T0 if card.protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        result, answer = scard.SCardTransmit(card.number, header, list(apdu))
        return _code(result), bytes(byte & 0xFF for byte in answer)

    def disconnect(self, card: CardHandle, *, reset: bool) -> int:
        """Lets the card go, after a reset or as it is."""
        return _code(scard.SCardDisconnect(card.number, scard.SCARD_RESET_CARD if reset else scard.SCARD_LEAVE_CARD))


class PcscReader:
    """A reader behind the PC/SC daemon: the first one, or the first whose name starts with `name`. The daemon and the
    reader may come and go; the watch finds them again. `answer_within_s` is the watchdog's time for one command.

    One working reader a process: pcsc-lite's client (1.9.9) adds a new handle to its lists without the lock under which
    other threads search them, so that a card opened while another one is spoken to may end the process."""

    def __init__(
        self,
        spawn: Spawn,
        clock: Clock,
        *,
        name: str | None = None,
        answer_within_s: float = ANSWER_WITHIN_S,
        winscard: Winscard | None = None,
    ) -> None:
        self._spawn = spawn
        self._clock = clock
        self._name = name
        self._winscard = Pyscard() if winscard is None else winscard
        self._contexts = Contexts(self._winscard)
        self._watchdog = Watchdog(spawn, answer_within_s)
        self._supervisor: Supervisor | None = None
        self._connection: PcscConnection | None = None
        self._stopped = False

    @property
    def contexts_held(self) -> int:
        """PC/SC contexts held now: one for the watch, one for an open connection, one for each command or watch that
        never came back."""
        return self._contexts.held

    @property
    def contexts_established(self) -> int:
        """PC/SC contexts ever held."""
        return self._contexts.established

    @property
    def commands_abandoned(self) -> int:
        """Commands given up by the watchdog since the start."""
        return self._watchdog.abandoned

    @property
    def commands_outstanding(self) -> int:
        """Commands given up whose threads have not come back."""
        return self._watchdog.outstanding

    @property
    def trouble(self) -> str:
        """Why the reader was lost the last time, in words for a log; empty as long as it never was."""
        return "" if self._supervisor is None else self._supervisor.trouble

    def watch(self, tell: Callable[[SlotEvent], None]) -> None:
        """Starts telling what happens in the slot, from a thread of its own. `tell` must return soon and must not call
        `stop`."""

        def make_watch(story: SlotStory) -> SlotWatch:
            return SlotWatch(self._winscard, self._contexts, self._clock, self._pick, story)

        self._supervisor = Supervisor(self._clock, self._spawn, make_watch, tell)
        self._supervisor.start()

    def connect(self) -> CardConnection:
        """Opens the card exclusively, and closes a connection opened before. A card just put down is given a moment to
        lie still. Raises `CardGone`, `CardMute`, `ReaderGone`."""
        if self._stopped:
            raise ReaderGone("the reader was stopped")
        self._close_connection()
        for pause in STILL_S:
            try:
                return self._open()
            except (CardGone, CardMute):
                if self.commands_outstanding:
                    raise
            self._clock.wait(pause)
        return self._open()

    def stop(self) -> None:
        """Ends the watch and closes the connection."""
        self._stopped = True
        self._close_connection()
        if self._supervisor is not None:
            self._supervisor.stop(lambda wake: self._watchdog.run("card-cancel", wake))
            self._supervisor = None

    def _open(self) -> PcscConnection:
        connection = PcscConnection(self._winscard, self._contexts, self._watchdog)
        connection.open(self._pick)
        self._connection = connection
        return connection

    def _close_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _pick(self, names: tuple[str, ...]) -> str | None:
        return next((name for name in names if self._name is None or name.startswith(self._name)), None)


def _code(result: int) -> int:
    """Result codes are 32 bits without a sign, whatever the library's type for them."""
    return int(result) & 0xFFFFFFFF
