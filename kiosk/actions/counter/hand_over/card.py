"""The new card under the clerk's hands: read, and given its PINs by the card-writing terminal (a simulator). A PIN
comes from its pad and goes to the card (I11). All of it is on the card's lane; what broke off may be done again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from hardware.card.jpki import JpkiSession
from hardware.card.model import CardConnection, CardReader, Usage, Verified
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.model import OperatorDesk
from hardware.card.writing.pins import reset_at_counter
from hardware.errors import (
    CardError,
    CardGone,
    CardRefused,
    IssuerAway,
    OperatorRefused,
    ReaderGone,
)
from hardware.keypad.held import HeldPins
from hardware.keypad.pin import HolderPin
from kiosk.counter.hand_over.effects import ReadCard, SetPins
from kiosk.counter.hand_over.events import CardLost, CardRead, HandOverEvent, PinsSet
from kiosk.counter.hand_over.values import CardTrouble, Part, PinAsk

Tell = Callable[[HandOverEvent], None]

CASE_BYTES = 16


def pin_name(usage: Usage, part: Part) -> str:
    """Under which name a typed PIN is held."""
    return f"{usage.value}/{part.value}"


def name_of(ask: PinAsk) -> str:
    """The same of what was asked."""
    return pin_name(ask.usage, ask.part)


class _Open(NamedTuple):
    session: JpkiSession
    writer: ApduCardWriter
    desk: OperatorDesk


class NewCard:
    """The reader's side of a hand-over. `sign_on` signs the operator on to the card-writing terminal anew for each
    card; it raises `OperatorRefused`, `IssuerAway`."""

    def __init__(
        self, reader: CardReader, sign_on: Callable[[], OperatorDesk], entropy: Callable[[int], bytes]
    ) -> None:
        self._reader = reader
        self._sign_on = sign_on
        self._entropy = entropy
        self._connection: CardConnection | None = None
        self._open: _Open | None = None

    def read(self, effect: ReadCard, tell: Tell) -> None:
        """What it shows without a PIN, and whether it can be written where that is wanted."""
        with self._telling(effect.number, tell):
            self.release()
            self._connection = self._reader.connect()
            session = JpkiSession(self._connection)
            writer = ApduCardWriter(self._connection, session)
            if session.generation() is None or (effect.writes and not _writable(writer)):
                self.release()
                tell(CardLost(effect.number, CardTrouble.FOREIGN))
                return
            x509 = session.user_auth_x509()
            if effect.writes:
                self._open = _Open(session, writer, self._sign_on())
            tell(CardRead(effect.number, x509 or b""))

    def set_pins(self, effect: SetPins, held: HeldPins, tell: Tell) -> None:
        """Sets each PIN, and shows the card what was typed the second time. All are wiped whatever happens."""
        try:
            with self._telling(effect.number, tell):
                if self._open is None:
                    raise CardGone("the card was let go")
                case = self._entropy(CASE_BYTES).hex()
                for usage in effect.usages:
                    self._set(self._open, case, usage, held)
                tell(PinsSet(effect.number))
        finally:
            held.wipe_all()

    def release(self) -> None:
        """Resets the card and lets it go. Never raises."""
        connection, self._connection, self._open = self._connection, None, None
        if connection is not None:
            connection.close()

    def _set(self, card: _Open, case: str, usage: Usage, held: HeldPins) -> None:
        reset_at_counter(card.writer, card.desk, case, usage, _take(held, usage, Part.NEW))
        shown = card.session.verify(_take(held, usage, Part.AGAIN), usage)
        if not isinstance(shown, Verified):
            raise CardError("the card does not take the PIN that was just set")

    @contextmanager
    def _telling(self, number: int, tell: Tell) -> Iterator[None]:
        try:
            yield
        except CardError as error:
            self.release()
            tell(CardLost(number, _trouble(error)))
        except IssuerAway:
            self.release()
            tell(CardLost(number, CardTrouble.TERMINAL_AWAY))
        except OperatorRefused:
            self.release()
            tell(CardLost(number, CardTrouble.TERMINAL_REFUSES))


def _writable(writer: ApduCardWriter) -> bool:
    try:
        writer.state()
    except CardRefused:
        # A card of the field knows no such command.
        return False
    return True


def _take(held: HeldPins, usage: Usage, part: Part) -> HolderPin:
    try:
        return held.take(pin_name(usage, part))
    except KeyError:
        raise CardGone("a PIN that was typed is not held any more") from None


def _trouble(error: CardError) -> CardTrouble:
    match error:
        case CardGone():
            return CardTrouble.GONE
        case ReaderGone():
            return CardTrouble.READER_GONE
        case _:
            return CardTrouble.FAULT
