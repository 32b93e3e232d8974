"""The server's side of a visit: each call of the flow, and its answer as an event."""

from collections.abc import Callable, Iterable

from kiosk.actions.attempt import Attempt, Attempts
from kiosk.actions.jobs import Tell
from kiosk.actions.journal import Journal
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import PrepareAgain, Pulse, ReleasedDocument, ServerRefusal, Servers
from kiosk.actions.written import required
from kiosk.errors import MunicipalityNotServed, ServerAway, ServerFault
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.documents import WaitingDocument
from kiosk.flow.effects import ServerCall
from kiosk.flow.values.service import OutOfService
from koufu.evidence.order import Order
from koufu.evidence.trustlist import Signatory
from koufu.evidence.words import RefusalReason


class VisitCalls:
    """All methods run on the server's lane. `introduced` tells another municipality's server what this terminal is."""

    def __init__(
        self, servers: Servers, attempts: Attempts, journal: Journal, introduced: Callable[[str], Pulse]
    ) -> None:
        self._servers = servers
        self._attempts = attempts
        self._journal = journal
        self._introduced = introduced

    def open_session(self, effect: do.OpenSession, tell: Tell) -> None:
        """The X.509 goes up, a challenge comes back. Another municipality's server is told first what this terminal is
        (I8)."""
        attempt = self._attempts.of(effect.attempt)
        attempt.municipality = effect.municipality or self._servers.home
        server = self._servers.of(attempt.municipality)
        x509 = effect.facts.user_auth_x509
        if x509 is None:
            raise ServerFault("a session needs the card's X.509")

        def call() -> None:
            pulse = None if attempt.municipality == self._servers.home else self._introduced(attempt.municipality)
            board = None if pulse is None else pulse.board
            if pulse is not None and pulse.not_admitted is not None:
                tell(_not_admitted(attempt, pulse))
                return
            opened = server.open_session(x509, effect.facts.kind.value)
            if isinstance(opened, ServerRefusal):
                tell(_refused(attempt, opened))
            else:
                attempt.session = opened
                tell(on.SessionOpened(attempt.number, board))

        _answered(attempt, ServerCall.OPEN_SESSION, call, tell)

    def send_answer(self, effect: do.SendAnswer, tell: Tell) -> None:
        """The card's answer goes up, the offer comes back."""
        attempt = self._attempts.of(effect.attempt)
        session, answer = attempt.session, attempt.answer
        if session is None or answer is None:
            raise ServerFault("there is no answer to send")

        def call() -> None:
            offer = self._servers.of(attempt.municipality).answer_challenge(session.session_id, answer)
            if isinstance(offer, ServerRefusal):
                tell(_refused(attempt, offer))
            else:
                tell(on.Offered(attempt.number, offer))

        _answered(attempt, ServerCall.ANSWER_CHALLENGE, call, tell)

    def apply(self, effect: do.SendEnrolment, tell: Tell) -> None:
        """What was applied for goes up, its number comes back."""
        attempt = self._attempts.of(effect.attempt)
        session, proven = attempt.session, attempt.enrolment
        if session is None or proven is None:
            raise ServerFault("there is nothing to apply with")

        def call() -> None:
            number = self._servers.of(attempt.municipality).apply(session.session_id, proven)
            taken = on.EnrolmentTaken(attempt.number, number) if isinstance(number, str) else _refused(attempt, number)
            tell(taken)

        _answered(attempt, ServerCall.APPLY, call, tell)

    def prepare(self, effect: do.Prepare, tell: Tell) -> None:
        """The proven order goes up, encrypted documents come back. Raises `JournalBroken`: then nothing went up."""
        attempt = self._attempts.of(effect.attempt)
        session, proven, order, token = attempt.session, attempt.proven, attempt.order, attempt.token
        if session is None or proven is None or order is None or token is None:
            raise ServerFault("there is no proven order to send")
        self._remember(attempt, order, token)
        required(self._journal)

        def call() -> None:
            documents = self._servers.of(order.municipality).prepare(session.session_id, token, proven)
            if isinstance(documents, ServerRefusal):
                tell(_refused(attempt, documents))
                return
            waiting = tuple(
                WaitingDocument(each.line, each.copy, order.lines[each.line].kind, each.document_no, sheets=each.pages)
                for each in documents
                if each.line < len(order.lines)
            )
            if len(waiting) != len(documents):
                raise ServerFault("a document came for a line that nobody ordered")
            attempt.encrypted = {(each.line, each.copy): each for each in documents}
            attempt.waiting = waiting
            tell(on.Prepared(attempt.number, waiting))

        _answered(attempt, ServerCall.PREPARE, call, tell)

    def release(self, effect: do.Release, tell: Tell) -> None:
        """The fee is held: statements and keys. The keys that statements are checked with come first: without
        them nothing is issued. Nor while nobody could say after a restart what was: raises `JournalBroken`."""
        attempt = self._attempts.of(effect.attempt)
        order, token = attempt.order, attempt.token
        if order is None or token is None:
            raise ServerFault("there is no order to release")
        required(self._journal)
        server = self._servers.of(order.municipality)

        def call() -> None:
            attempt.signatory = server.signatory()
            released = server.release(order.order_id, token)
            match released:
                case ServerRefusal():
                    tell(_refused(attempt, released))
                case PrepareAgain():
                    tell(on.RegisterMoved(attempt.number))
                case _:
                    if not _all_by(attempt.signatory, released):
                        # Perhaps by a key that began in haste, which the list at hand does not know yet.
                        attempt.signatory = server.signatory(anew=True)
                    attempt.released = {(each.line, each.copy): each for each in released}
                    self._journal.update(
                        attempt.number, lambda visit: visit.model_copy(update={"documents": attempt.waiting})
                    )
                    tell(on.Released(attempt.number))

        _answered(attempt, ServerCall.RELEASE, call, tell)

    def _remember(self, attempt: Attempt, order: Order, token: bytes) -> None:
        """The order is written down before the server hears of it; asked again, it stands there already."""
        visit = SavedVisit(
            attempt=attempt.number,
            reference=attempt.reference,
            municipality=order.municipality,
            order_id=order.order_id.hex(),
            token=token.hex(),
        )
        known = self._journal.visit
        if known is None or known.order_id != visit.order_id:
            self._journal.begin(visit)


def _answered(attempt: Attempt, name: ServerCall, call: Callable[[], None], tell: Tell) -> None:
    try:
        call()
    except MunicipalityNotServed:
        tell(on.Refused(attempt.number, RefusalReason.MUNICIPALITY_UNKNOWN, None, None))
    except (ServerAway, ServerFault):
        tell(on.ServerFailed(attempt.number, name))


def _not_admitted(attempt: Attempt, pulse: Pulse) -> on.Refused:
    suspended = pulse.not_admitted is OutOfService.SUSPENDED
    reason = RefusalReason.SUSPENDED if suspended else RefusalReason.TERMINAL_NOT_ADMITTED
    return on.Refused(attempt.number, reason, None, None if pulse.board is None else pulse.board.window)


def _refused(attempt: Attempt, refusal: ServerRefusal) -> on.Refused:
    order: Order | None = attempt.order
    lines = order.lines if order is not None else ()
    about = lines[refusal.line].kind if refusal.line is not None and refusal.line < len(lines) else None
    return on.Refused(attempt.number, refusal.reason, about, refusal.window)


def _all_by(signatory: Signatory, released: Iterable[ReleasedDocument]) -> bool:
    """Whether keys that the trust list at hand knows signed every statement."""
    return all(signatory.signed(each.statement.evidence, each.statement.signature) for each in released)
