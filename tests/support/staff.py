"""Staff of a test server: people with passwords, codes and cards, and a desk at which they sign in, in process or over
the wire."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.identity.subjects import subject_of_x509
from certserver.ledger.book import open_book
from certserver.pipeline.admission import Caller, NotAdmitted, admission
from certserver.pipeline.staff.registry import add_member, engage, enrol_card, set_password
from certserver.pipeline.staff.rows import read_member
from certserver.pipeline.staff.sessions import SESSION_BYTES, begin
from certserver.ports import unix
from certserver.service.staff import StaffService
from certserver.staff import passwords
from certserver.staff.codes import STEP_S, code_at
from certserver.staff.engagements import Engagement
from certserver.staff.passwords import hashed
from hardware.card.virtual.persona import Persona
from koufu.evidence.staff_challenge import StaffPurpose
from koufu.v1 import staff_pb2 as wire
from koufu.v1 import staff_pb2_grpc
from tests.support.server import ServerForTests, WireServer
from tests.support.server_people import MUNICIPALITY
from tests.support.server_settings import POST_OFFICE

PASSWORD = "correct horse battery staple"
SINCE = date(2026, 4, 1)

# Slow by design, a tenth of a second each: worked out once for a test process.
_hashed = functools.cache(hashed)
pytest.MonkeyPatch().setattr(passwords, "_verified", functools.cache(passwords._verified))


def secret_of(mark: str) -> bytes:
    """The secret of somebody's one-time codes."""
    return mark.encode().ljust(20, b".")


def hire(
    server: ServerForTests,
    mark: str,
    role: Role = Role.CLERK,
    outlet: str = POST_OFFICE.name,
    place: SiteKind = SiteKind.POST_OFFICE,
    municipality: str = MUNICIPALITY,
    since: date = SINCE,
    until: date | None = None,
) -> None:
    """Somebody who may sign in by password and code; one who is there already works at this place too."""
    now = unix(server.clock.now())
    with server.database.writing() as connection, open_book(connection, municipality) as book:
        if read_member(connection, municipality, mark) is None:
            add_member(connection, municipality, mark, f"見本　{mark}", now)
            kept = _hashed(PASSWORD, bytes(16))
            set_password(connection, book, server.node.staff_parts.keys, mark, kept, secret_of(mark), now)
        engage(connection, municipality, Engagement(mark, role, outlet, place, since, until))


def give_card(server: ServerForTests, mark: str, persona: Persona, municipality: str = MUNICIPALITY) -> None:
    """Lets a card sign somebody in."""
    with server.database.writing() as connection:
        subject = subject_of_x509(connection, server.node.keys.subjects, municipality, persona.user_auth_x509)
        assert isinstance(subject, bytes)
        enrol_card(connection, municipality, mark, subject, unix(server.clock.now()))


class Direct:
    """The service without a network, by the names of the wire."""

    def __init__(self, service: StaffService, caller: Caller) -> None:
        self._service = service
        self._caller = caller

    def Challenge(self, request: wire.StaffChallengeRequest) -> wire.StaffChallengeReply:  # noqa: N802
        return self._service.challenge(request, self._caller)

    def SignIn(self, request: wire.SignInRequest) -> wire.SignInReply:  # noqa: N802
        return self._service.sign_in(request, self._caller)

    def Extend(self, request: wire.ExtendRequest) -> wire.ExtendReply:  # noqa: N802
        return self._service.extend(request, self._caller)

    def SignOut(self, request: wire.SignOutRequest) -> wire.SignOutReply:  # noqa: N802
        return self._service.sign_out(request, self._caller)

    def SecondPerson(self, request: wire.SecondPersonRequest) -> wire.SecondPersonReply:  # noqa: N802
        return self._service.second_person(request, self._caller)


class OnTheWire:
    """The stub with the deadline that every call needs."""

    def __init__(self, stub: staff_pb2_grpc.StaffServiceStub) -> None:
        self._stub = stub

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._stub, name)
        return lambda request: call(request, timeout=20.0)


@dataclass
class StaffDesk:
    """A desk at a terminal, and who is signed in there."""

    call: Any
    server: ServerForTests
    place: str = "post-office"
    municipality: str = MUNICIPALITY
    session: bytes = b""
    signed_in: wire.SignedIn | None = None
    wait_s: int = field(default=0)

    def typed(self, mark: str, password: str = PASSWORD, code: str | None = None) -> wire.Credentials:
        now = unix(self.server.clock.now())
        typed = wire.PasswordAndCode(mark=mark, password=password, code=code or code_at(secret_of(mark), now))
        return wire.Credentials(password=typed)

    def by_card(
        self, persona: Persona, purpose: StaffPurpose = StaffPurpose.SIGN_IN, evidence: bytes | None = None
    ) -> wire.Credentials:
        """What a card answers to a challenge, or to other bytes."""
        asked = wire.StaffChallengeRequest(
            municipality=self.municipality, user_auth_x509=persona.user_auth_x509, purpose=purpose.value
        )
        made = self.call.Challenge(asked).challenge
        answer = answered(persona, evidence or made.challenge)
        return wire.Credentials(card=wire.StaffCardAnswer(challenge_id=made.challenge_id, answer=answer))

    def sign_in(self, credentials: wire.Credentials, place: str = "") -> str:
        """The role in which somebody is signed in now, or why nobody is."""
        asked = wire.SignInRequest(municipality=self.municipality, place=place or self.place, credentials=credentials)
        reply = self.call.SignIn(asked)
        if reply.HasField("refusal"):
            self.wait_s = reply.refusal.wait_s
            return str(reply.refusal.reason)
        self.signed_in, self.session = reply.signed_in, reply.signed_in.session
        return str(reply.signed_in.role)

    def enter(self, mark: str) -> bytes:
        """Somebody signs in for whom that works, once the code that they used last counts no more."""
        role = self.sign_in(self.typed(mark))
        if role == "wrong-credentials":
            self.server.clock.advance(STEP_S)
            role = self.sign_in(self.typed(mark))
        assert role in ("clerk", "helper", "officer"), role
        return self.session

    def extend(self) -> str:
        reply = self.call.Extend(wire.ExtendRequest(municipality=self.municipality, session=self.session))
        return "extended" if reply.HasField("extended") else str(reply.refusal.reason)

    def sign_out(self, how: str = "sign-out") -> str:
        asked = wire.SignOutRequest(municipality=self.municipality, session=self.session, how=how)
        reply = self.call.SignOut(asked)
        return "signed out" if reply.HasField("signed_out") else str(reply.refusal.reason)

    def second(
        self,
        credentials: wire.Credentials,
        token: bytes = bytes(16),
        operation: str = "destroy-sheet",
        about: str = "sheet 12",
    ) -> str:
        """The mark of the second person, or why there is none."""
        asked = wire.SecondPersonRequest(
            municipality=self.municipality,
            session=self.session,
            token=token,
            operation=operation,
            about=about,
            credentials=credentials,
        )
        reply = self.call.SecondPerson(asked)
        return str(reply.confirmed.mark if reply.HasField("confirmed") else reply.refusal.reason)


def answered(persona: Persona, evidence: bytes) -> bytes:
    """What a card answers to these bytes after its PIN."""
    assert persona.user_auth is not None
    return persona.user_auth.key.sign(evidence, PKCS1v15(), SHA256())


def sessions_at(server: ServerForTests, terminal: str) -> Callable[[str, str, str, str], bytes]:
    """Sessions of staff at a terminal as if somebody had just signed in, whether or not they could: by municipality,
    place, mark and role. One that nobody can have is random."""
    begun: dict[tuple[str, ...], bytes] = {}
    parts, caller = server.node.staff_parts, server.caller(terminal)

    def session(municipality: str, place: str, mark: str, role: str) -> bytes:
        key = (municipality, place, mark, role, server.clock.now().isoformat())
        if key in begun:
            return begun[key]
        with server.database.writing() as connection:
            at = admission(connection, municipality, caller)
            outlet = "" if isinstance(at, NotAdmitted) else at.outlet.name
            try:
                engaged = Engagement(mark, Role(role), outlet, SiteKind(place), SINCE)
            except ValueError:
                return bytes(SESSION_BYTES)
            begun[key] = begin(parts, connection, caller, municipality, engaged).token
        return begun[key]

    return session


def staff_desk(server: ServerForTests, terminal: str = "kiosk-1", **desk: Any) -> StaffDesk:
    return StaffDesk(Direct(server.node.staff, server.caller(terminal)), server, **desk)


def staff_desk_on_the_wire(running: WireServer, terminal: str = "kiosk-1", **desk: Any) -> StaffDesk:
    stub = staff_pb2_grpc.StaffServiceStub(running.channel(terminal))
    return StaffDesk(OnTheWire(stub), running.server, **desk)


def tomorrow(server: ServerForTests) -> None:
    """The same hour a day later."""
    server.clock.set(server.clock.now() + timedelta(days=1))
