"""The StaffService as the desk sees it: who signs in, by what, and what the server says. Whatever is no answer to what
was asked is a fault."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from google.protobuf.message import DecodeError, Message

from kiosk.actions.wire import SHORT_S, Transport
from kiosk.counter.staff import Role, Staff
from kiosk.errors import ServerFault
from koufu.evidence.staff_challenge import StaffPurpose
from koufu.v1 import staff_pb2 as wire

SERVICE = "/koufu.v1.StaffService/"
SESSION_BYTES = 32
CHALLENGE_ID_BYTES = 16
MOST_CHALLENGE = 1024
MOST_MARK = 32

Credentials = wire.Credentials
"""What somebody shows who signs in. May hold a password: never told, never kept."""

_Reply = TypeVar("_Reply", bound=Message)


@dataclass(frozen=True, slots=True)
class StaffDeclined:
    """The server does not sign somebody in, in a word of `staff.proto`; `wait_s` for "wait"."""

    reason: str
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A session of somebody who works here."""

    session: bytes = field(repr=False)
    staff: Staff = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetChallenge:
    """What the staff card has to answer."""

    challenge_id: bytes
    challenge: bytes


@dataclass(frozen=True, slots=True)
class StaffWire:
    """The server of the municipality that this counter works for, and the kind of place it is. `connect` gives the
    transport to it. Every method raises `ServerAway` and `ServerFault`."""

    connect: Callable[[], Transport]
    municipality: str
    place: str

    def challenge(self, user_auth_x509: bytes, purpose: StaffPurpose) -> SetChallenge | StaffDeclined:
        """What that card has to answer."""
        asked = wire.StaffChallengeRequest(
            municipality=self.municipality, user_auth_x509=user_auth_x509, purpose=purpose.value
        )
        reply = self._ask("Challenge", asked, wire.StaffChallengeReply)
        if reply.HasField("refusal"):
            return _declined(reply.refusal)
        made = reply.challenge
        if len(made.challenge_id) != CHALLENGE_ID_BYTES or not 0 < len(made.challenge) <= MOST_CHALLENGE:
            raise ServerFault("the challenge for a staff card is none")
        return SetChallenge(made.challenge_id, made.challenge)

    def sign_in(self, credentials: Credentials) -> Opened | StaffDeclined:
        """A session for whoever shows these."""
        asked = wire.SignInRequest(municipality=self.municipality, place=self.place, credentials=credentials)
        reply = self._ask("SignIn", asked, wire.SignInReply)
        if reply.HasField("refusal"):
            return _declined(reply.refusal)
        signed, roles = reply.signed_in, {each.value: each for each in Role}
        if len(signed.session) != SESSION_BYTES or signed.role not in roles or not 0 < len(signed.mark) <= MOST_MARK:
            raise ServerFault("the answer to a sign-in is none")
        return Opened(signed.session, Staff(signed.mark, roles[signed.role]))

    def extend(self, session: bytes) -> StaffDeclined | None:
        """Somebody is still at work; why the session has ended, if it has."""
        reply = self._ask(
            "Extend", wire.ExtendRequest(municipality=self.municipality, session=session), wire.ExtendReply
        )
        return _declined(reply.refusal) if reply.HasField("refusal") else None

    def sign_out(self, session: bytes, how: str) -> None:
        """The session has ended."""
        asked = wire.SignOutRequest(municipality=self.municipality, session=session, how=how)
        self._ask("SignOut", asked, wire.SignOutReply)

    def second(
        self, session: bytes, token: bytes, operation: str, about: str, credentials: Credentials
    ) -> str | StaffDeclined:
        """The mark of whoever stands for it beside the first."""
        asked = wire.SecondPersonRequest(
            municipality=self.municipality,
            session=session,
            token=token,
            operation=operation,
            about=about,
            credentials=credentials,
        )
        reply = self._ask("SecondPerson", asked, wire.SecondPersonReply)
        if reply.HasField("refusal"):
            return _declined(reply.refusal)
        if not 0 < len(reply.confirmed.mark) <= MOST_MARK:
            raise ServerFault("the answer about a second person is none")
        return reply.confirmed.mark

    def _ask(self, method: str, request: Message, reply: type[_Reply]) -> _Reply:
        answer = self.connect().unary(SERVICE + method, request.SerializeToString(), SHORT_S)
        try:
            return reply.FromString(answer)
        except DecodeError as error:
            raise ServerFault("these bytes are no message of this call") from error


def typed(mark: str, password: str, code: str) -> Credentials:
    """A password and a one-time code."""
    return Credentials(password=wire.PasswordAndCode(mark=mark, password=password, code=code))


def answered(challenge_id: bytes, answer: bytes) -> Credentials:
    """What the staff card answered to that challenge."""
    return Credentials(card=wire.StaffCardAnswer(challenge_id=challenge_id, answer=answer))


def _declined(refusal: wire.StaffRefusal) -> StaffDeclined:
    return StaffDeclined(refusal.reason, refusal.wait_s)
