"""The resident's own card at a counter: its PIN goes from the resident's pad to the card, the card answers the server's
challenge, and the session says who it is. One connection for all of it; the PIN is wiped whatever happens (I11)."""

from collections.abc import Callable
from dataclasses import dataclass

from hardware.card.jpki import JpkiSession
from hardware.card.model import Answered, CardKind, Verified
from hardware.errors import CardError
from hardware.keypad.pin import Pin
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.server import CertificateServer, ServerRefusal
from kiosk.errors import ChallengeRejected
from koufu.evidence.challenge import Challenge
from koufu.evidence.errors import MalformedEvidence


@dataclass(frozen=True, slots=True)
class NotByCard:
    """Why the card says nothing: "card" none there or it can't be read, "other-card" without a PIN to show, "pin" wrong
    with so many tries left, "refused" by the server."""

    why: str
    tries_left: int = 0


@dataclass(frozen=True, slots=True)
class OwnCard:
    """Runs on the card's lane. `server` is that of the terminal's own municipality."""

    desk: CounterCardActions
    server: Callable[[], CertificateServer]
    municipality: str
    terminal: str

    def session(self, pin: Pin) -> bytes | NotByCard:
        """A session that the card has answered. Raises `ServerAway` and `ServerFault`."""
        try:
            return self._asked(self.desk.connect(), pin)
        except CardError:
            return NotByCard("card")
        finally:
            pin.wipe()
            self.desk.release()

    def _asked(self, card: JpkiSession, pin: Pin) -> bytes | NotByCard:
        facts = card.facts()
        if facts.kind is not CardKind.STANDARD or facts.user_auth_x509 is None:
            return NotByCard("other-card")
        server = self.server()
        opened = server.open_session(facts.user_auth_x509, facts.kind.value)
        if isinstance(opened, ServerRefusal):
            return NotByCard("refused")
        self._own(opened.challenge)
        verified = card.verify(pin)
        if not isinstance(verified, Verified):
            return NotByCard("pin", verified.tries_left)
        answer = card.answer(opened.challenge)
        if not isinstance(answer, Answered):
            return NotByCard("card")
        if isinstance(server.answer_challenge(opened.session_id, answer.answer), ServerRefusal):
            return NotByCard("refused")
        return opened.session_id

    def _own(self, evidence: bytes) -> None:
        """Nothing but a challenge of this municipality for this very terminal goes under the card's key."""
        try:
            challenge = Challenge.from_bytes(evidence)
        except MalformedEvidence as error:
            raise ChallengeRejected("the server's challenge is none") from error
        if (challenge.municipality, challenge.terminal) != (self.municipality, self.terminal):
            raise ChallengeRejected("the server's challenge is for another terminal")
