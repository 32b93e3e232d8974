"""Between gRPC and the services: who calls, until when, and what a fault looks like from outside. No exception's text
leaves the process but that of a bad request."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote

import grpc
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from google.protobuf.message import DecodeError, Message

from certserver.errors import BadRequest, StorageError, TerminalNotAdmitted
from certserver.faults import place_of
from certserver.pipeline.admission import Caller
from certserver.service.applications import ApplicationService
from certserver.service.directory import DirectoryService
from certserver.service.enrolment import EnrolmentService
from certserver.service.issuance import IssuanceService
from certserver.service.pace import Pace, is_refusal
from certserver.service.staff import StaffService
from certserver.service.terminals import EnrollingService, Stranger, TerminalX509Service
from koufu.evidence.errors import MalformedEvidence
from koufu.v1 import applications_pb2, enrolment_pb2, staff_pb2, terminals_pb2
from koufu.v1 import issuance_pb2 as wire

APPLICATIONS = "koufu.v1.ApplicationService"
ISSUANCE = "koufu.v1.Issuance"
DIRECTORY = "koufu.v1.Directory"
ENROLMENT = "koufu.v1.Enrolment"
STAFF = "koufu.v1.StaffService"
TERMINAL_ENROLMENT = "koufu.v1.TerminalEnrolment"
TERMINAL_X509S = "koufu.v1.TerminalX509s"

MAX_DEADLINE_S = 300
"""A call without deadline looks like one with a deadline in the far future."""

_Request = TypeVar("_Request", bound=Message)
_Reply = TypeVar("_Reply", bound=Message)
_Asked = TypeVar("_Asked")
"""A request, or the stream of them."""
_Who = TypeVar("_Who", Caller, Stranger)


class StaffCalled(Protocol):
    """Told of each call for staff that a terminal passed on: why, the short code that stands on its screen, and how
    many yen it is about."""

    def __call__(self, *, terminal: str, occasion: str, reference: str, yen: int) -> None:
        """Logs and counts, so that whoever is on duty can be sent."""
        ...


class CallEnded(Protocol):
    """Told of each call that ended: method, terminal (empty when unknown), status, the seconds it took, and for a
    fault the type of its exception."""

    def __call__(self, *, method: str, terminal: str, status: str, seconds: float, fault: str) -> None:
        """Logs and counts."""
        ...


@dataclass(frozen=True, slots=True)
class Edge:
    """What every call is handled with."""

    pace: Pace
    call_ended: CallEnded
    staff_called: StaffCalled


@dataclass(frozen=True, slots=True)
class _Malformed:
    """Bytes that are no message of the expected type."""


def issuance_handlers(service: IssuanceService, edge: Edge) -> grpc.GenericRpcHandler:
    """The handlers of `koufu.v1.Issuance`."""

    def heartbeat(request: wire.HeartbeatRequest, caller: Caller) -> wire.HeartbeatReply:
        reply = service.heartbeat(request, caller)
        for call in request.staff_calls if reply.calls_taken else ():
            edge.staff_called(terminal=caller.terminal, occasion=call.occasion, reference=call.reference, yen=call.yen)
        return reply

    return grpc.method_handlers_generic_handler(
        ISSUANCE,
        {
            "Heartbeat": _unary(edge, "Heartbeat", wire.HeartbeatRequest, heartbeat),
            "OpenSession": _unary(edge, "OpenSession", wire.OpenSessionRequest, service.open_session),
            "AnswerChallenge": _unary(edge, "AnswerChallenge", wire.AnswerChallengeRequest, service.answer_challenge),
            "Prepare": _stream(edge, "Prepare", wire.PrepareRequest, service.prepare),
            "Release": _stream(edge, "Release", wire.ReleaseRequest, service.release),
            "ReportOutcome": _unary(edge, "ReportOutcome", wire.ReportOutcomeRequest, service.report_outcome),
        },
    )


def enrolment_handlers(service: EnrolmentService, edge: Edge) -> grpc.GenericRpcHandler:
    """The handlers of `koufu.v1.Enrolment`."""
    return grpc.method_handlers_generic_handler(
        ENROLMENT,
        {
            "Apply": _unary(edge, "Apply", enrolment_pb2.ApplyRequest, service.apply),
            "AskState": _unary(edge, "AskState", enrolment_pb2.AskStateRequest, service.ask_state),
        },
    )


def application_handlers(service: ApplicationService, edge: Edge) -> grpc.GenericRpcHandler:
    """The handlers of `koufu.v1.ApplicationService`."""
    wanted = applications_pb2
    return grpc.method_handlers_generic_handler(
        APPLICATIONS,
        {
            "Allowed": _unary(edge, "Allowed", wanted.AllowedRequest, service.allowed),
            "BeginProcedure": _unary(edge, "BeginProcedure", wanted.BeginProcedureRequest, service.begin_procedure),
            "EndProcedure": _unary(edge, "EndProcedure", wanted.EndProcedureRequest, service.end_procedure),
            "FindResident": _unary(edge, "FindResident", wanted.FindResidentRequest, service.find_resident),
            "AskExpress": _unary(edge, "AskExpress", wanted.AskExpressRequest, service.ask_express),
            "AskRenewal": _unary(edge, "AskRenewal", wanted.AskRenewalRequest, service.ask_renewal),
            "ListHere": _unary(edge, "ListHere", wanted.ListHereRequest, service.list_here),
            "Open": _unary(edge, "Open", wanted.OpenRequest, service.open_draft),
            "Tell": _unary(edge, "Tell", wanted.TellRequest, service.tell),
            "Attach": _upload(edge, "Attach", wanted.AttachRequest, service.attach),
            "FindWaiting": _unary(edge, "FindWaiting", wanted.FindWaitingRequest, service.find_waiting),
            "AdmitTaker": _unary(edge, "AdmitTaker", wanted.AdmitTakerRequest, service.admit_taker),
            "CompareCard": _unary(edge, "CompareCard", wanted.CompareCardRequest, service.compare_card),
            "Activated": _unary(edge, "Activated", wanted.ActivatedRequest, service.activated),
            "Move": _unary(edge, "Move", wanted.MoveRequest, service.move),
            "Show": _unary(edge, "Show", wanted.ShowRequest, service.show),
            "ReadAttachment": _stream(edge, "ReadAttachment", wanted.ReadAttachmentRequest, service.read_attachment),
            "Paper": _stream(edge, "Paper", wanted.PaperRequest, service.paper),
        },
    )


def staff_handlers(service: StaffService, edge: Edge) -> grpc.GenericRpcHandler:
    """The handlers of `koufu.v1.StaffService`."""
    return grpc.method_handlers_generic_handler(
        STAFF,
        {
            "Challenge": _unary(edge, "Challenge", staff_pb2.StaffChallengeRequest, service.challenge),
            "SignIn": _unary(edge, "SignIn", staff_pb2.SignInRequest, service.sign_in),
            "Extend": _unary(edge, "Extend", staff_pb2.ExtendRequest, service.extend),
            "SignOut": _unary(edge, "SignOut", staff_pb2.SignOutRequest, service.sign_out),
            "SecondPerson": _unary(edge, "SecondPerson", staff_pb2.SecondPersonRequest, service.second_person),
        },
    )


def terminal_x509_handlers(service: TerminalX509Service, edge: Edge) -> grpc.GenericRpcHandler:
    """The handlers of `koufu.v1.TerminalX509s`."""
    return grpc.method_handlers_generic_handler(
        TERMINAL_X509S,
        {
            "Renew": _unary(edge, "Renew", terminals_pb2.RenewRequest, service.renew),
            "Introduce": _unary(edge, "Introduce", terminals_pb2.IntroduceRequest, service.introduce),
        },
    )


def enrolling_handlers(service: EnrollingService, edge: Edge) -> grpc.GenericRpcHandler:
    """The handlers of `koufu.v1.TerminalEnrolment`: whoever asks has no X.509 yet."""

    def handle(
        request: terminals_pb2.EnrolRequest | _Malformed, context: grpc.ServicerContext
    ) -> terminals_pb2.EnrolReply:
        (reply,) = _answer(edge, "Enrol", request, context, lambda asked, who: (service.enrol(asked, who),), _stranger)
        return reply

    handler = grpc.unary_unary_rpc_method_handler(handle, _parser(terminals_pb2.EnrolRequest), _serialize)
    return grpc.method_handlers_generic_handler(TERMINAL_ENROLMENT, {"Enrol": handler})


def directory_handlers(service: DirectoryService, edge: Edge) -> grpc.GenericRpcHandler:
    """The handlers of `koufu.v1.Directory`."""

    def get_directory(request: wire.GetDirectoryRequest, _caller: Caller) -> wire.GetDirectoryReply:
        return service.get_directory(request)

    handler = _unary(edge, "GetDirectory", wire.GetDirectoryRequest, get_directory)
    return grpc.method_handlers_generic_handler(DIRECTORY, {"GetDirectory": handler})


def _unary(
    edge: Edge, method: str, message: type[_Request], serve: Callable[[_Request, Caller], _Reply]
) -> "grpc.RpcMethodHandler[Any, Any]":
    def handle(request: _Request | _Malformed, context: grpc.ServicerContext) -> _Reply:
        (reply,) = _answer(edge, method, request, context, lambda asked, caller: (serve(asked, caller),), _caller)
        return reply

    return grpc.unary_unary_rpc_method_handler(handle, _parser(message), _serialize)


def _stream(
    edge: Edge, method: str, message: type[_Request], serve: Callable[[_Request, Caller], Iterator[_Reply]]
) -> "grpc.RpcMethodHandler[Any, Any]":
    def handle(request: _Request | _Malformed, context: grpc.ServicerContext) -> Iterator[_Reply]:
        return iter(_answer(edge, method, request, context, serve, _caller))

    return grpc.unary_stream_rpc_method_handler(handle, _parser(message), _serialize)


def _upload(
    edge: Edge, method: str, message: type[_Request], serve: Callable[[Iterator[_Request], Caller], _Reply]
) -> "grpc.RpcMethodHandler[Any, Any]":
    def handle(requests: Iterator[_Request | _Malformed], context: grpc.ServicerContext) -> _Reply:

        def whole(asked: Iterator[_Request | _Malformed], caller: Caller) -> Iterable[_Reply]:
            return (serve(_well_formed(asked), caller),)

        (reply,) = _answer(edge, method, requests, context, whole, _caller)
        return reply

    return grpc.stream_unary_rpc_method_handler(handle, _parser(message), _serialize)


def _well_formed(requests: Iterator[_Request | _Malformed]) -> Iterator[_Request]:
    for request in requests:
        if isinstance(request, _Malformed):
            raise BadRequest("these bytes are no message of this method")
        yield request


def _parser(message: type[_Request]) -> Callable[[bytes], _Request | _Malformed]:
    def parse(sent: bytes) -> _Request | _Malformed:
        try:
            return message.FromString(sent)
        except DecodeError:
            return _Malformed()

    return parse


def _serialize(reply: Message) -> bytes:
    return reply.SerializeToString()


def _answer(
    edge: Edge,
    method: str,
    request: _Asked | _Malformed,
    context: grpc.ServicerContext,
    serve: Callable[[_Asked, _Who], Iterable[_Reply]],
    who: Callable[[grpc.ServicerContext], _Who],
) -> list[_Reply]:
    """All replies to a request, made before the first is sent; ends the call with a status otherwise."""
    began = edge.pace.elapsed()
    terminal, status, text, fault = "", grpc.StatusCode.OK, "", ""
    replies: list[_Reply] = []
    try:
        caller = who(context)
        terminal = caller.terminal
        if context.time_remaining() > MAX_DEADLINE_S:
            raise BadRequest(f"every call needs a deadline of at most {MAX_DEADLINE_S} seconds")
        if isinstance(request, _Malformed):
            raise BadRequest("these bytes are no message of this method")
        if not context.is_active():
            status, text = grpc.StatusCode.DEADLINE_EXCEEDED, "the deadline passed before the call was served"
        else:
            replies = list(serve(request, caller))
            if any(map(is_refusal, replies[:1])):
                edge.pace.hold(began)
    except (BadRequest, MalformedEvidence) as error:
        status, text = grpc.StatusCode.INVALID_ARGUMENT, str(error)
    except TerminalNotAdmitted as error:
        status, text = grpc.StatusCode.PERMISSION_DENIED, str(error)
    except StorageError as error:
        status, text, fault = grpc.StatusCode.UNAVAILABLE, "the database did not answer; try again", place_of(error)
    except Exception as error:  # noqa: BLE001 - the edge: what is unforeseen must not leave with its text
        status, text, fault = grpc.StatusCode.INTERNAL, "the server met a fault; its log names it", place_of(error)
    seconds = edge.pace.elapsed() - began
    edge.call_ended(method=method, terminal=terminal, status=status.name, seconds=seconds, fault=fault)
    if status is not grpc.StatusCode.OK:
        context.abort(status, text)
    return replies


def _caller(context: grpc.ServicerContext) -> Caller:
    """The terminal as mutual TLS proved it."""
    proven = context.auth_context().get("x509_pem_cert")
    if not proven:
        raise BadRequest("a client X.509 is expected")
    caller = _caller_of(bytes(next(iter(proven))))
    if caller is None:
        raise BadRequest("the client X.509 names no terminal")
    return caller


def _stranger(context: grpc.ServicerContext) -> Stranger:
    """From where somebody asks: `ipv4:192.0.2.1:40000`, `ipv6:%5B::1%5D:40000`."""
    address = unquote(context.peer()).partition(":")[2].rpartition(":")[0]
    return Stranger(address.strip("[]"))


@lru_cache(maxsize=256)
def _caller_of(pem: bytes) -> Caller | None:
    proven = x509.load_pem_x509_certificate(pem)
    names = proven.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if len(names) != 1 or not isinstance(names[0].value, str):
        return None
    return Caller(names[0].value, sha256(proven.public_bytes(Encoding.DER)).digest())
