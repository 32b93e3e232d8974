"""A card reader in this process, steered by calls: put a card in, pull it, let it go mute or slow, take the reader
away. It has no thread: whoever steers it, or sends a command, also hears what it tells."""

from collections.abc import Callable
from typing import Protocol

from hardware.card.apdu import overwrite
from hardware.card.model import CardConnection, SlotEvent
from hardware.card.virtual.card import VirtualCard
from hardware.errors import CardError, CardGone, CardMute, ReaderGone
from hardware.ports import Clock

ANSWER_WITHIN_S = 10.0


class CardSlot(Protocol):
    """Where a virtual card is put in; steerable while running."""

    def insert(self, card: VirtualCard) -> None:
        """Puts a card in; one that is in comes out first."""
        ...

    def pull(self) -> None:
        """Takes the card out, in the middle of a command or not."""
        ...

    def mute(self) -> None:
        """The card answers nothing more until it is pulled."""
        ...

    def slow(self, seconds: float) -> None:
        """Every answer takes that long; 0 is as fast as it goes."""
        ...

    def pull_after(self, answers: int) -> None:
        """After so many more answers the card leaves in the middle of the next command."""
        ...


class VirtualReader:
    """A `CardReader` and its `CardSlot` in one. `answer_within_s` is its watchdog: a mute card takes that long on the
    clock before `CardMute`."""

    def __init__(self, clock: Clock, *, answer_within_s: float = ANSWER_WITHIN_S) -> None:
        self._clock = clock
        self._answer_within_s = answer_within_s
        self._tell: Callable[[SlotEvent], None] | None = None
        self._card: VirtualCard | None = None
        self._card_was_told = False
        self._attached = True
        self._connection: _Connection | None = None
        self._mute = False
        self._slow_s = 0.0
        self._answers_left: int | None = None

    @property
    def card(self) -> VirtualCard | None:
        """The card that is in."""
        return self._card

    def watch(self, tell: Callable[[SlotEvent], None]) -> None:
        """Tells from now on, beginning with a card that is in or a reader that is away."""
        self._tell = tell
        if not self._attached:
            tell(SlotEvent.READER_LOST)
        elif self._card is not None:
            self._say(SlotEvent.INSERTED)

    def connect(self) -> CardConnection:
        """Opens the card, and closes a connection opened before. Raises `CardGone`, `CardMute`, `ReaderGone`."""
        if not self._attached:
            raise ReaderGone("no reader is attached")
        if self._card is None:
            raise CardGone("no card lies there")
        if self._mute:
            raise CardMute("the card has still not answered the command before")
        self._drop(CardGone("the connection was closed"))
        self._card.reset()
        self._connection = _Connection(self, self._card)
        return self._connection

    def stop(self) -> None:
        """Closes the connection and tells nothing more."""
        self._tell = None
        self._drop(CardGone("the reader was stopped"))
        self._attached = False

    def insert(self, card: VirtualCard) -> None:
        """Puts a card in; one that is in comes out first."""
        self.pull()
        self._card = card
        self._say(SlotEvent.INSERTED)

    def pull(self) -> None:
        """Takes the card out, in the middle of a command or not."""
        if self._card is None:
            return
        self._card = None
        self._mute = False
        self._answers_left = None
        self._drop(CardGone("the card left"))
        self._say(SlotEvent.REMOVED)

    def mute(self) -> None:
        """The card answers nothing more until it is pulled."""
        self._mute = True

    def slow(self, seconds: float) -> None:
        """Every answer takes that long on the clock."""
        self._slow_s = seconds

    def pull_after(self, answers: int) -> None:
        """After so many more answers the card leaves in the middle of the next command."""
        self._answers_left = answers

    def lose(self) -> None:
        """Takes the reader away, with the card on it."""
        if self._attached:
            self._attached = False
            self._drop(ReaderGone("the reader is away"))
            if self._tell is not None:
                self._tell(SlotEvent.READER_LOST)

    def restore(self) -> None:
        """Brings the reader back."""
        if self._attached or self._tell is None:
            self._attached = True
            return
        self._attached = True
        self._tell(SlotEvent.READER_BACK)
        if self._card is not None or self._card_was_told:
            self._say(SlotEvent.INSERTED if self._card is not None else SlotEvent.REMOVED)

    def answer(self, card: VirtualCard, apdu: bytes) -> bytes:
        """One command over an open connection. Raises `CardGone`, `CardMute`."""
        if self._answers_left == 0:
            self.pull()
            raise CardGone("the card left in the middle of a command")
        takes = self._answer_within_s if self._mute else min(self._slow_s, self._answer_within_s)
        if takes:
            self._clock.wait(takes)
        if self._card is not card:
            raise CardGone("the card left in the middle of a command")
        if self._mute or self._slow_s > self._answer_within_s:
            raise CardMute(f"no answer within {self._answer_within_s:g} s")
        if self._answers_left is not None:
            self._answers_left -= 1
        return card.answer(apdu)

    def _drop(self, why: CardError) -> None:
        if self._connection is not None:
            self._connection.die(why)
            self._connection = None

    def _say(self, event: SlotEvent) -> None:
        if self._tell is not None and self._attached:
            self._card_was_told = event is SlotEvent.INSERTED
            self._tell(event)


class _Connection:
    """A connection to one card for the time it lies there."""

    def __init__(self, reader: VirtualReader, card: VirtualCard) -> None:
        self._reader = reader
        self._card = card
        self._dead: CardError | None = None

    def transmit(self, apdu: bytes | bytearray) -> bytes:
        """Sends one command APDU; returns the data and the two status bytes."""
        try:
            self._require_alive()
            answer = self._reader.answer(self._card, bytes(apdu))
        except CardError as error:
            self.die(error)
            raise
        finally:
            overwrite(apdu)
        self._require_alive()
        return answer

    def close(self) -> None:
        """Resets the card and lets it go."""
        if self._dead is None:
            self._card.reset()
            self.die(CardGone("the connection was closed"))

    def _require_alive(self) -> None:
        if self._dead is not None:
            raise self._dead.with_traceback(None)

    def die(self, why: CardError) -> None:
        """Every later command raises this."""
        self._dead = self._dead or why
