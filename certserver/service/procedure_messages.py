"""Turns what comes over the wire of procedures on cards into the rules' words, and what is answered into messages.
Nothing is decided here."""

import re

from certserver.applications.procedures import CARD_PROCEDURES
from certserver.errors import BadRequest
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.procedures import Beginning, Begun, Ending, Unproven
from certserver.service.application_messages import refusal_message
from certserver.service.bounds import MAX_X509, chosen, word
from certserver.service.hand_over_messages import MAX_SHOWN, one_of, shown_document
from koufu.applying.words import Comer, ProcedureEnd
from koufu.v1 import applications_pb2 as wire

USAGES = ("user-auth", "signing")
MAX_MARK = 64
MAX_UNIX_S = 2**40
"""Far beyond any clock that is right."""

_CASE = re.compile(r"[0-9a-f]{32}", re.ASCII)
_PROCEDURES = {each.value: each for each in CARD_PROCEDURES}
_USAGES = {each: each for each in USAGES}


def beginning_of(request: wire.BeginProcedureRequest) -> Beginning:
    """What is to be begun. Raises `BadRequest`."""
    numbers = {chosen("usage", each.usage, _USAGES): _case(each.number) for each in request.numbers}
    if set(numbers) != set(USAGES) or len(request.numbers) != len(USAGES):
        raise BadRequest("numbers: one for each usage is expected")
    about = tuple(dict.fromkeys(chosen("about", each, _USAGES) for each in request.about[: len(USAGES) + 1]))
    if not 0 < len(request.about) <= len(USAGES):
        raise BadRequest(f"about: 1 to {len(USAGES)} are expected")
    if len(request.shown) > MAX_SHOWN:
        raise BadRequest(f"shown: at most {MAX_SHOWN} are expected")
    if len(request.user_auth_x509) > MAX_X509:
        raise BadRequest(f"user_auth_x509: at most {MAX_X509} bytes are expected")
    return Beginning(
        case_number=numbers["user-auth"],
        numbers=tuple(numbers[each] for each in USAGES),
        procedure=chosen("procedure", request.procedure, _PROCEDURES),
        about=about,
        comer=one_of("comer", request.comer, Comer),
        shown=tuple(shown_document(each) for each in request.shown),
        x509=request.user_auth_x509,
        without_pin=request.without_pin,
        issued_in=_case(request.issued_in) if request.issued_in else "",
    )


def begun_message(answer: Begun | Unproven | Declined) -> wire.BeginProcedureReply:
    """Whether it was begun, and what would say who came."""
    match answer:
        case Begun():
            return wire.BeginProcedureReply(begun=wire.ProcedureBegun())
        case Unproven(verdict):
            unproven = wire.Unproven(
                would_do=[each.value for each in verdict.would_do], expired=[each.value for each in verdict.expired]
            )
            return wire.BeginProcedureReply(unproven=unproven)
        case Declined():
            return wire.BeginProcedureReply(refusal=refusal_message(answer))


def ending_of(request: wire.EndProcedureRequest) -> Ending:
    """How it ended. Raises `BadRequest`."""
    if not 0 < request.told_at < MAX_UNIX_S:
        raise BadRequest("told_at: Unix seconds are expected")
    if not 0 < len(request.told_of) <= MAX_MARK:
        raise BadRequest(f"told_of: 1 to {MAX_MARK} characters are expected")
    return Ending(
        case_number=_case(request.case_number),
        outcome=one_of("outcome", request.outcome, ProcedureEnd),
        reason=word("reason", request.reason) if request.reason else "",
        told_at=request.told_at,
        told_of=request.told_of,
    )


def _case(number: str) -> str:
    if not _CASE.fullmatch(number):
        raise BadRequest("number: 32 hexadecimal digits are expected")
    return number
