"""The StaffService: turns what came over the wire into the use cases of staff and back. It knows no gRPC, so a
simulation calls it as the wire does."""

import re

from certserver.errors import BadRequest
from certserver.pipeline.admission import Caller
from certserver.pipeline.staff.credentials import CHALLENGE_ID_BYTES, ByCard, ByPassword, Credentials, challenge
from certserver.pipeline.staff.outcomes import Declined
from certserver.pipeline.staff.parts import StaffParts
from certserver.pipeline.staff.second import Wanted, confirm
from certserver.pipeline.staff.sessions import SESSION_BYTES, extend, sign_out
from certserver.pipeline.staff.signing_in import sign_in
from certserver.service.bounds import MAX_ANSWER, MAX_X509, at_most, chosen, exactly, municipality_code, word
from certserver.staff.engagements import PLACES
from certserver.staff.passwords import LONGEST
from certserver.staff.second import Operation
from koufu.evidence.staff_challenge import StaffPurpose
from koufu.v1 import staff_pb2 as wire

TOKEN_BYTES = 16
MAX_MARK = 32

_CODE = re.compile(r"\d{6}", re.ASCII)
_HOW = {word: word for word in ("idle", "lock", "sign-out")}
_OPERATIONS = {each.value: each for each in Operation}
_PLACES = {each.value: each for each in PLACES}
_PURPOSES = {each.value: each for each in StaffPurpose}


class StaffService:
    """The RPCs of one server. Every method raises `BadRequest` for what the wire does not allow."""

    def __init__(self, parts: StaffParts) -> None:
        self._parts = parts

    def challenge(self, request: wire.StaffChallengeRequest, caller: Caller) -> wire.StaffChallengeReply:
        """What a staff card has to answer."""
        municipality = municipality_code(request.municipality)
        x509 = at_most("user_auth_x509", request.user_auth_x509, MAX_X509)
        made = challenge(self._parts, caller, municipality, x509, chosen("purpose", request.purpose, _PURPOSES))
        if isinstance(made, Declined):
            return wire.StaffChallengeReply(refusal=_refusal(made))
        message = wire.StaffChallengeMade(challenge_id=made.challenge_id, challenge=made.challenge)
        return wire.StaffChallengeReply(challenge=message)

    def sign_in(self, request: wire.SignInRequest, caller: Caller) -> wire.SignInReply:
        """A session for whoever works here."""
        municipality = municipality_code(request.municipality)
        place = chosen("place", request.place, _PLACES)
        done = sign_in(self._parts, caller, municipality, place, _credentials(request.credentials))
        if isinstance(done, Declined):
            return wire.SignInReply(refusal=_refusal(done))
        session = done.session
        return wire.SignInReply(
            signed_in=wire.SignedIn(
                session=done.token,
                mark=session.mark,
                role=session.role.value,
                idle_s=session.idle_s,
                expires_at=session.expires_at,
            )
        )

    def extend(self, request: wire.ExtendRequest, caller: Caller) -> wire.ExtendReply:
        """Somebody is still at the desk."""
        municipality = municipality_code(request.municipality)
        session = exactly("session", request.session, SESSION_BYTES)
        done = extend(self._parts, caller, municipality, session)
        if isinstance(done, Declined):
            return wire.ExtendReply(refusal=_refusal(done))
        return wire.ExtendReply(extended=wire.Extended(expires_at=done.expires_at))

    def sign_out(self, request: wire.SignOutRequest, caller: Caller) -> wire.SignOutReply:
        """The session ends."""
        municipality = municipality_code(request.municipality)
        session = exactly("session", request.session, SESSION_BYTES)
        declined = sign_out(self._parts, caller, municipality, session, chosen("how", request.how, _HOW))
        if declined is not None:
            return wire.SignOutReply(refusal=_refusal(declined))
        return wire.SignOutReply(signed_out=wire.SignedOut())

    def second_person(self, request: wire.SecondPersonRequest, caller: Caller) -> wire.SecondPersonReply:
        """A second member of staff stands for it too."""
        municipality = municipality_code(request.municipality)
        wanted = Wanted(
            token=exactly("token", request.token, TOKEN_BYTES),
            operation=chosen("operation", request.operation, _OPERATIONS),
            about=word("about", request.about),
        )
        session = exactly("session", request.session, SESSION_BYTES)
        done = confirm(self._parts, caller, municipality, session, wanted, _credentials(request.credentials))
        if isinstance(done, Declined):
            return wire.SecondPersonReply(refusal=_refusal(done))
        return wire.SecondPersonReply(confirmed=wire.Confirmed(mark=done.second))


def _credentials(told: wire.Credentials) -> Credentials:
    if told.HasField("card"):
        challenge_id = exactly("challenge_id", told.card.challenge_id, CHALLENGE_ID_BYTES)
        return ByCard(challenge_id, at_most("answer", told.card.answer, MAX_ANSWER))
    if not told.HasField("password"):
        raise BadRequest("credentials: a password or a card's answer is expected")
    # Nothing of what was typed is told back.
    typed = told.password
    if not 0 < len(typed.mark) <= MAX_MARK:
        raise BadRequest(f"mark: 1 to {MAX_MARK} characters are expected")
    if not 0 < len(typed.password) <= LONGEST:
        raise BadRequest(f"password: 1 to {LONGEST} characters are expected")
    if not _CODE.fullmatch(typed.code):
        raise BadRequest("code: 6 digits are expected")
    return ByPassword(typed.mark, typed.password, typed.code)


def _refusal(declined: Declined) -> wire.StaffRefusal:
    return wire.StaffRefusal(reason=declined.reason.value, wait_s=declined.wait_s)
