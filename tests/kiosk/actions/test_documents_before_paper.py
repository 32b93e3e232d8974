"""The last look before paper: whatever does not answer the order is destroyed, and says what differs (I1, I5)."""

from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.attempt import AttemptOver
from kiosk.actions.documents import Check, open_checked
from kiosk.actions.pages import read_faces
from kiosk.flow.documents import AcceptedDocument
from kiosk.flow.effects import CheckDocuments
from kiosk.flow.events import DocumentsAccepted, DocumentsRejected
from koufu.evidence.facecode import FaceCode
from koufu.evidence.order import Order, ProvenOrder
from koufu.evidence.statement import SignedStatement
from koufu.evidence.words import CertificateKind
from tests.support.kiosk_actions import (
    ORDER,
    PROVEN,
    Heard,
    Made,
    attempts_with,
    encrypt,
    face,
    make,
)
from tests.support.sim_documents import coded_pdf, pdf

OWN = make()
OTHER_ORDER = ProvenOrder(replace(ORDER, order_id=b"order of another").to_bytes(), b"another card's answer")


def looked_at(*made: Made) -> tuple[DocumentsAccepted | DocumentsRejected, list[int]]:
    """What the check says, and how many bytes of each document may be printed."""
    attempts, heard = attempts_with(*made), Heard()
    documents = tuple(each.waiting for each in made)
    Check(attempts, read_faces).run(CheckDocuments(1, documents), heard)
    (event,) = heard.events
    assert isinstance(event, DocumentsAccepted | DocumentsRejected)
    return event, [len(open_checked(each)) for each in attempts.of(1).checked.values()]


def refiled(made: Made, file: bytes) -> Made:
    """The same with another file, rightly stated, so that only its pages are wrong."""

    stated = made.restated(file_hash=sha256(file).digest(), file_length=len(file))
    return replace(stated, file=file, encrypted=encrypt(file))


def test_documents_that_answer_their_order_are_accepted() -> None:
    both = (make(), make(line=1, number=b"9876543210"))
    event, printable = looked_at(*both)
    assert event == DocumentsAccepted(1, tuple(AcceptedDocument(each.waiting) for each in both))
    assert printable == [len(each.file) for each in both]


def test_every_page_of_a_long_document_is_read() -> None:
    event, _ = looked_at(make(sheets=3))
    assert isinstance(event, DocumentsAccepted)


HASHES = OWN.statement.content_hashes
NUMBER = OWN.statement.document_no
OTHER_NUMBER = make(number=b"9876543210").statement.document_no
LONG = make(sheets=2)
LONG_HASHES = LONG.statement.content_hashes

FALSIFIED = {
    "signature": replace(OWN, signed=SignedStatement(OWN.signed.evidence, bytes(64))),
    "signature of another municipality": replace(
        OWN,
        signed=SignedStatement(OWN.signed.evidence, Ed25519PrivateKey.generate().sign(OWN.signed.evidence)),
    ),
    "no statement at all": replace(OWN, signed=SignedStatement(b"", b"")),
    "statement about another order": make(proven=OTHER_ORDER),
    "statement about another proof": OWN.restated(proof_hash=bytes(32)),
    "statement about another order id": OWN.restated(order_id=bytes(16)),
    "statement of another municipality": OWN.restated(municipality="990001"),
    "statement about another line": OWN.restated(line=1),
    "statement about another copy": OWN.restated(copy=1),
    "statement about another kind": OWN.restated(kind=CertificateKind.SEAL_REGISTRATION),
    "statement about another document": OWN.restated(document_no=OTHER_NUMBER),
    "statement about more pages": OWN.restated(content_hashes=(*HASHES, *HASHES)),
    "statement about a longer file": OWN.restated(file_length=len(OWN.file) + 1),
    "statement about another file": OWN.restated(file_hash=bytes(32)),
    "another document's key": replace(OWN, key=bytes(32)),
    "a changed byte": replace(OWN, encrypted=OWN.encrypted[:-1] + bytes((OWN.encrypted[-1] ^ 1,))),
    "bytes that are cut short": replace(OWN, encrypted=OWN.encrypted[:20]),
    "a face of another document": refiled(OWN, coded_pdf([face(OTHER_NUMBER, 1, 1, HASHES[0])])),
    "a face with other content": refiled(OWN, coded_pdf([face(NUMBER, 1, 1, bytes(32))])),
    "a face of another municipality": refiled(OWN, coded_pdf([face(NUMBER, 1, 1, HASHES[0], "990001")])),
    "a face that says 2 of 2": refiled(OWN, coded_pdf([face(NUMBER, 2, 2, HASHES[0])])),
    "a face that says 1 of 2": refiled(OWN, coded_pdf([face(NUMBER, 1, 2, HASHES[0])])),
    "one page more": refiled(OWN, coded_pdf([face(NUMBER, 1, 1, HASHES[0]), face(NUMBER, 1, 1, HASHES[0])])),
    "no PDF": refiled(OWN, b"no PDF at all"),
    "page 2 of another person": refiled(
        LONG,
        coded_pdf([face(LONG.statement.document_no, 1, 2, LONG_HASHES[0]), face(OTHER_NUMBER, 2, 2, LONG_HASHES[1])]),
    ),
}
EXPECTED = {
    "signature": "signature",
    "signature of another municipality": "signature",
    "no statement at all": "signature",
    "statement about another order": "proof",
    "statement about another proof": "proof",
    "statement about another order id": "order",
    "statement of another municipality": "municipality",
    "statement about another line": "line",
    "statement about another copy": "copy",
    "statement about another kind": "kind",
    "statement about another document": "document number",
    "statement about more pages": "pages",
    "statement about a longer file": "length",
    "statement about another file": "file",
    "another document's key": "key",
    "a changed byte": "key",
    "bytes that are cut short": "length",
    "a face of another document": "face",
    "a face with other content": "face",
    "a face of another municipality": "face",
    "a face that says 2 of 2": "face",
    "a face that says 1 of 2": "face",
    "one page more": "sheets",
    "no PDF": "sheets",
    "page 2 of another person": "face",
}


@pytest.mark.parametrize("name", FALSIFIED)
def test_i1_whatever_differs_is_an_alarm_that_says_what(name: str) -> None:
    assert looked_at(FALSIFIED[name]) == (DocumentsRejected(1, EXPECTED[name]), [])


def test_i1_one_bad_document_destroys_the_good_ones_too() -> None:
    bad = make(line=1, number=b"9876543210").restated(file_hash=bytes(32))
    assert looked_at(OWN, bad) == (DocumentsRejected(1, "file"), [])


def test_i5_one_document_never_stands_in_for_another_of_the_same_order() -> None:
    twin = replace(make(line=1), waiting=replace(make(line=1).waiting, line=1))
    assert looked_at(OWN, twin) == (DocumentsRejected(1, "document number"), [])


@pytest.mark.parametrize("page", [b"", b"0 0 100 100 re f"])
def test_i1_a_code_that_can_not_be_read_is_a_fault_and_no_alarm(page: bytes) -> None:
    assert looked_at(refiled(OWN, pdf([page, b""]))) == (DocumentsRejected(1, None), [])


def test_a_document_that_never_came_is_an_alarm() -> None:
    attempts, heard = attempts_with(OWN), Heard()
    attempts.of(1).released.clear()
    Check(attempts, read_faces).run(CheckDocuments(1, (OWN.waiting,)), heard)
    assert heard.last == DocumentsRejected(1, "missing")


def test_i2_a_check_that_ends_after_its_visit_leaves_nothing_plain() -> None:
    attempts, plains = attempts_with(OWN), []
    heard = Heard()

    def erased_meanwhile(plain: bytearray, sheets: int) -> tuple[FaceCode | None, ...] | None:
        plains.append(plain)
        faces = read_faces(plain, sheets)
        attempts.erase(1)
        return faces

    with pytest.raises(AttemptOver):
        Check(attempts, erased_meanwhile).run(CheckDocuments(1, (OWN.waiting,)), heard)
    assert not heard.events
    assert not any(plains[0])


def test_i11_a_check_that_breaks_leaves_nothing_plain() -> None:
    both = (OWN, make(line=1, number=b"9876543210"))
    attempts, plains = attempts_with(*both), []

    def broken_at_the_second(plain: bytearray, sheets: int) -> tuple[FaceCode | None, ...] | None:
        plains.append(plain)
        if len(plains) == 2:
            raise MemoryError
        return read_faces(plain, sheets)

    check = Check(attempts, broken_at_the_second)
    with pytest.raises(MemoryError):
        check.run(CheckDocuments(1, tuple(each.waiting for each in both)), Heard())
    assert not attempts.of(1).checked
    assert [any(plain) for plain in plains] == [False, False]


def test_the_order_is_what_the_card_proved() -> None:
    assert Order.from_bytes(PROVEN.evidence) == ORDER
