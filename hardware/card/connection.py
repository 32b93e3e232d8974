"""One exclusive PC/SC connection to one card. It holds one context and gives it back exactly once, whichever thread
comes to do it: the caller's, or one that a mute card kept and that returns much later."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from hardware.card.apdu import overwrite
from hardware.card.watchdog import Watchdog
from hardware.card.winscard import NO_READERS, SHARING_VIOLATION, SUCCESS, CardHandle, Winscard, fault
from hardware.errors import CardError, CardGone, CardMute

MAX_OUTSTANDING = 8
"""Commands that never came back, before no further card is opened. Pulling the card lets them come back."""

PROBE = bytes.fromhex("00A4000C023F00")
"""A command that changes nothing, to see whether a card still answers: selects the master file, which JPKI cards refuse
or ignore."""

MIN_ANSWER = 2
"""The two status bytes."""


class Contexts:
    """Counts the contexts held of a daemon that allows 200 to a user."""

    def __init__(self, winscard: Winscard) -> None:
        self._winscard = winscard
        self._held: set[int] = set()
        self.established = 0

    @property
    def held(self) -> int:
        """Contexts not given back yet."""
        return len(self._held)

    def establish(self) -> int:
        """A new context. Raises `ReaderGone`."""
        result, context = self._winscard.establish()
        if result != SUCCESS:
            raise fault(result, "a context")
        self._held.add(context)
        self.established += 1
        return context

    def release(self, context: int) -> None:
        """Gives it back, also when the daemon it belonged to is gone."""
        self._held.discard(context)  # first: another thread may be given the same number at once
        self._winscard.release(context)


@dataclass(frozen=True, slots=True)
class _Seat:
    context: int
    card: CardHandle


class PcscConnection:
    """A card opened exclusively. The handles wait in a place for one: who takes them out owns them, so they are never
    freed under a running command and never freed twice."""

    def __init__(self, winscard: Winscard, contexts: Contexts, watchdog: Watchdog) -> None:
        self._winscard = winscard
        self._contexts = contexts
        self._watchdog = watchdog
        self._place: deque[_Seat] = deque()
        self._closing = False

    def open(self, pick: Callable[[tuple[str, ...]], str | None]) -> None:
        """Connects to the reader that `pick` chooses by name. Raises as `CardReader.connect` says."""
        if self._watchdog.outstanding >= MAX_OUTSTANDING:
            raise CardMute(f"{self._watchdog.outstanding} commands to cards never came back")
        try:
            trouble = self._watchdog.run("card-connect", lambda: self._open(pick))
        except CardMute:
            self.close()
            raise
        if trouble is not None:
            raise trouble

    def transmit(self, apdu: bytes | bytearray) -> bytes:
        """Sends one command APDU; returns the data and the two status bytes."""
        try:
            seat = self._place.pop()
        except IndexError:
            overwrite(apdu)
            raise CardGone("the connection was closed") from None
        try:
            result, answer = self._watchdog.run("card-transmit", lambda: self._transmit(seat, apdu))
        except CardMute:
            self.close()
            raise
        if _is_answer(result, answer):
            return answer
        self.close()
        if result == SUCCESS:
            raise CardGone("the card left in the middle of a command")
        raise fault(result, "a command")

    def close(self) -> None:
        """Resets the card and gives the context back; if a command is going on, its thread does so when it returns."""
        self._closing = True  # before looking: a late thread sits down first and looks then, so one of both frees
        if self._place:
            try:
                self._watchdog.run("card-close", self._free)
            except CardMute:
                return

    def _open(self, pick: Callable[[tuple[str, ...]], str | None]) -> CardError | None:
        try:
            context = self._contexts.establish()
        except CardError as error:
            return error
        result, names = self._winscard.readers(context)
        name = pick(names) if result == SUCCESS else None
        if name is None:
            self._contexts.release(context)
            return fault(NO_READERS if result == SUCCESS else result, "connecting")
        result, card = self._winscard.connect(context, name)
        if result != SUCCESS:
            self._contexts.release(context)
            if result == SHARING_VIOLATION and self._watchdog.outstanding:
                return CardMute("the card has still not answered the command before")
            return fault(result, f"connecting to {name}")
        self._sit_down(_Seat(context, card))
        return None

    def _transmit(self, seat: _Seat, apdu: bytes | bytearray) -> tuple[int, bytes]:
        outcome = self._winscard.transmit(seat.card, apdu)
        overwrite(apdu)  # here, not by who waits: whoever gave up waiting must not change what is still to be sent
        self._sit_down(seat)
        return outcome

    def _sit_down(self, seat: _Seat) -> None:
        self._place.append(seat)
        if self._closing:
            self._free()

    def _free(self) -> None:
        try:
            seat = self._place.pop()
        except IndexError:
            return
        # pcsc-lite 1.9.9 told to reset a card that has just left believes the slot empty, and is blind to a card that
        # comes before it looks again: nobody would be told of it. So only a card that is there is reset.
        result, answer = self._winscard.transmit(seat.card, PROBE)
        self._winscard.disconnect(seat.card, reset=_is_answer(result, answer))
        self._contexts.release(seat.context)


def _is_answer(result: int, answer: bytes) -> bool:
    return result == SUCCESS and len(answer) >= MIN_ANSWER
