"""One visit at a certificate server, step by step as a kiosk would take it, with whatever a test wants to be different.
Each reply is the wire's message; refusals are not raised."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from certserver.pipeline.admission import Caller
from certserver.service.issuance import IssuanceService
from hardware.card.virtual.persona import Persona
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.statement import SignedStatement, Statement, open_statement, require_answer
from koufu.evidence.words import CertificateKind, Option, Scope
from koufu.ground.profiles import USUAL
from koufu.release import BUILD, WIRE_SCHEMA
from koufu.v1 import issuance_pb2 as wire
from koufu.v1.issuance_pb2_grpc import IssuanceStub
from tests.support.server_people import MUNICIPALITY

DEADLINE_S = 20.0

RESIDENCE = OrderLine(CertificateKind.RESIDENCE, Scope.SELF)
HOUSEHOLD = OrderLine(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP}))
SEAL = OrderLine(CertificateKind.SEAL_REGISTRATION, Scope.SELF)


class Line(Protocol):
    """How a test reaches the RPCs."""

    def heartbeat(self, municipality: str, build: str = BUILD, schema: int = WIRE_SCHEMA) -> wire.HeartbeatReply: ...
    def open_session(self, request: wire.OpenSessionRequest) -> wire.OpenSessionReply: ...
    def answer_challenge(self, request: wire.AnswerChallengeRequest) -> wire.AnswerChallengeReply: ...
    def prepare(self, request: wire.PrepareRequest) -> list[wire.PrepareReply]: ...
    def release(self, request: wire.ReleaseRequest) -> list[wire.ReleaseReply]: ...
    def report_outcome(self, request: wire.ReportOutcomeRequest) -> wire.ReportOutcomeReply: ...


@dataclass(frozen=True, slots=True)
class DirectLine:
    """The service's methods, without a network."""

    service: IssuanceService
    caller: Caller

    def heartbeat(self, municipality: str, build: str = BUILD, schema: int = WIRE_SCHEMA) -> wire.HeartbeatReply:
        request = wire.HeartbeatRequest(municipality=municipality, build=build, schema=schema)
        return self.service.heartbeat(request, self.caller)

    def open_session(self, request: wire.OpenSessionRequest) -> wire.OpenSessionReply:
        return self.service.open_session(request, self.caller)

    def answer_challenge(self, request: wire.AnswerChallengeRequest) -> wire.AnswerChallengeReply:
        return self.service.answer_challenge(request, self.caller)

    def prepare(self, request: wire.PrepareRequest) -> list[wire.PrepareReply]:
        return list(self.service.prepare(request, self.caller))

    def release(self, request: wire.ReleaseRequest) -> list[wire.ReleaseReply]:
        return list(self.service.release(request, self.caller))

    def report_outcome(self, request: wire.ReportOutcomeRequest) -> wire.ReportOutcomeReply:
        return self.service.report_outcome(request, self.caller)


@dataclass(frozen=True, slots=True)
class WireLine:
    """The RPCs of a stub, each with a deadline."""

    stub: IssuanceStub

    def heartbeat(self, municipality: str, build: str = BUILD, schema: int = WIRE_SCHEMA) -> wire.HeartbeatReply:
        request = wire.HeartbeatRequest(municipality=municipality, build=build, schema=schema)
        return self.stub.Heartbeat(request, timeout=DEADLINE_S)

    def open_session(self, request: wire.OpenSessionRequest) -> wire.OpenSessionReply:
        return self.stub.OpenSession(request, timeout=DEADLINE_S)

    def answer_challenge(self, request: wire.AnswerChallengeRequest) -> wire.AnswerChallengeReply:
        return self.stub.AnswerChallenge(request, timeout=DEADLINE_S)

    def prepare(self, request: wire.PrepareRequest) -> list[wire.PrepareReply]:
        return list(self.stub.Prepare(request, timeout=DEADLINE_S))

    def release(self, request: wire.ReleaseRequest) -> list[wire.ReleaseReply]:
        return list(self.stub.Release(request, timeout=DEADLINE_S))

    def report_outcome(self, request: wire.ReportOutcomeRequest) -> wire.ReportOutcomeReply:
        return self.stub.ReportOutcome(request, timeout=DEADLINE_S)


@dataclass(frozen=True, slots=True)
class Document:
    """A prepared document as it arrived."""

    line: int
    copy: int
    document_no: str
    pages: int
    encrypted: bytes


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that was issued: its statement, after it was held against the order, and its file."""

    statement: Statement
    file: bytes


@dataclass(slots=True)
class Visit:
    """A terminal's side of a visit. What a step learns is kept for the next one."""

    line: Line
    statement_key: Ed25519PublicKey
    terminal: str
    persona: Persona
    municipality: str = MUNICIPALITY
    attempt_token: bytes = field(default_factory=lambda: os.urandom(16))
    session_id: bytes = b""
    challenge: bytes = b""
    offered: wire.Offer | None = None
    proven: ProvenOrder | None = None
    documents: tuple[Document, ...] = ()

    def answer(self, evidence: bytes) -> bytes:
        """As the card would: RSA PKCS#1 v1.5 over SHA-256."""
        assert self.persona.user_auth is not None
        return self.persona.user_auth.key.sign(evidence, PKCS1v15(), hashes.SHA256())

    def open(self) -> wire.OpenSessionReply:
        """Step 3."""
        reply = self.line.open_session(
            wire.OpenSessionRequest(
                municipality=self.municipality, user_auth_x509=self.persona.user_auth_x509, card_kind="standard"
            )
        )
        self.session_id, self.challenge = reply.opened.session_id, reply.opened.challenge
        return reply

    def answer_challenge(self, answer: bytes | None = None) -> wire.AnswerChallengeReply:
        """Step 5."""
        reply = self.line.answer_challenge(
            wire.AnswerChallengeRequest(
                municipality=self.municipality,
                session_id=self.session_id,
                answer=self.answer(self.challenge) if answer is None else answer,
            )
        )
        self.offered = reply.offer if reply.HasField("offer") else None
        return reply

    def offer(self) -> wire.Offer:
        """Steps 3 to 5, which must go well."""
        opened = self.open()
        assert opened.HasField("opened"), opened.refusal.reason
        answered = self.answer_challenge()
        assert answered.HasField("offer"), answered.refusal.reason
        return answered.offer

    def order(self, *lines: OrderLine) -> Order:
        """An order of these lines that keeps to the offer."""
        assert self.offered is not None
        fees = {kind.kind: kind.fee for kind in self.offered.kinds}
        wanted = lines or (RESIDENCE,)
        return Order(
            municipality=self.municipality,
            terminal=self.terminal,
            order_id=os.urandom(16),
            session_nonce=self.offered.session_nonce,
            lines=wanted,
            offer_version=self.offered.offer_version,
            fee=sum(fees.get(line.kind.value, 0) * line.copies for line in wanted),
            printer_profile=USUAL.profile_id,
            expires_at=self.offered.expires_at,
        )

    def prepare(self, order: Order | None = None, *, token: bytes | None = None) -> list[wire.PrepareReply]:
        """Step 7. Without an order the one before is sent again."""
        if order is not None:
            evidence = order.to_bytes()
            self.proven = ProvenOrder(evidence, self.answer(evidence))
        assert self.proven is not None
        replies = self.line.prepare(
            wire.PrepareRequest(
                municipality=self.municipality,
                session_id=self.session_id,
                attempt_token=token or self.attempt_token,
                order=self.proven.evidence,
                proof=self.proven.proof,
            )
        )
        if not replies[0].HasField("refusal"):
            self.documents = arrived(replies)
        return replies

    def release(self, *, token: bytes | None = None) -> list[wire.ReleaseReply]:
        """Step 10."""
        return self.line.release(
            wire.ReleaseRequest(
                municipality=self.municipality,
                order_id=self.order_id,
                attempt_token=token or self.attempt_token,
            )
        )

    @property
    def order_id(self) -> bytes:
        assert self.proven is not None
        return Order.from_bytes(self.proven.evidence).order_id

    def report(
        self, outcome: str = "delivered", *, captured: int | None = None, alarm: str = "", token: bytes | None = None
    ) -> wire.ReportOutcomeReply:
        """Step 13, all documents alike; none of them when `outcome` is empty."""
        assert self.proven is not None
        fee = Order.from_bytes(self.proven.evidence).fee if outcome == "delivered" else 0
        return self.line.report_outcome(
            wire.ReportOutcomeRequest(
                municipality=self.municipality,
                order_id=self.order_id,
                attempt_token=token or self.attempt_token,
                documents=[
                    wire.DocumentOutcome(
                        document_no=document.document_no, outcome=outcome, sheets_printed=document.pages
                    )
                    for document in self.documents
                    if outcome
                ],
                captured=fee if captured is None else captured,
                alarm=alarm,
            )
        )

    def accept(self, replies: Sequence[wire.ReleaseReply]) -> tuple[Issued, ...]:
        """Step 11: each document opened with its key, after its statement was held against the order."""
        assert self.proven is not None
        issued = []
        for document, reply in zip(self.documents, replies, strict=True):
            assert reply.HasField("issued"), reply
            signed = SignedStatement(reply.issued.statement, reply.issued.signature)
            statement = open_statement(signed, self.statement_key)
            require_answer(statement, self.proven, document.line, document.copy)
            encrypted = document.encrypted
            file = AESGCM(reply.issued.key).decrypt(encrypted[:12], encrypted[12:], None)
            assert statement.file_hash == sha256(file).digest()
            assert statement.file_length == len(file)
            assert statement.document_no == document.document_no
            issued.append(Issued(statement, file))
        return tuple(issued)

    def issue(self, *lines: OrderLine) -> tuple[Issued, ...]:
        """The whole visit up to the printer, which must go well."""
        self.offer()
        prepared = self.prepare(self.order(*lines))
        assert not prepared[0].HasField("refusal"), prepared[0].refusal.reason
        return self.accept(self.release())


def arrived(replies: Sequence[wire.PrepareReply]) -> tuple[Document, ...]:
    """The documents in a stream, whole."""
    documents: list[Document] = []
    for reply in replies:
        if reply.HasField("document"):
            told = reply.document
            documents.append(Document(told.line, told.copy, told.document_no, told.pages, b""))
        else:
            documents[-1] = replace(documents[-1], encrypted=documents[-1].encrypted + reply.chunk)
    hashes_told = [reply.document.encrypted_hash for reply in replies if reply.HasField("document")]
    assert hashes_told == [sha256(document.encrypted).digest() for document in documents]
    return tuple(documents)


def refusal(replies: Sequence[wire.PrepareReply] | Sequence[wire.ReleaseReply]) -> str:
    """The reason in a stream that is one refusal."""
    (reply,) = replies
    assert reply.HasField("refusal"), reply
    return reply.refusal.reason
