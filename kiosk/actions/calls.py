"""The server's side of a visit: each call of the flow, its answer as an event, and outcomes that are kept until the
server has them."""

from collections.abc import Callable
from contextlib import suppress

from kiosk.actions.attempt import Attempt, Attempts
from kiosk.actions.jobs import Tell
from kiosk.actions.journal import Journal, OpenVisit
from kiosk.actions.server import CertificateServer, OutcomeReport, PrepareAgain, Pulse, ServerRefusal
from kiosk.errors import MunicipalityNotServed, RequestRejected, ServerAway, ServerFault
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.documents import WaitingDocument
from kiosk.flow.effects import ServerCall
from kiosk.flow.values import OutOfService
from koufu.evidence.order import Order
from koufu.evidence.words import RefusalReason

_DEVICES = {
    "printer": ({OutOfService.PRINTER}, "stopped"),
    "paper": ({OutOfService.PAPER}, "empty"),
    "cash": ({OutOfService.CASH, OutOfService.UNSETTLED}, "stopped"),
    "card": ({OutOfService.CARD_READER}, "away"),
}


REPORTS_AT_ONCE = 10
"""Outcomes sent with one heartbeat."""


class ServerDesk:
    """All methods run on the server's lane."""

    def __init__(self, server: CertificateServer, attempts: Attempts, journal: Journal) -> None:
        self._server = server
        self._attempts = attempts
        self._journal = journal
        self._devices: dict[str, str] = {}
        self._tried: OutcomeReport | None = None
        """The outcome that was sent last: those after it have their turn next."""
        self._overdue = False

    def heartbeat(self, effect: do.SendHeartbeat, tell: Tell) -> None:
        """Tells the server what it was not told yet, and then how the terminal is: an answer that all is well never
        comes from a server that has not heard of an alarm (I9)."""
        self.send_outcomes(tell)
        self._devices = {
            name: word if why & effect.out_of_service else "ready" for name, (why, word) in _DEVICES.items()
        }
        try:
            pulse = self._pulse()
        except MunicipalityNotServed:
            tell(on.HeartbeatAnswered(None, OutOfService.NOT_SERVED))
            return
        except (ServerAway, ServerFault):
            tell(on.HeartbeatFailed())
            return
        tell(on.HeartbeatAnswered(pulse.board, pulse.not_admitted))

    def call_staff(self) -> None:
        """Has the municipality send somebody for what the journal says was not told yet, at once; a server that is away
        hears of it with a later heartbeat."""
        if self._journal.untold():
            with suppress(ServerAway, ServerFault):
                self._pulse()

    def _pulse(self) -> Pulse:
        untold = self._journal.untold()
        pulse = self._server.heartbeat(self._devices, [each.call() for each in untold])
        self._journal.staff_told(untold)
        return pulse

    def open_session(self, effect: do.OpenSession, tell: Tell) -> None:
        """The X.509 goes up, a challenge comes back."""
        attempt = self._attempts.of(effect.attempt)
        x509 = effect.facts.user_auth_x509
        if x509 is None:
            raise ServerFault("a session needs the card's X.509")

        def call() -> None:
            opened = self._server.open_session(x509, effect.facts.kind.value)
            if isinstance(opened, ServerRefusal):
                tell(_refused(attempt, opened))
            else:
                attempt.session = opened
                tell(on.SessionOpened(attempt.number))

        _answered(attempt, ServerCall.OPEN_SESSION, call, tell)

    def send_answer(self, effect: do.SendAnswer, tell: Tell) -> None:
        """The card's answer goes up, the offer comes back."""
        attempt = self._attempts.of(effect.attempt)
        session, answer = attempt.session, attempt.answer
        if session is None or answer is None:
            raise ServerFault("there is no answer to send")

        def call() -> None:
            offer = self._server.answer_challenge(session.session_id, answer)
            if isinstance(offer, ServerRefusal):
                tell(_refused(attempt, offer))
            else:
                tell(on.Offered(attempt.number, offer))

        _answered(attempt, ServerCall.ANSWER_CHALLENGE, call, tell)

    def prepare(self, effect: do.Prepare, tell: Tell) -> None:
        """The proven order goes up, encrypted documents come back."""
        attempt = self._attempts.of(effect.attempt)
        session, proven, order, token = attempt.session, attempt.proven, attempt.order, attempt.token
        if session is None or proven is None or order is None or token is None:
            raise ServerFault("there is no proven order to send")
        self._remember(attempt, order.order_id, token)

        def call() -> None:
            documents = self._server.prepare(session.session_id, token, proven)
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
        """The fee is held: statements and keys. The key that statements are checked with comes first: without it
        nothing is issued."""
        attempt = self._attempts.of(effect.attempt)
        order, token = attempt.order, attempt.token
        if order is None or token is None:
            raise ServerFault("there is no order to release")

        def call() -> None:
            attempt.statement_key = self._server.statement_key()
            released = self._server.release(order.order_id, token)
            match released:
                case ServerRefusal():
                    tell(_refused(attempt, released))
                case PrepareAgain():
                    tell(on.RegisterMoved(attempt.number))
                case _:
                    attempt.released = {(each.line, each.copy): each for each in released}
                    self._journal.update(
                        attempt.number, lambda visit: visit.model_copy(update={"documents": attempt.waiting})
                    )
                    tell(on.Released(attempt.number))

        _answered(attempt, ServerCall.RELEASE, call, tell)

    def _remember(self, attempt: Attempt, order_id: bytes, token: bytes) -> None:
        """The order is written down before the server hears of it; asked again, it stands there already."""
        visit = OpenVisit(
            attempt=attempt.number, reference=attempt.reference, order_id=order_id.hex(), token=token.hex()
        )
        known = self._journal.visit
        if known is None or known.order_id != visit.order_id:
            self._journal.begin(visit)

    def send_outcomes(self, tell: Tell) -> None:
        """Sends what the server has not been told yet, oldest first and `REPORTS_AT_ONCE` at most; what it can't take
        now stays for a later heartbeat. One that it does not take at all is set aside for staff, who are told."""
        for report in self._turn():
            try:
                self._server.report_outcome(report)
            except RequestRejected:
                self._journal.refused(report)
                call = do.CallStaff(do.Occasion.OUTCOME_REFUSED, report.reference, report.captured)
                tell(on.StaffNeeded(call))
            except ServerFault:
                self._tried = report
            except ServerAway:
                break
            else:
                self._journal.told(report)
        if self._journal.overdue and not self._overdue:
            tell(on.StaffNeeded(do.CallStaff(do.Occasion.OUTCOMES_UNTOLD)))
        self._overdue = self._journal.overdue

    def _turn(self) -> tuple[OutcomeReport, ...]:
        """One on which the server always fails keeps no other from its turn."""
        waiting = self._journal.waiting()
        after = waiting.index(self._tried) + 1 if self._tried in waiting else 0
        return (waiting[after:] + waiting[:after])[:REPORTS_AT_ONCE]


def _answered(attempt: Attempt, name: ServerCall, call: Callable[[], None], tell: Tell) -> None:
    try:
        call()
    except MunicipalityNotServed:
        tell(on.Refused(attempt.number, RefusalReason.MUNICIPALITY_UNKNOWN, None, None))
    except (ServerAway, ServerFault):
        tell(on.ServerFailed(attempt.number, name))


def _refused(attempt: Attempt, refusal: ServerRefusal) -> on.Refused:
    order: Order | None = attempt.order
    lines = order.lines if order is not None else ()
    about = lines[refusal.line].kind if refusal.line is not None and refusal.line < len(lines) else None
    return on.Refused(attempt.number, refusal.reason, about, refusal.window)
