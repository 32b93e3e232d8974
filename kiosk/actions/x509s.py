"""The terminal's own X.509 at its server: enrolling by a one-time code, renewing before the end, showing a renewed one
to another municipality. The edge to the wire for these calls."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from google.protobuf.message import DecodeError, Message

from kiosk.actions.wire import SHORT_S, Transport
from kiosk.actions.x509_files import X509Files
from kiosk.errors import ConfigurationError, ServerAway, ServerFault, X509Refused
from koufu.v1 import terminals_pb2 as wire

ENROLMENT = "/koufu.v1.TerminalEnrolment/"
X509S = "/koufu.v1.TerminalX509s/"

RENEW_BEFORE_S = 60 * 86_400
RETRY_S = 6 * 3600

_Reply = TypeVar("_Reply", bound=Message)

Said = Callable[[str], None]
"""Is told in plain words what came of a renewal."""


def enrol(files: X509Files, transport: Transport, municipality: str, terminal: str, code: str) -> None:
    """Makes a key and gets its X.509. Raises `X509Refused`, `ServerAway`, `ServerFault` and `ConfigurationError`; after
    each of them it can be tried again, with the same code while that counts."""
    request = wire.EnrolRequest(
        municipality=municipality, terminal=terminal, code=code, request=files.request(terminal)
    )
    reply = _read(wire.EnrolReply, transport.unary(ENROLMENT + "Enrol", request.SerializeToString(), SHORT_S))
    if reply.WhichOneof("outcome") != "x509":
        raise X509Refused(reply.refusal.reason, reply.refusal.wait_s)
    files.take(terminal, reply.x509)


@dataclass(slots=True)
class Renewal:
    """Renews the terminal's X.509, and shows the renewed one where only the former is known, while that counts. `home`
    and `former` give the transport to the terminal's own server, and one that comes with the former X.509 to that of a
    municipality, None where there is no former one; `others` are the codes of those that people visit here. `free` says
    whether it may be now: a new connection ends what staff have open. `renewed` is called when connections are to be
    opened anew; `now` gives Unix seconds."""

    municipality: str
    terminal: str
    files: X509Files
    home: Callable[[], Transport]
    former: Callable[[str], Transport | None]
    others: Callable[[], Iterable[str]]
    free: Callable[[], bool]
    renewed: Callable[[], None]
    now: Callable[[], int]
    said: Said
    _next_try: int = field(default=0, init=False)
    _next_showing: int = field(default=0, init=False)
    _shown_to: set[str] = field(default_factory=set, init=False)

    def look(self) -> None:
        """Renews it when that is due, and shows one municipality a renewed one. A server that is away or does not want
        is asked again hours later."""
        now = self.now()
        if now >= self._next_showing:
            self._show_next(now)
        if now < self._next_try or not self.free():
            return
        try:
            if self.files.ends_at().timestamp() - now > RENEW_BEFORE_S:
                return
            self._next_try = now + RETRY_S
            self._renew()
        except X509Refused as refused:
            self.said(f"renewal refused: {refused.reason}")
        except (ServerAway, ServerFault, ConfigurationError) as error:
            self.said(f"renewal failed: {type(error).__name__}")

    def introduce(self, municipality: str) -> bool:
        """Shows another municipality the present X.509 over a connection of the former one; whether it counts there
        now. One that answered is not asked again."""
        if municipality in self._shown_to:
            return False
        try:
            transport = self.former(municipality)
            if transport is None:
                return False
            present = x509.load_pem_x509_certificate(self.files.present().x509).public_bytes(Encoding.DER)
            request = wire.IntroduceRequest(municipality=municipality, x509=present)
            answer = transport.unary(X509S + "Introduce", request.SerializeToString(), SHORT_S)
            reply = _read(wire.IntroduceReply, answer)
        except (ServerAway, ServerFault, ConfigurationError) as error:
            self.said(f"introduction failed: {type(error).__name__}")
            self._next_showing = self.now() + RETRY_S
            return False
        self._shown_to.add(municipality)
        if reply.HasField("refusal"):
            self.said(f"introduction refused: {reply.refusal.reason}")
        return not reply.HasField("refusal")

    def _show_next(self, now: int) -> None:
        """One a heartbeat: whoever waits at the terminal waits no longer for it than for any call."""
        waiting = next((each for each in self.others() if each not in self._shown_to), None)
        if waiting is None or not self.files.former_counts(now):
            self._next_showing = now + RETRY_S
        else:
            self.introduce(waiting)

    def _renew(self) -> None:
        request = wire.RenewRequest(municipality=self.municipality, request=self.files.request(self.terminal))
        answer = self.home().unary(X509S + "Renew", request.SerializeToString(), SHORT_S)
        reply = _read(wire.RenewReply, answer)
        if reply.WhichOneof("outcome") != "x509":
            raise X509Refused(reply.refusal.reason, reply.refusal.wait_s)
        self.files.take(self.terminal, reply.x509)
        self._shown_to.clear()
        self._next_showing = 0
        self.renewed()
        self.said("renewed")


def _read(kind: type[_Reply], answer: bytes) -> _Reply:
    try:
        return kind.FromString(answer)
    except DecodeError as error:
        raise ServerFault("these bytes are no message of this call") from error
