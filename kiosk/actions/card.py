"""The card: facts, PIN, challenge, order. One connection at a time, from first reading to reset. A PIN goes from pad
to card and nowhere else (I11)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hardware.card.jpki import JpkiSession
from hardware.card.model import CardConnection, CardReader, PinAgain, Verified
from hardware.errors import CardError, CardGone, ReaderGone
from hardware.keypad.pin import Pin
from kiosk.actions.attempt import Attempt, Attempts
from kiosk.actions.enrolment import enrolment_of
from kiosk.actions.jobs import Tell
from kiosk.actions.site import Site
from kiosk.errors import ChallengeRejected, ServerFault
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.values.order import Line
from koufu.evidence.challenge import Challenge
from koufu.evidence.enrolment import ProvenEnrolment
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.order import ORDER_ID_BYTES, Order, OrderLine, ProvenOrder

TOKEN_BYTES = 16


class CardActions:
    """The reader's side of a visit. All methods but `release` run on the card's lane."""

    def __init__(self, reader: CardReader, attempts: Attempts, site: Site, entropy: Callable[[int], bytes]) -> None:
        self._reader = reader
        self._attempts = attempts
        self._site = site
        self._entropy = entropy
        self._connection: CardConnection | None = None
        self._session: JpkiSession | None = None
        self._hides_x509 = False
        """The card that lies there shows its X.509 only after the PIN."""

    def read(self, effect: do.ReadCard, tell: Tell) -> None:
        """What the card is, on a fresh connection."""
        attempt = self._attempts.of(effect.attempt)
        try:
            self.release()
            self._connection = self._reader.connect()
            self._session = JpkiSession(self._connection)
            facts = self._session.facts()
        except CardError as error:
            self._failed(attempt, error, tell)
            return
        self._hides_x509 = facts.user_auth_x509 is None
        if attempt.user_auth_x509 is None:
            attempt.user_auth_x509 = facts.user_auth_x509
        tell(on.CardRead(attempt.number, facts))

    def verify(self, effect: do.VerifyPin, pin: Pin, tell: Tell) -> None:
        """Shows the PIN to the card, once. It is wiped whatever happens."""
        with _wiped(pin):
            attempt = self._attempts.of(effect.attempt)
            try:
                outcome = self._open_session().verify(pin)
                if not isinstance(outcome, Verified):
                    tell(on.PinWrong(attempt.number, outcome.tries_left))
                    return
                shown = self._open_session().user_auth_x509() if self._hides_x509 else None
            except CardError as error:
                self._failed(attempt, error, tell)
                return
        attempt.user_auth_x509 = attempt.user_auth_x509 or shown
        tell(on.PinRight(attempt.number, shown))

    def answer_challenge(self, effect: do.AnswerChallenge, tell: Tell) -> None:
        """Has the card answer the server's challenge. Raises `ChallengeRejected` when it is none, or not for this
        terminal: that is the server's fault and says nothing about the card."""
        attempt = self._attempts.of(effect.attempt)
        if attempt.session is None:
            raise ServerFault("there is no challenge to answer")
        challenge = self._own_challenge(attempt.municipality, attempt.session.challenge)
        answer = self._answer(attempt, challenge, tell)
        if answer is not None:
            attempt.answer = answer
            tell(on.ChallengeAnswered(attempt.number))

    def prove(self, effect: do.ProveOrder, tell: Tell) -> None:
        """Makes the order's bytes, with a random id and token of this attempt, and has the card prove them."""
        attempt = self._attempts.of(effect.attempt)
        order = Order(
            municipality=attempt.municipality,
            terminal=self._site.terminal,
            order_id=self._entropy(ORDER_ID_BYTES),
            session_nonce=effect.offer.session_nonce,
            lines=tuple(_order_line(line) for line in effect.lines),
            offer_version=effect.offer.version,
            fee=effect.fee,
            printer_profile=self._site.printer_profile,
            expires_at=effect.offer.expires_at,
        )
        evidence = order.to_bytes()
        proof = self._answer(attempt, evidence, tell)
        if proof is not None:
            attempt.order, attempt.proven = order, ProvenOrder(evidence, proof)
            attempt.token = self._entropy(TOKEN_BYTES)
            tell(on.OrderProven(attempt.number, order.order_id))

    def prove_enrolment(self, effect: do.ProveEnrolment, tell: Tell) -> None:
        """Makes the bytes of what is applied for in the session at hand, and has the card prove them."""
        attempt = self._attempts.of(effect.attempt)
        if attempt.session is None:
            raise ServerFault("there is no session to apply in")
        challenge = Challenge.from_bytes(self._own_challenge(attempt.municipality, attempt.session.challenge))
        evidence = enrolment_of(challenge, effect.claims).to_bytes()
        proof = self._answer(attempt, evidence, tell)
        if proof is not None:
            attempt.enrolment = ProvenEnrolment(evidence, proof)
            tell(on.EnrolmentProven(attempt.number))

    def release(self) -> None:
        """Resets the card and lets it go. Never raises."""
        connection, self._connection, self._session = self._connection, None, None
        if connection is not None:
            connection.close()

    def _answer(self, attempt: Attempt, message: bytes, tell: Tell) -> bytes | None:
        try:
            outcome = self._open_session().answer(message)
        except CardError as error:
            self._failed(attempt, error, tell)
            return None
        if isinstance(outcome, PinAgain):
            tell(on.PinForgotten(attempt.number))
            return None
        return outcome.answer

    def _open_session(self) -> JpkiSession:
        if self._session is None:
            raise CardGone("the card was let go")
        return self._session

    def _failed(self, attempt: Attempt, error: CardError, tell: Tell) -> None:
        self.release()
        tell(on.CardFailed(attempt.number, problem_of(error)))

    def _own_challenge(self, municipality: str, evidence: bytes) -> bytes:
        """Nothing but a challenge of this municipality for this very terminal goes under the card's key: never bytes
        that are an order."""
        try:
            challenge = Challenge.from_bytes(evidence)
        except MalformedEvidence as error:
            raise ChallengeRejected("the server's challenge is none") from error
        if (challenge.municipality, challenge.terminal) != (municipality, self._site.terminal):
            raise ChallengeRejected("the server's challenge is for another terminal")
        return evidence


def problem_of(error: CardError) -> on.CardProblem:
    """What the flow is told of a fault of the card or its reader."""
    match error:
        case CardGone():
            return on.CardProblem.GONE
        case ReaderGone():
            return on.CardProblem.READER_GONE
        case _:
            return on.CardProblem.UNREADABLE


def _order_line(line: Line) -> OrderLine:
    return OrderLine(line.kind, line.scope, line.options, line.copies, line.members, line.matter)


@contextmanager
def _wiped(pin: Pin) -> Iterator[None]:
    """Whatever happens inside, the PIN is gone afterwards."""
    try:
        yield
    finally:
        pin.wipe()
