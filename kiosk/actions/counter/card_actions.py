"""The card under the clerk's hands, of every case: one connection at a time, all of it on the card's lane. What it says
is its case's; that it is let go, and what went wrong, is the same for all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from hardware.card.jpki import JpkiSession
from hardware.card.model import CardConnection, CardReader, Usage, Verified
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.commands import CardState
from hardware.card.writing.model import OperatorDesk
from hardware.errors import CardError, CardGone, CardRefused, IssuerError, OperatorRefused
from hardware.keypad.held import HeldPins
from kiosk.actions.counter.pin_actions import held_pin
from kiosk.counter.pins import Part

Fault = CardError | IssuerError | OperatorRefused
"""What can go wrong while a card lies there: the card, its issuer, the card-writing terminal."""


class OpenCard(NamedTuple):
    """A card that can be written, open, in the state in which it was read, with an operator signed on for it."""

    session: JpkiSession
    writer: ApduCardWriter
    state: CardState
    desk: OperatorDesk

    def prove(self, usage: Usage, held: HeldPins) -> None:
        """Shows the PIN that was typed a second time: it is in force, and the card knows its holder. Raises
        `CardError`."""
        if not isinstance(self.session.verify(held_pin(held, usage, Part.AGAIN), usage), Verified):
            raise CardError("the card does not take the PIN that was just set")


class CounterCardActions:
    """The reader's side of every case at a counter. `sign_on` signs the operator on to the card-writing terminal anew
    for each card; it raises `OperatorRefused`, `IssuerAway`."""

    def __init__(self, reader: CardReader, sign_on: Callable[[], OperatorDesk]) -> None:
        self._reader = reader
        self._sign_on = sign_on
        self._connection: CardConnection | None = None
        self._open: OpenCard | None = None

    def connect(self) -> JpkiSession:
        """The card that lies there; one that was open is let go."""
        self.release()
        self._connection = self._reader.connect()
        return JpkiSession(self._connection)

    def look(self) -> OpenCard | None:
        """The card that lies there, for whoever keeps it then; None, and let go, when it can't be written."""
        session = self.connect()
        assert self._connection is not None
        writer = ApduCardWriter(self._connection, session)
        state = _state(session, writer)
        if state is None:
            self.release()
            return None
        return OpenCard(session, writer, state, self._sign_on())

    def keep(self, card: OpenCard) -> None:
        """It is the one that the case is about."""
        self._open = card

    def card(self) -> OpenCard:
        """The card that was kept. Raises `CardGone` when it was let go."""
        if self._open is None:
            raise CardGone("the card was let go")
        return self._open

    def release(self) -> None:
        """Resets the card and lets it go. Never raises."""
        connection, self._connection, self._open = self._connection, None, None
        if connection is not None:
            connection.close()

    @contextmanager
    def telling(self, broke: Callable[[Fault], None]) -> Iterator[None]:
        """What goes wrong within is told; after a fault of the card it is let go."""
        try:
            yield
        except CardError as error:
            self.release()
            broke(error)
        except (IssuerError, OperatorRefused) as error:
            broke(error)


def _state(session: JpkiSession, writer: ApduCardWriter) -> CardState | None:
    if session.generation() is None:
        return None
    try:
        return writer.state()
    except CardRefused:
        # A card of the field knows no such command.
        return None
