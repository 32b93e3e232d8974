"""The Enrolment service: turns what came over the wire into the use cases and back. It knows no gRPC, so a simulation
calls it as the wire does."""

from certserver.errors import BadRequest
from certserver.pipeline.admission import Caller
from certserver.pipeline.enrol import Apply, apply, ask_state
from certserver.pipeline.heartbeat import window_of
from certserver.pipeline.parts import Parts
from certserver.pipeline.sessions import SESSION_ID_BYTES
from certserver.service.bounds import MAX_ANSWER, at_most, evidence, exactly, municipality_code
from certserver.service.messages import refusal_message
from certserver.stages import Refused
from koufu.evidence.enrolment import ProvenEnrolment
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_enrolment_number
from koufu.v1 import enrolment_pb2 as wire
from koufu.v1 import issuance_pb2


class EnrolmentService:
    """The RPCs of one server. Every method raises `BadRequest` or `MalformedEvidence` for what the wire does not
    allow."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def apply(self, request: wire.ApplyRequest, caller: Caller) -> wire.ApplyReply:
        """Applies for an enrolment."""
        municipality = municipality_code(request.municipality)
        proven = ProvenEnrolment(evidence("enrolment", request.enrolment), at_most("proof", request.proof, MAX_ANSWER))
        session_id = exactly("session_id", request.session_id, SESSION_ID_BYTES)
        number = apply(self._parts, caller, Apply(municipality, session_id, proven))
        if isinstance(number, Refused):
            return wire.ApplyReply(refusal=self._refusal(number, municipality))
        return wire.ApplyReply(number=number)

    def ask_state(self, request: wire.AskStateRequest, caller: Caller) -> wire.AskStateReply:
        """What became of an enrolment."""
        municipality = municipality_code(request.municipality)
        session_id = None
        if request.session_id:
            session_id = exactly("session_id", request.session_id, SESSION_ID_BYTES)
        try:
            number = parse_enrolment_number(request.number)
        except MalformedEvidence as error:
            raise BadRequest("number: 16 digits with the right check digit are expected") from error
        state = ask_state(self._parts, caller, municipality, number, session_id)
        if isinstance(state, Refused):
            return wire.AskStateReply(refusal=self._refusal(state, municipality))
        return wire.AskStateReply(state=state)

    def _refusal(self, refused: Refused, municipality: str) -> issuance_pb2.Refusal:
        return refusal_message(refused, window_of(self._parts, municipality))
