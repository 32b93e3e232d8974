"""The scripted resident's hand at a real reader: a script can't lift a card, so until it is put there and after it was
taken the terminal is told that the slot is empty. Only for the demonstration."""

import threading
from collections.abc import Callable

from hardware.card.model import CardConnection, CardReader, SlotEvent
from hardware.errors import CardGone


class HeldCard:
    """A `CardReader` in front of another whose card stays where it is. `put` and `take` are what a hand would do."""

    def __init__(self, reader: CardReader) -> None:
        self._reader = reader
        self._guard = threading.Lock()
        self._lies_there = False
        self._put = False
        self._tell: Callable[[SlotEvent], None] | None = None

    def put(self) -> None:
        """The card goes onto the reader."""
        self._hold(put=True, event=SlotEvent.INSERTED)

    def take(self) -> None:
        """The card leaves the reader."""
        self._hold(put=False, event=SlotEvent.REMOVED)

    def _hold(self, *, put: bool, event: SlotEvent) -> None:
        with self._guard:
            self._put = put
            tell = self._tell if self._lies_there else None
        if tell is not None:
            tell(event)

    def watch(self, tell: Callable[[SlotEvent], None]) -> None:
        """Tells what happens in the slot, as far as the hand lets it."""
        self._tell = tell
        self._reader.watch(self._heard)

    def _heard(self, event: SlotEvent) -> None:
        with self._guard:
            if event in (SlotEvent.INSERTED, SlotEvent.REMOVED):
                self._lies_there = event is SlotEvent.INSERTED
                told = self._put
            else:
                told = True
            tell = self._tell if told else None
        if tell is not None:
            tell(event)

    def connect(self) -> CardConnection:
        """Opens the card while the hand leaves it there."""
        if not self._put:
            raise CardGone("the card is not on the reader")
        return self._reader.connect()

    def stop(self) -> None:
        """Ends the watch."""
        self._reader.stop()
