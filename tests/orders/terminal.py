"""A terminal's line to the server, from outside: the RPCs over two connections of mutual TLS, so that what is sent
twice reaches two workers. What the server had no time for is asked again, as a terminal does."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

import grpc
from google.protobuf.message import Message

from koufu.release import BUILD, WIRE_SCHEMA
from koufu.v1 import issuance_pb2 as wire
from koufu.v1.issuance_pb2_grpc import IssuanceStub
from tests.orders.site import Bundle
from tests.orders.town import MUNICIPALITY

DEADLINE_S = 60.0
_AGAIN = 40
_OPTIONS = [("grpc.use_local_subchannel_pool", 1), ("grpc.max_receive_message_length", 32 * 1024 * 1024)]
_STREAMS = ("Prepare", "Release")
_NOT_NOW = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


@dataclass(frozen=True, slots=True, repr=False)
class Arrived:
    """A prepared document, encrypted."""

    line: int
    copy: int
    document_no: str
    pages: int
    encrypted: bytes


Told = list[Any]
"""All messages of one answer."""


@dataclass(slots=True)
class Line:
    """The two connections of one terminal. `counts` are what happened on them."""

    terminal: str
    stubs: tuple[IssuanceStub, IssuanceStub]
    counts: Counter[str] = field(default_factory=Counter)

    def beat(self) -> None:
        """No session opens before a heartbeat was admitted."""
        request = wire.HeartbeatRequest(municipality=MUNICIPALITY, build=BUILD, schema=WIRE_SCHEMA)
        (reply,) = self.ask("Heartbeat", request)
        if not reply.admitted:
            raise RuntimeError(f"{self.terminal} is not admitted: {reply.reason}")

    def ask(self, method: str, request: Message, *, by: int = 0) -> Told:
        """The answer, asked again while there is none."""
        for _ in range(_AGAIN):
            try:
                return self._answer(method, request, by)
            except grpc.RpcError as error:
                if _status(error) not in _NOT_NOW:
                    raise
                self.counts["asked again"] += 1
        raise RuntimeError(f"{self.terminal} has no answer to {method}")

    def ask_twice(self, method: str, request: Message) -> list[Told]:
        """The answers to a request that is sent twice at once, on both connections; whatever failed of it, only when
        both did."""
        self.counts[f"{method} twice at once"] += 1
        waiting = [self._call(method, request, by, DEADLINE_S) for by in range(2)]
        answers = [answer for each in waiting if (answer := self._or_nothing(each)) is not None]
        return answers or [self.ask(method, request)]

    def ask_both(self, first: tuple[str, Message], second: tuple[str, Message]) -> tuple[Told, Told]:
        """The answers to two requests that are sent at once."""
        waiting = [self._call(method, request, by, DEADLINE_S) for by, (method, request) in enumerate((first, second))]
        answers = [self._or_nothing(each) for each in waiting]
        return tuple(  # type: ignore[return-value] # there are two
            self.ask(*asked) if answer is None else answer
            for asked, answer in zip((first, second), answers, strict=True)
        )

    def give_up_on(self, method: str, request: Message, after_s: float) -> None:
        """Asks, and does not wait for the answer."""
        self.counts[f"{method} not waited for"] += 1
        self._or_nothing(self._call(method, request, 1, after_s))

    def _answer(self, method: str, request: Message, by: int) -> Told:
        """Of one call, waited for at once: gRPC needs no thread of its own for it."""
        call = getattr(self.stubs[by], method)
        answer = call(request, timeout=DEADLINE_S)
        return list(answer) if method in _STREAMS else [answer]

    def _call(self, method: str, request: Message, by: int, deadline_s: float) -> Callable[[], Told]:
        call = getattr(self.stubs[by], method)
        if method in _STREAMS:
            stream = call(request, timeout=deadline_s)
            return lambda: list(stream)
        future = call.future(request, timeout=deadline_s)
        return lambda: [future.result()]

    def _or_nothing(self, waiting: Callable[[], Told]) -> Told | None:
        try:
            return waiting()
        except grpc.RpcError as error:
            if _status(error) not in _NOT_NOW:
                raise
            return None


@contextmanager
def line_to(address: str, terminal: str, bundle: Bundle) -> Iterator[Line]:
    """The line of a terminal to a server."""
    credentials = grpc.ssl_channel_credentials(bundle.ca, bundle.key, bundle.x509)
    with (
        grpc.secure_channel(address, credentials, options=_OPTIONS) as one,
        grpc.secure_channel(address, credentials, options=_OPTIONS) as other,
    ):
        line = Line(terminal, (IssuanceStub(one), IssuanceStub(other)))
        line.beat()
        yield line


def arrived(replies: Iterable[wire.PrepareReply]) -> list[Arrived]:
    """The documents in a stream, each whole."""
    told: list[tuple[wire.PreparedDocument, bytearray]] = []
    for reply in replies:
        if reply.WhichOneof("part") == "document":
            told.append((reply.document, bytearray()))
        else:
            told[-1][1].extend(reply.chunk)
    for document, encrypted in told:
        if sha256(encrypted).digest() != document.encrypted_hash:
            raise RuntimeError("a document did not arrive whole")
    return [Arrived(one.line, one.copy, one.document_no, one.pages, bytes(encrypted)) for one, encrypted in told]


def _status(error: grpc.RpcError) -> grpc.StatusCode:
    return cast("grpc.Call", error).code()
