"""Messages of the wire as the kiosk's own values. A word that is none of the closed ones is a fault of the server, told
before anything is decided on it."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from kiosk.actions.server import ServerRefusal
from kiosk.errors import ServerFault
from kiosk.flow.values.board import Board, BoardRow, Closure, RefusalText, Window
from kiosk.flow.values.offer import Advice, Matter, Member, Offer, OfferedKind, Purpose, Suggestion
from kiosk.flow.values.service import OutOfService
from koufu.evidence.challenge import NONCE_BYTES
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_enrolment_number
from koufu.evidence.order import MAX_COPIES, MAX_FEE_YEN, MAX_MEMBERS
from koufu.evidence.words import CertificateKind, Circle, Option, RefusalReason, Scope, has_matter
from koufu.v1 import issuance_pb2 as wire

MAX_ROWS = 64
MAX_TEXT = 1024
MAX_NAME = 64
"""Bytes of what an order names."""
MINUTES_OF_DAY = 24 * 60
LAST_MOMENT = 1 << 34

_Word = TypeVar("_Word", bound=Enum)
_Part = TypeVar("_Part")
_Value = TypeVar("_Value")


def refusal_of(refusal: wire.Refusal) -> ServerRefusal:
    """A refusal."""
    return ServerRefusal(
        reason=_word(RefusalReason, refusal.reason),
        line=refusal.line if refusal.HasField("line") else None,
        window=_window(refusal.window) if refusal.HasField("window") else None,
    )


def enrolment_number_of(number: str) -> str:
    """The number of an enrolment."""
    try:
        return parse_enrolment_number(number)
    except MalformedEvidence as error:
        raise ServerFault("the number of an enrolment is none") from error


def not_admitted_of(reason: str) -> OutOfService:
    """Why a terminal is not admitted."""
    return OutOfService.SUSPENDED if reason == "suspended" else OutOfService.NOT_ADMITTED


def board_of(municipality: str, board: wire.Board) -> Board:
    """The start screen's content."""
    return Board(
        municipality=municipality,
        municipality_name=_text(board.municipality_name),
        municipality_name_en=_text(board.municipality_name_en),
        rows=_all(board.rows, _board_row),
        closure=_closure(board) if board.closure_from else None,
        window=_window(board.window),
        refusal_texts=_all(board.refusal_texts, _refusal_text),
    )


def offer_of(offer: wire.Offer) -> Offer:
    """What is offered in a session."""
    if len(offer.session_nonce) != NONCE_BYTES:
        raise ServerFault("the nonce of a session has another length")
    if len(offer.members) > MAX_MEMBERS:
        raise ServerFault("an offer names more members than an order may")
    return Offer(
        version=_name(offer.offer_version),
        session_nonce=offer.session_nonce,
        expires_at=_moment(offer.expires_at),
        kinds=_all(offer.kinds, _offered_kind),
        members=_all(offer.members, _member),
        purposes=_all(offer.purposes, _purpose),
    )


def _refusal_text(each: wire.RefusalText) -> RefusalText:
    if bool(each.text) != bool(each.text_en):
        raise ServerFault("a text of a refusal stands in one language alone")
    reason = _word(RefusalReason, each.reason)
    return RefusalText(reason, _text(each.text), _text(each.text_en), _text(each.counter))


def _board_row(row: wire.BoardRow) -> BoardRow:
    return BoardRow(
        kind=_word(CertificateKind, row.kind),
        fee=_fee(row.fee),
        open_now=row.open_now,
        opens_at=_minute(row.opens_at),
        closes_at=_minute(row.closes_at),
        weekdays_only=row.weekdays_only,
    )


def _closure(board: wire.Board) -> Closure:
    try:
        since, until = date.fromisoformat(board.closure_from), date.fromisoformat(board.closure_to)
    except ValueError as error:
        raise ServerFault("the days of a closure are none") from error
    return Closure(since, until, _text(board.closure_reason), _text(board.closure_reason_en))


def _window(window: wire.Window) -> Window:
    return Window(
        place=_text(window.place),
        hours=_text(window.hours),
        phone=_text(window.phone),
        bring=_text(window.bring),
        place_en=_text(window.place_en),
        hours_en=_text(window.hours_en),
        bring_en=_text(window.bring_en),
    )


def _offered_kind(kind: wire.OfferedKind) -> OfferedKind:
    scopes = _all(kind.scopes, lambda word: _word(Scope, word))
    if not scopes:
        raise ServerFault("a kind is offered for nobody")
    offered = _word(CertificateKind, kind.kind)
    matters = _all(kind.matters, _matter)
    if matters and not has_matter(offered):
        raise ServerFault("a kind is offered with a choice that it does not have")
    if has_matter(offered) and not matters and not kind.refusal:
        raise ServerFault("a kind is offered without anything that it could be about")
    return OfferedKind(
        kind=offered,
        fee=_fee(kind.fee),
        scopes=scopes,
        options=_all(kind.options, lambda word: _word(Option, word)),
        max_copies=max(1, min(kind.max_copies, MAX_COPIES)),
        refusal=_refusal(kind.refusal),
        matters=matters,
    )


def _matter(matter: wire.Matter) -> Matter:
    if not matter.reference:
        raise ServerFault("what a kind can be about has no reference")
    return Matter(_name(matter.reference), _text(matter.label), _text(matter.label_en), _refusal(matter.refusal))


def _refusal(reason: str) -> RefusalReason | None:
    return _word(RefusalReason, reason) if reason else None


def _member(member: wire.Member) -> Member:
    return Member(_name(member.reference), _text(member.name), member.self, _word(Circle, member.circle))


def _purpose(purpose: wire.Purpose) -> Purpose:
    advice = _word(Advice, purpose.advice)
    if not purpose.kind and (advice is Advice.ORDER or purpose.scope or purpose.options):
        raise ServerFault("a purpose names nothing to order and no advice instead, or choices of nothing")
    return Purpose(
        code=_name(purpose.code),
        suggests=_suggestion(purpose) if purpose.kind else None,
        advice=advice,
        name=_text(purpose.name),
        name_en=_text(purpose.name_en),
        note=_text(purpose.note),
        note_en=_text(purpose.note_en),
    )


def _suggestion(purpose: wire.Purpose) -> Suggestion:
    return Suggestion(
        kind=_word(CertificateKind, purpose.kind),
        scope=_word(Scope, purpose.scope),
        options=frozenset(_all(purpose.options, lambda word: _word(Option, word))),
    )


def _word(words: type[_Word], value: str) -> _Word:
    try:
        return words(value)
    except ValueError as error:
        raise ServerFault(f"the server used an unknown {words.__name__}") from error


def _name(value: str) -> str:
    if len(value.encode()) > MAX_NAME:
        raise ServerFault("a name is longer than evidence holds")
    return value


def _text(value: str) -> str:
    if len(value) > MAX_TEXT:
        raise ServerFault("a text of the server is longer than any screen")
    return value


def _minute(of_day: int) -> int:
    if of_day > MINUTES_OF_DAY:
        raise ServerFault("a time is not on any day")
    return of_day


def _moment(unix: int) -> int:
    if not 0 < unix < LAST_MOMENT:
        raise ServerFault("a moment is not in this age")
    return unix


def _fee(yen: int) -> int:
    if yen > MAX_FEE_YEN:
        raise ServerFault("a fee is higher than any")
    return yen


def _all(parts: Sequence[_Part], convert: Callable[[_Part], _Value]) -> tuple[_Value, ...]:
    if len(parts) > MAX_ROWS:
        raise ServerFault("a list of the server is longer than any")
    return tuple(convert(part) for part in parts)
