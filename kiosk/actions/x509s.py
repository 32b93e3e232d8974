"""The terminal's own X.509 at its server: enrolling by a one-time code, renewing before the end, showing a renewed one
to another municipality. The edge to the wire for these calls."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from google.protobuf.message import DecodeError, Message

from kiosk.actions.wire import SHORT_S, Transport
from kiosk.actions.x509_files import Pair, X509Files
from kiosk.errors import ConfigurationError, ServerAway, ServerFault, X509Refused
from koufu.v1 import terminals_pb2 as wire

ENROLMENT = "/koufu.v1.TerminalEnrolment/"
X509S = "/koufu.v1.TerminalX509s/"

RENEW_BEFORE_S = 60 * 86_400
RENEW_ANYWAY_S = 30 * 86_400
"""So near its end it is renewed although another municipality still waits for an outcome."""
RETRY_S = 6 * 3600

FALL_BACK_EVERY_S = 600
"""A server that lets neither the present X.509 in nor the former is tried again so much later."""

NOT_THIS_KEY = "request"
"""The server's word for a request that it takes for no next key: one whose X.509 was revoked, too."""

NOT_ADMITTED = "not-admitted"
"""Its word for a terminal that it does not admit by what it came with."""

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
    files.keep(terminal, reply.x509)
    files.take()


@dataclass(slots=True)
class Renewal:
    """Renews the terminal's X.509, and shows the renewed one where only the former is known, while that counts. `home`
    gives the transport to the terminal's own server; `by` opens a channel to a municipality's that comes with another
    pair than the present one; `others` are the codes of those that people visit here. `free` says whether it may be
    now: a new connection ends what staff and residents have open. `owes` says whether another municipality has still
    to hear of an outcome. `renewed` is called when connections are to be opened anew; `now` gives Unix seconds."""

    municipality: str
    terminal: str
    files: X509Files
    home: Callable[[], Transport]
    by: Callable[[str, Pair], AbstractContextManager[Transport]]
    others: Callable[[], Iterable[str]]
    free: Callable[[], bool]
    owes: Callable[[], bool]
    renewed: Callable[[], None]
    now: Callable[[], int]
    said: Said
    _next_try: int = field(default=0, init=False)
    _next_showing: int = field(default=0, init=False)
    _next_fall_back: int = field(default=0, init=False)
    _shown_to: set[str] = field(default_factory=set, init=False)
    _later: dict[str, int] = field(default_factory=dict, init=False)
    """By municipality that it could not be shown to: from when on it is tried again."""
    _refused_by: set[str] = field(default_factory=set, init=False)

    def look(self) -> None:
        """Renews it when that is due, and shows one municipality a renewed one. A server that is away or does not want
        is asked again hours later."""
        now = self.now()
        if not self.free():
            return
        if now >= self._next_showing:
            self._show_next(now)
        if now < self._next_try:
            return
        try:
            left = self.files.ends_at().timestamp() - now
            if left > RENEW_BEFORE_S or (left > RENEW_ANYWAY_S and self.owes()):
                return
            self._next_try = now + RETRY_S
            self._renew()
        except X509Refused as refused:
            self.said(f"renewal refused: {refused.reason}")
        except (ServerAway, ServerFault, ConfigurationError) as error:
            self.said(f"renewal failed: {type(error).__name__}")

    def introduce(self, municipality: str) -> bool:
        """Shows another municipality the present X.509 over a connection of the former one; whether it counts there
        now. One that took it is not asked again, one that refused it hours later."""
        now = self.now()
        if municipality in self._shown_to or municipality == self.municipality:
            return False
        if municipality in self._refused_by and now < self._later[municipality]:
            return False
        former = self.files.former()
        if former is None or not self.files.former_counts(now):
            return False
        try:
            present = x509.load_pem_x509_certificate(self.files.present().x509).public_bytes(Encoding.DER)
            refused = self._shown(municipality, former, present)
        except (ServerAway, ServerFault, ConfigurationError) as error:
            self.said(f"introduction failed: {type(error).__name__}")
            self._refused_by.discard(municipality)
            self._later[municipality] = now + RETRY_S
            return False
        if refused is not None:
            self.said(f"introduction refused: {refused.reason}")
            self._refused_by.add(municipality)
            self._later[municipality] = now + RETRY_S
            return False
        self._shown_to.add(municipality)
        return True

    def fall_back(self) -> bool:
        """For when the terminal's own server does not let it in: over a connection of the former X.509 it is shown the
        present one, which a server that was restored from before the renewal has never seen; where that one is taken
        all the same by nobody, the former counts again, and another renewal is due. Whether it is worth asking the
        server once more now."""
        now = self.now()
        if not self.free() or now < self._next_fall_back or not self.files.former_counts(now):
            return False
        self._next_fall_back = now + FALL_BACK_EVERY_S
        try:
            former, present = self.files.former(), self.files.present()
            der = x509.load_pem_x509_certificate(present.x509).public_bytes(Encoding.DER)
            refused = None if former is None else self._shown(self.municipality, former, der)
            if former is None or (refused is not None and refused.reason == NOT_ADMITTED):
                return False
            if refused is None and self._lets_in(present, der):
                self.said("present one shown again")
                return True
            self.files.exchange(former)
        except (ServerAway, ServerFault, ConfigurationError):
            # Nor does the former come any further: it is the server or the network that is away.
            return False
        self._begin_anew(now)
        self.said("former one counts again")
        return True

    def _lets_in(self, pair: Pair, der: bytes) -> bool:
        try:
            return self._shown(self.municipality, pair, der) is None
        except (ServerAway, ServerFault):
            return False

    def _begin_anew(self, now: int) -> None:
        """Connections come with the pair that lies in the files by now, of which others know nothing yet."""
        self._shown_to.clear()
        self._later.clear()
        self._refused_by.clear()
        self._next_showing = 0
        self._next_try = max(self._next_try, now + RETRY_S)
        self.renewed()

    def _show_next(self, now: int) -> None:
        """One a heartbeat: who comes to the terminal waits no longer for it than for any call."""
        waiting = [each for each in self.others() if each not in self._shown_to]
        due = next((each for each in waiting if now >= self._later.get(each, 0)), None)
        if due is not None and self.files.former_counts(now):
            self.introduce(due)
        else:
            self._next_showing = min((self._later[each] for each in waiting if due is None), default=now + RETRY_S)

    def _renew(self) -> None:
        request = wire.RenewRequest(municipality=self.municipality, request=self.files.request(self.terminal))
        answer = self.home().unary(X509S + "Renew", request.SerializeToString(), SHORT_S)
        reply = _read(wire.RenewReply, answer)
        if reply.WhichOneof("outcome") != "x509":
            if reply.refusal.reason == NOT_THIS_KEY:
                self.files.forget_next()
            raise X509Refused(reply.refusal.reason, reply.refusal.wait_s)
        following = self.files.keep(self.terminal, reply.x509)
        # What nobody takes would replace what everybody takes: the server must have let it in once.
        refused = self._shown(self.municipality, following, reply.x509)
        if refused is not None:
            raise refused
        self.files.take()
        self._begin_anew(self.now())
        self.said("renewed")

    def _shown(self, municipality: str, by: Pair, der: bytes) -> X509Refused | None:
        """Shows this X.509 to a municipality over a channel of that pair, which is closed afterwards."""
        request = wire.IntroduceRequest(municipality=municipality, x509=der)
        with self.by(municipality, by) as transport:
            answer = transport.unary(X509S + "Introduce", request.SerializeToString(), SHORT_S)
        reply = _read(wire.IntroduceReply, answer)
        return X509Refused(reply.refusal.reason, reply.refusal.wait_s) if reply.HasField("refusal") else None


def _read(kind: type[_Reply], answer: bytes) -> _Reply:
    try:
        return kind.FromString(answer)
    except DecodeError as error:
        raise ServerFault("these bytes are no message of this call") from error
