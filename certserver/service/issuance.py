"""The Issuance service: one method for each RPC, from a message and its caller to a reply. It knows messages but no
network, so a simulation calls it as the wire does."""

from collections.abc import Iterator

from certserver.errors import BadRequest, TerminalNotAdmitted
from certserver.pipeline.admission import Caller
from certserver.pipeline.heartbeat import heartbeat, window_of
from certserver.pipeline.orders import TOKEN_BYTES
from certserver.pipeline.outcome import DocumentOutcome, Report, ReportRejected, SheetOutcome, report_outcome
from certserver.pipeline.parts import Parts
from certserver.pipeline.prepare import PrepareOrder, prepare
from certserver.pipeline.release import PrepareAgain, ReleaseOrder, release
from certserver.pipeline.sessions import SESSION_ID_BYTES, answer_challenge, open_session
from certserver.service.bounds import (
    MAX_ANSWER,
    MAX_DOCUMENTS,
    MAX_STAFF_CALLS,
    MAX_X509,
    MAX_YEN,
    alarm_words,
    at_most,
    evidence,
    exactly,
    municipality_code,
    word,
)
from certserver.service.messages import (
    board_message,
    issued_messages,
    offer_message,
    prepared_messages,
    refusal_message,
)
from certserver.service.terminal_messages import beat_of
from certserver.stages import Refused
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.order import MAX_FEE_YEN, ORDER_ID_BYTES, ProvenOrder
from koufu.evidence.sizes import MAX_PAGES
from koufu.v1 import issuance_pb2 as wire


class IssuanceService:
    """The RPCs of one server. Every method raises `BadRequest` or `MalformedEvidence` for what the wire does not
    allow."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def heartbeat(self, request: wire.HeartbeatRequest, caller: Caller) -> wire.HeartbeatReply:
        """What can be had here now, and whether this terminal is admitted."""
        municipality = municipality_code(request.municipality)
        if len(request.staff_calls) > MAX_STAFF_CALLS:
            raise BadRequest(f"staff_calls: at most {MAX_STAFF_CALLS} are expected")
        for call in request.staff_calls:
            word("occasion", call.occasion)
            word("reference", call.reference or "none")
            if call.yen > MAX_YEN:
                raise BadRequest(f"yen: at most {MAX_YEN} are expected")
        answer = heartbeat(self._parts, caller, municipality, beat_of(request))
        return wire.HeartbeatReply(
            admitted=answer.against is None,
            reason=answer.against.value if answer.against else "",
            server_time=answer.at,
            board=board_message(answer.board) if answer.board else None,
            wants_log=answer.wants_log,
            calls_taken=answer.takes_calls,
        )

    def open_session(self, request: wire.OpenSessionRequest, caller: Caller) -> wire.OpenSessionReply:
        """Step 3."""
        municipality = municipality_code(request.municipality)
        x509 = at_most("user_auth_x509", request.user_auth_x509, MAX_X509)
        word("card_kind", request.card_kind)
        opened = open_session(self._parts, caller, municipality, x509)
        if isinstance(opened, Refused):
            return wire.OpenSessionReply(refusal=self._refusal(opened, municipality))
        return wire.OpenSessionReply(
            opened=wire.SessionOpened(session_id=opened.session_id, challenge=opened.challenge)
        )

    def answer_challenge(self, request: wire.AnswerChallengeRequest, caller: Caller) -> wire.AnswerChallengeReply:
        """Step 5."""
        municipality = municipality_code(request.municipality)
        session_id = exactly("session_id", request.session_id, SESSION_ID_BYTES)
        answer = at_most("answer", request.answer, MAX_ANSWER)
        offer = answer_challenge(self._parts, caller, municipality, session_id, answer)
        if isinstance(offer, Refused):
            return wire.AnswerChallengeReply(refusal=self._refusal(offer, municipality))
        return wire.AnswerChallengeReply(offer=offer_message(offer))

    def prepare(self, request: wire.PrepareRequest, caller: Caller) -> Iterator[wire.PrepareReply]:
        """Step 7."""
        municipality = municipality_code(request.municipality)
        asked = PrepareOrder(
            municipality=municipality,
            session_id=exactly("session_id", request.session_id, SESSION_ID_BYTES),
            attempt_token=exactly("attempt_token", request.attempt_token, TOKEN_BYTES),
            proven=ProvenOrder(evidence("order", request.order), at_most("proof", request.proof, MAX_ANSWER)),
        )
        documents = prepare(self._parts, caller, asked)
        if isinstance(documents, Refused):
            return iter((wire.PrepareReply(refusal=self._refusal(documents, municipality)),))
        return prepared_messages(documents)

    def release(self, request: wire.ReleaseRequest, caller: Caller) -> Iterator[wire.ReleaseReply]:
        """Step 10."""
        municipality = municipality_code(request.municipality)
        asked = ReleaseOrder(
            municipality=municipality,
            order_id=exactly("order_id", request.order_id, ORDER_ID_BYTES),
            attempt_token=exactly("attempt_token", request.attempt_token, TOKEN_BYTES),
        )
        issued = release(self._parts, caller, asked)
        if isinstance(issued, Refused):
            return iter((wire.ReleaseReply(refusal=self._refusal(issued, municipality)),))
        if isinstance(issued, PrepareAgain):
            return iter((wire.ReleaseReply(prepare_again=True),))
        return issued_messages(issued)

    def report_outcome(self, request: wire.ReportOutcomeRequest, caller: Caller) -> wire.ReportOutcomeReply:
        """Step 13."""
        if len(request.documents) > MAX_DOCUMENTS:
            raise BadRequest(f"documents: at most {MAX_DOCUMENTS} are expected")
        if request.captured > MAX_FEE_YEN:
            raise BadRequest("captured: more than any order's fee")
        report = Report(
            municipality=municipality_code(request.municipality),
            order_id=exactly("order_id", request.order_id, ORDER_ID_BYTES),
            attempt_token=exactly("attempt_token", request.attempt_token, TOKEN_BYTES),
            documents=tuple(_outcome(document) for document in request.documents),
            captured=request.captured,
            alarm=alarm_words(request.alarm),
        )
        rejected = report_outcome(self._parts, caller, report)
        if rejected is ReportRejected.TERMINAL:
            # Not for good: its outcome, and an alarm in it, must arrive once the terminal is known here (I7, I9).
            raise TerminalNotAdmitted(rejected.value)
        if isinstance(rejected, ReportRejected):
            raise BadRequest(rejected.value)
        return wire.ReportOutcomeReply()

    def _refusal(self, refused: Refused, municipality: str) -> wire.Refusal:
        return refusal_message(refused, window_of(self._parts, municipality))


def _outcome(document: wire.DocumentOutcome) -> DocumentOutcome:
    try:
        number = parse_document_number(document.document_no)
        outcome = SheetOutcome(document.outcome)
    except (MalformedEvidence, ValueError) as error:
        raise BadRequest("documents: a document number and delivered, spoiled or not-printed are expected") from error
    if document.sheets_printed > MAX_PAGES:
        raise BadRequest(f"sheets_printed: at most {MAX_PAGES} are expected")
    return DocumentOutcome(number, outcome, document.sheets_printed)
