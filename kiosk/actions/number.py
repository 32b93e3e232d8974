"""The holder's individual number, from their card into their headphones: the one place that speaks a number of a person
(decision 0011). It reads a figure when the one before was heard, and keeps none. The way of a figure is the card's
answer, one integer, and which of ten clips is played: no text, no file, no server."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hardware.card.model import CardConnection, CardReader, Verified, WrongPin
from hardware.card.number import DIGITS, NumberSession
from hardware.errors import CardError, CardGone, CardRefused, VoiceError
from hardware.keypad.pin import Pin
from hardware.voice.headphones import Headphones
from hardware.voice.model import Said
from kiosk.actions.card import problem_of
from kiosk.actions.jobs import Job, Lane, Tell
from kiosk.flow import events as on
from kiosk.flow.effects import LookAtHeadphones, ReadNumberCard, TellNumber, VerifyNumberPin
from kiosk.flow.values.presentation import tongue_of

NOT_SATISFIED = 0x6982


@dataclass(slots=True)
class NumberActions:
    """Reader and headphones of such a visit. `hush` is called by the runner's thread and returns at once."""

    reader: CardReader
    headphones: Headphones
    _connection: CardConnection | None = field(default=None, init=False)
    _session: NumberSession | None = field(default=None, init=False)
    _turn: int = field(default=0, init=False)
    """Rises with each telling and each silence: a telling of an older turn says nothing more."""

    def look(self, effect: LookAtHeadphones, tell: Tell) -> None:
        """Whether headphones are plugged in."""
        tell(on.HeadphonesSeen(effect.attempt, self.headphones.plugged()))

    def read(self, effect: ReadNumberCard, tell: Tell) -> None:
        """Whether the card keeps a number, and how often its PIN may be wrong, on a fresh connection."""
        try:
            self.release()
            self._connection = self.reader.connect()
            self._session = NumberSession(self._connection)
            tries = self._session.tries_left()
        except CardError as error:
            self._failed(effect.attempt, error, tell)
            return
        tell(on.NumberCardRead(effect.attempt, tries))

    def verify(self, effect: VerifyNumberPin, pin: Pin, tell: Tell) -> None:
        """Shows the PIN to the card, once, and sees that what lies behind it is a number. The PIN is wiped whatever
        happens."""
        try:
            session = self._open_session()
            outcome = session.verify(pin)
            if isinstance(outcome, Verified):
                session.check()
        except CardError as error:
            self._failed(effect.attempt, error, tell)
            return
        finally:
            pin.wipe()
        match outcome:
            case Verified():
                tell(on.PinRight(effect.attempt, None))
            case WrongPin(tries_left):
                tell(on.PinWrong(effect.attempt, tries_left))

    def tell(self, effect: TellNumber) -> Job:
        """Says it, unless silence is wanted before. The job holds the card's lane: nothing else may speak to the card
        meanwhile."""
        self._turn += 1
        turn = self._turn
        return Job(Lane.CARD, lambda tell: self._tell(effect, turn, tell))

    def hush(self) -> None:
        """Silence, at once."""
        self._turn += 1
        self.headphones.hush()

    def release(self) -> None:
        """Resets the card and lets it go. Never raises."""
        connection, self._connection, self._session = self._connection, None, None
        if connection is not None:
            connection.close()

    def _tell(self, effect: TellNumber, turn: int, tell: Tell) -> None:
        try:
            tongue = tongue_of(effect.language)
            said = self.headphones.say(self._figures(), tongue, lambda: self._turn == turn)
        except CardRefused as error:
            if error.status == NOT_SATISFIED:
                tell(on.PinForgotten(effect.attempt))
            else:
                self._failed(effect.attempt, error, tell)
        except CardError as error:
            self._failed(effect.attempt, error, tell)
        except VoiceError:
            # As good as pulled out: nothing was heard to its end.
            tell(on.NumberTold(effect.attempt, whole=False))
        else:
            tell(on.NumberTold(effect.attempt, whole=said is Said.WHOLE))

    def _figures(self) -> Iterator[int]:
        session = self._open_session()
        return (session.digit(place) for place in range(DIGITS))

    def _open_session(self) -> NumberSession:
        if self._session is None:
            raise CardGone("the card was let go")
        return self._session

    def _failed(self, attempt: int, error: CardError, tell: Tell) -> None:
        self.release()
        tell(on.CardFailed(attempt, problem_of(error)))
