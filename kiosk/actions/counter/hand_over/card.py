"""The new card under the clerk's hands: read, and given its PINs by the card-writing terminal (a simulator). A PIN
comes from its pad and goes to the card (I11). All of it is on the card's lane; what broke off may be done again."""

from collections.abc import Callable
from dataclasses import dataclass

from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage
from hardware.card.writing.pins import reset_at_counter
from hardware.errors import CardGone, IssuerAway, OperatorRefused, ReaderGone
from hardware.keypad.held import HeldPins
from kiosk.actions.counter.card_actions import CounterCardActions, Fault, OpenCard
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.pin_actions import held_pin
from kiosk.counter.hand_over.effects import ReadCard, SetPins
from kiosk.counter.hand_over.events import CardLost, CardRead, PinsSet
from kiosk.counter.hand_over.values import CardTrouble
from kiosk.counter.pins import Part

CASE_BYTES = 16


@dataclass(frozen=True, slots=True)
class NewCard:
    """What a hand-over does with the card on the counter's desk."""

    desk: CounterCardActions
    entropy: Callable[[int], bytes]

    def read(self, effect: ReadCard, tell: DeskTell) -> None:
        """What it shows without a PIN, and whether it can be written where that is wanted."""
        with self.desk.telling(self._lost(effect.number, tell)):
            session = self._written() if effect.writes else self._shown()
            if session is None:
                tell(CardLost(effect.number, CardTrouble.FOREIGN))
            else:
                tell(CardRead(effect.number, session.user_auth_x509() or b""))

    def set_pins(self, effect: SetPins, held: HeldPins, tell: DeskTell) -> None:
        """Sets each PIN, and shows the card what was typed the second time. All are wiped whatever happens."""
        try:
            with self.desk.telling(self._lost(effect.number, tell)):
                card, case = self.desk.card(), self.entropy(CASE_BYTES).hex()
                for usage in effect.usages:
                    _set(card, case, usage, held)
                tell(PinsSet(effect.number))
        finally:
            held.wipe_all()

    def _written(self) -> JpkiSession | None:
        card = self.desk.look()
        if card is None:
            return None
        self.desk.keep(card)
        return card.session

    def _shown(self) -> JpkiSession | None:
        session = self.desk.connect()
        if session.generation() is None:
            self.desk.release()
            return None
        return session

    def _lost(self, number: int, tell: DeskTell) -> Callable[[Fault], None]:
        """A hand-over begins anew with its card whatever went wrong, so it is let go."""

        def lost(fault: Fault) -> None:
            self.desk.release()
            tell(CardLost(number, _trouble(fault)))

        return lost


def _set(card: OpenCard, case: str, usage: Usage, held: HeldPins) -> None:
    reset_at_counter(card.writer, card.desk, case, usage, held_pin(held, usage, Part.NEW))
    card.prove(usage, held)


def _trouble(fault: Fault) -> CardTrouble:
    match fault:
        case CardGone():
            return CardTrouble.GONE
        case ReaderGone():
            return CardTrouble.READER_GONE
        case IssuerAway():
            return CardTrouble.TERMINAL_AWAY
        case OperatorRefused():
            return CardTrouble.TERMINAL_REFUSES
        case _:
            return CardTrouble.FAULT
