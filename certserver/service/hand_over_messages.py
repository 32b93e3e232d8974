"""Turns what comes over the wire of a hand-over into the rules' words, and what is answered into messages. Nothing is
decided here."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import TypeVar

from certserver.applications.hand_over import Coming, HandOver, Lacking
from certserver.applications.identity import IdentityDocument, NotProven, ShownDocument
from certserver.applications.proxy_cases import ProxyCase, Support
from certserver.errors import BadRequest
from certserver.pipeline.card_applications.handing_over import Missing, TakerAdmitted
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.waiting import Waiting
from certserver.service.application_messages import refusal_message, standing_message, step_message
from certserver.service.bounds import chosen
from koufu.v1 import applications_pb2 as wire

MAX_SHOWN = 8
"""Documents of one person."""

_Word = TypeVar("_Word", bound=Enum)


def support_word(support: Support) -> str:
    """The wire's word of what supports a case; its value is the name that stands on the paper."""
    return support.name.lower().replace("_", "-")


_SUPPORTS = {support_word(each): each for each in Support}


def hand_over_of(told: wire.HandOver) -> HandOver:
    """Who came, and what they brought. Raises `BadRequest`."""
    if len(told.brought) > len(_SUPPORTS):
        raise BadRequest(f"brought: at most {len(_SUPPORTS)} are expected")
    return HandOver(
        coming=one_of("coming", told.coming, Coming),
        case=one_of("case", told.case, ProxyCase) if told.case else None,
        adult_ward=told.adult_ward,
        physically=told.physically,
        officer_grants=told.officer_grants,
        brought=frozenset(chosen("brought", each, _SUPPORTS) for each in told.brought),
        reply=told.reply,
        letter_of_attorney=told.letter_of_attorney,
        sealed_pin_form=told.sealed_pin_form,
        of_holder=_documents("of_holder", told.of_holder),
        of_taker=_documents("of_taker", told.of_taker),
    )


def waiting_message(found: Waiting | Declined) -> wire.FindWaitingReply:
    """The card that waits."""
    if isinstance(found, Declined):
        return wire.FindWaitingReply(refusal=refusal_message(found))
    return wire.FindWaitingReply(
        waiting=wire.Waiting(
            standing=standing_message(found.standing),
            name=found.name,
            name_kana=found.name_kana,
            born=found.born.isoformat(),
            address=found.address,
            needs_representative=found.needs_representative,
            adult_ward=found.adult_ward,
            face_auth=found.face_auth,
            user_auth=found.user_auth,
            signing=found.signing,
            old_card=found.old_card.value,
        )
    )


def admitted_message(answer: TakerAdmitted | Missing | Declined) -> wire.AdmitTakerReply:
    """Whether it may be handed over, and all that is missing."""
    if isinstance(answer, Declined):
        return wire.AdmitTakerReply(refusal=refusal_message(answer))
    if isinstance(answer, Missing):
        return wire.AdmitTakerReply(lacking=_lacking(answer.lacking))
    done = step_message(answer.done).done
    return wire.AdmitTakerReply(
        admitted=wire.TakerAdmitted(done=done, pin_settings=[each.value for each in answer.pins])
    )


def shown_document(shown: wire.ShownDocument) -> ShownDocument:
    """A document as it was shown. Raises `BadRequest`."""
    until = day_of("valid_until", shown.valid_until) if shown.valid_until else None
    return ShownDocument(one_of("shown", shown.kind, IdentityDocument), until)


def day_of(field: str, value: str) -> date:
    """A day. Raises `BadRequest`."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadRequest(f"{field}: YYYY-MM-DD is expected") from error


def one_of(field: str, value: str, words: type[_Word]) -> _Word:
    """A word by its value. Raises `BadRequest`."""
    return chosen(field, value, {each.value: each for each in words})


def _documents(field: str, shown: Iterable[wire.ShownDocument]) -> tuple[ShownDocument, ...]:
    documents = tuple(shown_document(each) for each in shown)
    if len(documents) > MAX_SHOWN:
        raise BadRequest(f"{field}: at most {MAX_SHOWN} are expected")
    return documents


def _lacking(lacking: Lacking) -> wire.Lacking:
    return wire.Lacking(
        lacks=[each.value for each in lacking.lacks],
        proxy="" if lacking.proxy is None else lacking.proxy.value,
        bring=[support_word(each) for each in lacking.bring],
        or_else_all=[support_word(each) for each in lacking.or_else_all],
        holder_would_do=_would_do(lacking.holder),
        taker_would_do=_would_do(lacking.taker),
        holder_expired=_expired(lacking.holder),
        taker_expired=_expired(lacking.taker),
    )


def _would_do(verdict: NotProven | None) -> list[str]:
    return [] if verdict is None else [each.value for each in verdict.would_do]


def _expired(verdict: NotProven | None) -> list[str]:
    return [] if verdict is None else [each.value for each in verdict.expired]
