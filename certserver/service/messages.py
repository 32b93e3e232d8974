"""Turns the server's own values into messages of the wire. Nothing is decided here."""

from collections.abc import Iterator
from hashlib import sha256

from certserver.municipality import Window
from certserver.pipeline.prepare import WaitingDocument
from certserver.rules.board import Board
from certserver.rules.offer import Offer
from certserver.rules.settings import Purpose
from certserver.stages import IssuedDocument, Refused
from koufu.evidence.words import RefusalReason
from koufu.v1 import issuance_pb2

CHUNK_BYTES = 512 * 1024
"""Most documents go in one; a gRPC client takes up to 4 MiB unless told otherwise."""


def window_message(window: Window) -> issuance_pb2.Window:
    """A window that can help."""
    return issuance_pb2.Window(
        place=window.place,
        hours=window.hours,
        phone=window.phone,
        bring=window.bring,
        place_en=window.place_en,
        hours_en=window.hours_en,
        bring_en=window.bring_en,
    )


def refusal_message(refused: Refused, window: Window | None) -> issuance_pb2.Refusal:
    """A refusal, with where to go instead."""
    return issuance_pb2.Refusal(
        reason=refused.reason.value,
        line=refused.line,
        window=None if window is None else window_message(window),
    )


def board_message(board: Board) -> issuance_pb2.Board:
    """The start screen."""
    closure = board.closure
    return issuance_pb2.Board(
        municipality_name=board.name,
        municipality_name_en=board.name_en,
        rows=[
            issuance_pb2.BoardRow(
                kind=row.kind.value,
                fee=row.fee,
                open_now=row.open_now,
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                weekdays_only=row.weekdays_only,
            )
            for row in board.rows
        ],
        closure_from=closure.since.isoformat() if closure else "",
        closure_to=closure.until.isoformat() if closure else "",
        closure_reason=closure.reason if closure else "",
        closure_reason_en=closure.reason_en if closure else "",
        window=window_message(board.window),
        refusal_texts=[
            issuance_pb2.RefusalText(
                reason=each.reason.value, text=each.text, text_en=each.text_en, counter=each.counter
            )
            for each in board.refusal_texts
        ],
    )


def offer_message(offer: Offer) -> issuance_pb2.Offer:
    """The offer of one session."""
    return issuance_pb2.Offer(
        offer_version=offer.version,
        session_nonce=offer.session_nonce,
        expires_at=offer.expires_at,
        kinds=[
            issuance_pb2.OfferedKind(
                kind=kind.kind.value,
                fee=kind.choices.fee,
                scopes=[scope.value for scope in kind.choices.scopes],
                options=[option.value for option in kind.choices.options],
                max_copies=kind.choices.max_copies,
                refusal=_reason(kind.refusal),
                matters=[
                    issuance_pb2.Matter(
                        reference=matter.reference,
                        label=matter.label,
                        label_en=matter.label_en,
                        refusal=_reason(matter.refusal),
                    )
                    for matter in kind.choices.matters
                ],
            )
            for kind in offer.kinds
        ],
        members=[
            issuance_pb2.Member(
                reference=member.reference, name=member.name, self=member.is_self, circle=member.circle.value
            )
            for member in offer.members
        ],
        purposes=[_purpose_message(purpose) for purpose in offer.purposes],
    )


def _purpose_message(purpose: Purpose) -> issuance_pb2.Purpose:
    return issuance_pb2.Purpose(
        code=purpose.code,
        kind=purpose.kind.value if purpose.kind else "",
        scope=purpose.scope.value if purpose.scope else "",
        options=[option.value for option in purpose.options],
        advice=purpose.advice.value,
        name=purpose.name,
        name_en=purpose.name_en,
        note=purpose.note,
        note_en=purpose.note_en,
    )


def _reason(refusal: RefusalReason | None) -> str:
    return refusal.value if refusal else ""


def prepared_messages(documents: tuple[WaitingDocument, ...]) -> Iterator[issuance_pb2.PrepareReply]:
    """Each document's description, then its bytes in chunks."""
    for document in documents:
        encrypted = document.encrypted
        yield issuance_pb2.PrepareReply(
            document=issuance_pb2.PreparedDocument(
                line=document.line,
                copy=document.copy,
                document_no=document.document_no,
                pages=document.pages,
                encrypted_hash=sha256(encrypted).digest(),
                encrypted_length=len(encrypted),
            )
        )
        for at in range(0, len(encrypted), CHUNK_BYTES):
            yield issuance_pb2.PrepareReply(chunk=encrypted[at : at + CHUNK_BYTES])


def issued_messages(documents: tuple[IssuedDocument, ...]) -> Iterator[issuance_pb2.ReleaseReply]:
    """Statement and key of each document."""
    for document in documents:
        yield issuance_pb2.ReleaseReply(
            issued=issuance_pb2.IssuedDocument(
                line=document.line,
                copy=document.copy,
                statement=document.statement.evidence,
                signature=document.statement.signature,
                key=document.key,
            )
        )
