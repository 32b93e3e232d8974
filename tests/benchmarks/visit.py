"""One visit at a server, from the client's side of the wire: every RPC of one one-page document, over mutual TLS, with
a card that answers. Nothing of the kiosk is in it, so that what is measured is the server."""

import os
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import grpc
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import CertificateKind, Option, Scope
from koufu.ground.profiles import USUAL
from koufu.v1 import issuance_pb2 as wire
from koufu.v1.issuance_pb2_grpc import IssuanceStub

DEADLINE_S = 30


@dataclass(frozen=True, slots=True)
class Holder:
    """A card's key and the DER of its X.509."""

    key: RSAPrivateKey
    user_auth_x509: bytes

    def answer(self, evidence: bytes) -> bytes:
        """As the card would: RSA PKCS#1 v1.5 over SHA-256."""
        return self.key.sign(evidence, PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True, slots=True)
class Station:
    """Where a visit goes: address, the terminal's name and its TLS files."""

    address: str
    terminal: str
    municipality: str
    ca: Path
    x509: Path
    key: Path

    def channel(self) -> grpc.Channel:
        """A mutual TLS channel of its own connection."""
        credentials = grpc.ssl_channel_credentials(self.ca.read_bytes(), self.key.read_bytes(), self.x509.read_bytes())
        options = [("grpc.use_local_subchannel_pool", 1), ("grpc.max_receive_message_length", 32 * 1024 * 1024)]
        return grpc.secure_channel(self.address, credentials, options=options)


@dataclass(frozen=True, slots=True)
class Visited:
    """Seconds from the first call to the statement, and the first document's encrypted bytes and key."""

    seconds: float
    encrypted: bytes
    key: bytes
    document_no: str


def visit(channel: grpc.Channel, station: Station, holder: Holder) -> Visited:
    """A whole visit: session, answer, prepare, release, outcome. Raises `RuntimeError` when anything is refused."""
    stub = IssuanceStub(channel)
    began = time.perf_counter()
    opened = stub.OpenSession(
        wire.OpenSessionRequest(
            municipality=station.municipality, user_auth_x509=holder.user_auth_x509, card_kind="standard"
        ),
        timeout=DEADLINE_S,
    )
    if opened.WhichOneof("outcome") != "opened":
        raise RuntimeError(f"refused at the session: {opened.refusal.reason}")
    session = opened.opened
    answered = stub.AnswerChallenge(
        wire.AnswerChallengeRequest(
            municipality=station.municipality, session_id=session.session_id, answer=holder.answer(session.challenge)
        ),
        timeout=DEADLINE_S,
    )
    if answered.WhichOneof("outcome") != "offer":
        raise RuntimeError(f"refused at the answer: {answered.refusal.reason}")
    order = _order(station, answered.offer)
    token = os.urandom(16)
    document, encrypted = _prepare(stub, station, session.session_id, order, holder.answer(order.to_bytes()), token)
    issued = _release(stub, station, order, token)
    seconds = time.perf_counter() - began
    stub.ReportOutcome(
        wire.ReportOutcomeRequest(
            municipality=station.municipality,
            order_id=order.order_id,
            attempt_token=token,
            captured=order.fee,
            documents=[wire.DocumentOutcome(document_no=document.document_no, outcome="delivered", sheets_printed=1)],
        ),
        timeout=DEADLINE_S,
    )
    return Visited(seconds, encrypted, issued.key, document.document_no)


def _order(station: Station, offer: wire.Offer) -> Order:
    fee = next(kind.fee for kind in offer.kinds if kind.kind == CertificateKind.RESIDENCE.value)
    return Order(
        municipality=station.municipality,
        terminal=station.terminal,
        order_id=os.urandom(16),
        session_nonce=offer.session_nonce,
        lines=(
            OrderLine(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP, Option.DOMICILE})),
        ),
        offer_version=offer.offer_version,
        fee=fee,
        printer_profile=USUAL.profile_id,
        expires_at=offer.expires_at,
    )


def _prepare(
    stub: IssuanceStub, station: Station, session_id: bytes, order: Order, proof: bytes, token: bytes
) -> tuple[wire.PreparedDocument, bytes]:
    document: wire.PreparedDocument | None = None
    encrypted = bytearray()
    asked = wire.PrepareRequest(
        municipality=station.municipality,
        session_id=session_id,
        attempt_token=token,
        order=order.to_bytes(),
        proof=proof,
    )
    for reply in stub.Prepare(asked, timeout=DEADLINE_S):
        part = reply.WhichOneof("part")
        if part == "refusal":
            raise RuntimeError(f"refused at prepare: {reply.refusal.reason}")
        if part == "document":
            document = reply.document
        else:
            encrypted += reply.chunk
    if document is None or sha256(encrypted).digest() != document.encrypted_hash:
        raise RuntimeError("the document did not arrive whole")
    return document, bytes(encrypted)


def _release(stub: IssuanceStub, station: Station, order: Order, token: bytes) -> wire.IssuedDocument:
    asked = wire.ReleaseRequest(municipality=station.municipality, order_id=order.order_id, attempt_token=token)
    for reply in stub.Release(asked, timeout=DEADLINE_S):
        if reply.WhichOneof("part") == "issued":
            return reply.issued
        raise RuntimeError(f"refused at release: {reply}")
    raise RuntimeError("release gave nothing")
