"""The edge to the wire of issuing, and the terminal's transport: among the actions the only place that knows gRPC. Its
messages are known to `wire_values` and `wire_told` besides. Whatever comes back that is not what was announced is a
fault, never a value."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple, Protocol, TypeVar

import grpc
from google.protobuf.message import DecodeError, Message

from kiosk.actions.server import (
    EncryptedDocument,
    OutcomeReport,
    PrepareAgain,
    Pulse,
    ReleasedDocument,
    ServerRefusal,
    Session,
    Told,
)
from kiosk.actions.wire_told import log_message, told_message
from kiosk.actions.wire_values import board_of, enrolment_number_of, not_admitted_of, offer_of, refusal_of
from kiosk.errors import NotAdmittedThere, RequestRejected, ServerAway, ServerFault
from kiosk.flow.effects import CallStaff
from kiosk.flow.values.offer import Offer
from koufu.evidence.directory import DirectoryEntry
from koufu.evidence.enrolment import ProvenEnrolment
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.order import MAX_COPIES, MAX_LINES, ProvenOrder
from koufu.evidence.sizes import MAX_PAGES
from koufu.evidence.statement import MAX_FILE_BYTES, SignedStatement
from koufu.evidence.trustlist import Signatory
from koufu.release import BUILD, WIRE_SCHEMA
from koufu.v1 import enrolment_pb2
from koufu.v1 import issuance_pb2 as wire

ISSUANCE = "/koufu.v1.Issuance/"
DIRECTORY = "/koufu.v1.Directory/"
ENROLMENT = "/koufu.v1.Enrolment/"

KEY_BYTES = 32
SEALED_EXTRA_BYTES = 28
"""Nonce and tag around an encrypted document."""
MAX_DOCUMENTS = MAX_LINES * MAX_COPIES
MAX_REPLY = 4 * 1024 * 1024
"""Bytes of one reply message."""

SHORT_S = 8.0
"""Deadline of a call that only looks something up."""
LONG_S = 20.0
"""Deadline of a call that makes documents."""

_Reply = TypeVar("_Reply", bound=Message)


class Transport(Protocol):
    """Carries the bytes of one call to a server and back. Raises `ServerAway` when no answer came by the deadline (in
    seconds), `ServerFault` when the server answered with a fault, `RequestRejected` when it does not take the
    request, `NotAdmittedThere` when it does not admit the terminal."""

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        """One message there, one back."""
        ...

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        """One message there, several back."""
        ...


class UploadTransport(Transport, Protocol):
    """Carries calls of several requests too."""

    def upload(self, method: str, requests: Iterable[bytes], deadline: float) -> bytes:
        """Several messages there, one back."""
        ...


class GrpcTransport:
    """Over gRPC with mutual TLS, or to the one port that wants no X.509 of a terminal without one. The channel connects
    by itself, and again after a loss."""

    def __init__(self, address: str, server_ca: bytes, x509_chain: bytes | None, key: bytes | None) -> None:
        credentials = grpc.ssl_channel_credentials(server_ca, key, x509_chain)
        options = (("grpc.max_receive_message_length", MAX_REPLY), ("grpc.enable_retries", 0))
        self._channel = grpc.secure_channel(address, credentials, options)

    def unary(self, method: str, request: bytes, deadline: float) -> bytes:
        """One call of one reply."""
        call: grpc.UnaryUnaryMultiCallable[bytes, bytes] = self._channel.unary_unary(method)
        answer = call.future(request, timeout=deadline)
        try:
            return answer.result()
        except grpc.RpcError as error:
            raise _translated(answer.code()) from error

    def upload(self, method: str, requests: Iterable[bytes], deadline: float) -> bytes:
        """One call of several requests."""
        call: grpc.StreamUnaryMultiCallable[bytes, bytes] = self._channel.stream_unary(method)
        answer = call.future(iter(requests), timeout=deadline)
        try:
            return answer.result()
        except grpc.RpcError as error:
            raise _translated(answer.code()) from error

    def stream(self, method: str, request: bytes, deadline: float) -> Iterable[bytes]:
        """One call of several replies."""
        call: grpc.UnaryStreamMultiCallable[bytes, bytes] = self._channel.unary_stream(method)
        answers = call(request, timeout=deadline)
        try:
            yield from answers
        except grpc.RpcError as error:
            raise _translated(answers.code()) from error

    def close(self) -> None:
        """Lets the channel go."""
        self._channel.close()


_NO_ANSWER = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        grpc.StatusCode.CANCELLED,
    }
)


def _translated(status: grpc.StatusCode) -> ServerAway | ServerFault:
    if status in _NO_ANSWER:
        return ServerAway(f"no answer: {status.name}")
    if status is grpc.StatusCode.INVALID_ARGUMENT:
        return RequestRejected("the server does not take this request")
    if status is grpc.StatusCode.PERMISSION_DENIED:
        return NotAdmittedThere("the server does not admit this terminal")
    return ServerFault(f"the server answered {status.name}")


class Keys(Protocol):
    """Gives a municipality's keys of the trust list."""

    def __call__(self, municipality: str, *, anew: bool = False) -> Signatory:
        """The list at hand, or one fetched `anew`."""
        ...


class FetchedDirectory(NamedTuple):
    """The bytes of directory and trust list, each with its signature."""

    directory: tuple[bytes, bytes]
    trust_list: tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class WireServer:
    """The `CertificateServer` behind a transport. `entry` gives a municipality's entry of the signed directory, `keys`
    its keys of the trust list, anew when asked for; both raise `ServerAway` while there is none. `connect`
    gives the transport to an address of it."""

    municipality: str
    entry: Callable[[str], DirectoryEntry]
    keys: Keys
    connect: Callable[[str], Transport]

    def heartbeat(self, devices: dict[str, str], staff: Sequence[CallStaff] = (), told: Told | None = None) -> Pulse:
        """Tells build, devices, what staff were called for, and how the terminal is."""
        calls = (
            wire.StaffCall(occasion=each.occasion.value, reference=each.reference.lower(), yen=each.yen)
            for each in staff
        )
        request = wire.HeartbeatRequest(
            municipality=self.municipality,
            build=BUILD,
            schema=WIRE_SCHEMA,
            devices=devices,
            staff_calls=calls,
            told=None if told is None else told_message(told),
            log=None if told is None or told.log is None else log_message(told.log),
        )
        reply = self._one("Heartbeat", request, wire.HeartbeatReply, SHORT_S)
        board = board_of(self.municipality, reply.board) if reply.HasField("board") else None
        against = None if reply.admitted else not_admitted_of(reply.reason)
        return Pulse(board, against, reply.wants_log, reply.calls_taken)

    def open_session(self, user_auth_x509: bytes, card_kind: str) -> Session | ServerRefusal:
        """Step 3."""
        request = wire.OpenSessionRequest(
            municipality=self.municipality, user_auth_x509=user_auth_x509, card_kind=card_kind
        )
        reply = self._one("OpenSession", request, wire.OpenSessionReply, SHORT_S)
        match reply.WhichOneof("outcome"):
            case "opened":
                return Session(reply.opened.session_id, reply.opened.challenge)
            case "refusal":
                return refusal_of(reply.refusal)
            case _:
                raise ServerFault("the answer to a session is empty")

    def answer_challenge(self, session_id: bytes, answer: bytes) -> Offer | ServerRefusal:
        """Step 5."""
        request = wire.AnswerChallengeRequest(municipality=self.municipality, session_id=session_id, answer=answer)
        reply = self._one("AnswerChallenge", request, wire.AnswerChallengeReply, SHORT_S)
        match reply.WhichOneof("outcome"):
            case "offer":
                return offer_of(reply.offer)
            case "refusal":
                return refusal_of(reply.refusal)
            case _:
                raise ServerFault("the answer to a challenge's answer is empty")

    def apply(self, session_id: bytes, proven: ProvenEnrolment) -> str | ServerRefusal:
        """Applies for an enrolment."""
        request = enrolment_pb2.ApplyRequest(
            municipality=self.municipality, session_id=session_id, enrolment=proven.evidence, proof=proven.proof
        )
        transport = self.connect(self.entry(self.municipality).address)
        answer = transport.unary(ENROLMENT + "Apply", request.SerializeToString(), SHORT_S)
        reply = _parsed(enrolment_pb2.ApplyReply, answer)
        match reply.WhichOneof("outcome"):
            case "number":
                return enrolment_number_of(reply.number)
            case "refusal":
                return refusal_of(reply.refusal)
            case _:
                raise ServerFault("the answer to what was applied for is empty")

    def prepare(
        self, session_id: bytes, attempt_token: bytes, proven: ProvenOrder
    ) -> tuple[EncryptedDocument, ...] | ServerRefusal:
        """Step 7."""
        request = wire.PrepareRequest(
            municipality=self.municipality,
            session_id=session_id,
            attempt_token=attempt_token,
            order=proven.evidence,
            proof=proven.proof,
        )
        collected = _Collected()
        for reply in self._many("Prepare", request, wire.PrepareReply, LONG_S):
            match reply.WhichOneof("part"):
                case "document":
                    collected.begin(reply.document)
                case "chunk":
                    collected.add(reply.chunk)
                case "refusal":
                    return refusal_of(reply.refusal)
                case _:
                    raise ServerFault("a part of the prepared documents is empty")
        return collected.done()

    def release(
        self, order_id: bytes, attempt_token: bytes
    ) -> tuple[ReleasedDocument, ...] | PrepareAgain | ServerRefusal:
        """Step 10."""
        request = wire.ReleaseRequest(municipality=self.municipality, order_id=order_id, attempt_token=attempt_token)
        released: list[ReleasedDocument] = []
        for reply in self._many("Release", request, wire.ReleaseReply, LONG_S):
            match reply.WhichOneof("part"):
                case "issued":
                    released.append(_released(reply.issued))
                case "prepare_again" if reply.prepare_again:
                    return PrepareAgain()
                case "refusal":
                    return refusal_of(reply.refusal)
                case _:
                    raise ServerFault("a part of the released documents is empty")
            if len(released) > MAX_DOCUMENTS:
                raise ServerFault("more documents came than any order has")
        if not released:
            raise ServerFault("the answer to a release is empty")
        return tuple(released)

    def report_outcome(self, report: OutcomeReport) -> None:
        """Step 13."""
        documents = [
            wire.DocumentOutcome(
                document_no=each.document.document_no, outcome=each.outcome.value, sheets_printed=each.sheets
            )
            for each in report.deliveries
        ]
        request = wire.ReportOutcomeRequest(
            municipality=self.municipality,
            order_id=report.order_id,
            attempt_token=report.attempt_token,
            documents=documents,
            captured=report.captured,
            alarm=report.alarm or "",
        )
        self._one("ReportOutcome", request, wire.ReportOutcomeReply, SHORT_S)

    def signatory(self, *, anew: bool = False) -> Signatory:
        """From the signed trust list."""
        return self.keys(self.municipality, anew=anew)

    def _one(self, method: str, request: Message, reply: type[_Reply], deadline: float) -> _Reply:
        transport = self.connect(self.entry(self.municipality).address)
        return _parsed(reply, transport.unary(ISSUANCE + method, request.SerializeToString(), deadline))

    def _many(self, method: str, request: Message, reply: type[_Reply], deadline: float) -> Iterable[_Reply]:
        transport = self.connect(self.entry(self.municipality).address)
        for each in transport.stream(ISSUANCE + method, request.SerializeToString(), deadline):
            yield _parsed(reply, each)


def fetch_directory(transport: Transport) -> FetchedDirectory:
    """Directory and trust list, not checked yet."""
    answer = transport.unary(DIRECTORY + "GetDirectory", wire.GetDirectoryRequest().SerializeToString(), SHORT_S)
    reply = _parsed(wire.GetDirectoryReply, answer)
    return FetchedDirectory((reply.evidence, reply.signature), (reply.trust_list, reply.trust_list_signature))


def _parsed(kind: type[_Reply], answer: bytes) -> _Reply:
    try:
        return kind.FromString(answer)
    except DecodeError as error:
        raise ServerFault("these bytes are no message of this call") from error


def _released(issued: wire.IssuedDocument) -> ReleasedDocument:
    if len(issued.key) != KEY_BYTES:
        raise ServerFault("a document's key has another length")
    return ReleasedDocument(issued.line, issued.copy, SignedStatement(issued.statement, issued.signature), issued.key)


class _Collected:
    """Prepared documents as they come in chunks. Length and hash are those announced, or nothing is there at all."""

    def __init__(self) -> None:
        self._done: list[EncryptedDocument] = []
        self._announced: wire.PreparedDocument | None = None
        self._bytes = bytearray()

    def begin(self, announced: wire.PreparedDocument) -> None:
        """The next document."""
        self._finish()
        if not 0 < announced.encrypted_length <= MAX_FILE_BYTES + SEALED_EXTRA_BYTES:
            raise ServerFault("a document of an impossible length was announced")
        if not 0 < announced.pages <= MAX_PAGES or len(self._done) >= MAX_DOCUMENTS:
            raise ServerFault("more pages or documents were announced than there may be")
        self._announced = announced

    def add(self, chunk: bytes) -> None:
        """The next bytes of the document announced last."""
        if self._announced is None or len(self._bytes) + len(chunk) > self._announced.encrypted_length:
            raise ServerFault("bytes came that belong to no document")
        self._bytes += chunk

    def done(self) -> tuple[EncryptedDocument, ...]:
        """All documents."""
        self._finish()
        if not self._done:
            raise ServerFault("the answer to an order is empty")
        return tuple(self._done)

    def _finish(self) -> None:
        announced, self._announced = self._announced, None
        if announced is None:
            return
        encrypted, self._bytes = bytes(self._bytes), bytearray()
        whole = len(encrypted) == announced.encrypted_length
        if not whole or sha256(encrypted).digest() != announced.encrypted_hash:
            raise ServerFault("a document did not arrive whole")
        try:
            number = parse_document_number(announced.document_no)
        except MalformedEvidence as error:
            raise ServerFault("a document's number is none") from error
        self._done.append(EncryptedDocument(announced.line, announced.copy, number, announced.pages, encrypted))
