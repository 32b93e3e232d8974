"""The last look before paper: every document is decrypted in memory, held against the order that the card proved and
wiped; it is plain again only while it is printed. Whatever differs is an integrity alarm, an unreadable code a fault;
then nothing at all is printed (I1, I5)."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.actions.attempt import Attempt, Attempts, CheckedDocument, wipe
from kiosk.actions.jobs import Tell
from kiosk.actions.pages import FaceReader
from kiosk.actions.server import EncryptedDocument, ReleasedDocument
from kiosk.errors import DocumentRejected
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.documents import AcceptedDocument, WaitingDocument
from koufu.evidence.errors import BadSignature, MalformedEvidence, StatementMismatch
from koufu.evidence.facecode import CONTENT_PREFIX_BYTES, FaceCode
from koufu.evidence.order import ProvenOrder
from koufu.evidence.statement import Statement, require_answer
from koufu.evidence.trustlist import Signatory, open_statement_of
from koufu.evidence.words import Mismatch

NONCE_BYTES = 12
TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class Check:
    """Holds documents against orders. All methods run on the paper lane."""

    attempts: Attempts
    read_faces: FaceReader

    def run(self, effect: do.CheckDocuments, tell: Tell) -> None:
        """Checks all documents of the attempt, or destroys them all."""
        attempt = self.attempts.of(effect.attempt)
        try:
            accepted = tuple(self._accept(attempt, document) for document in effect.documents)
            _require_all_different(attempt, effect.documents)
        except DocumentRejected as error:
            attempt.checked.clear()
            tell(rejected(attempt.number, error))
            return
        except BaseException:
            attempt.checked.clear()
            raise
        tell(on.DocumentsAccepted(attempt.number, accepted))

    def _accept(self, attempt: Attempt, document: WaitingDocument) -> AcceptedDocument:
        copy = (document.line, document.copy)
        encrypted, released = attempt.encrypted.get(copy), attempt.released.get(copy)
        if encrypted is None or released is None or attempt.proven is None or attempt.signatory is None:
            raise DocumentRejected(Mismatch.MISSING)
        statement = _answering(released, attempt.proven, document, attempt.signatory)
        plain = _room_for(encrypted)
        try:
            _decrypt(encrypted, released.key, statement, plain)
            _require_faces(self.read_faces(plain, document.sheets), statement)
        finally:
            wipe(plain)
        attempt.keep_checked(document, CheckedDocument(encrypted, released.key, statement))
        return AcceptedDocument(document)


def rejected(attempt: int, error: DocumentRejected) -> on.DocumentsRejected:
    """What the flow is told of it."""
    return on.DocumentsRejected(attempt, None if error.mismatch is None else error.mismatch.value)


def open_checked(checked: CheckedDocument) -> bytes:
    """The plain document, for the printer alone. Raises `DocumentRejected` when it is not what was checked."""
    plain = _room_for(checked.encrypted)
    try:
        _decrypt(checked.encrypted, checked.key, checked.statement, plain)
        return bytes(plain)
    finally:
        wipe(plain)


def _room_for(encrypted: EncryptedDocument) -> bytearray:
    return bytearray(max(len(encrypted.encrypted) - NONCE_BYTES - TAG_BYTES, 0))


def _answering(
    released: ReleasedDocument, proven: ProvenOrder, document: WaitingDocument, signatory: Signatory
) -> Statement:
    """The statement, if the municipality made it and it answers this order, line and copy."""
    try:
        statement = open_statement_of(signatory, released.statement)
        require_answer(statement, proven, document.line, document.copy)
    except (BadSignature, MalformedEvidence) as error:
        raise DocumentRejected(Mismatch.SIGNATURE) from error
    except StatementMismatch as error:
        raise DocumentRejected(error.mismatch) from error
    if statement.document_no != document.document_no:
        raise DocumentRejected(Mismatch.DOCUMENT_NUMBER)
    if len(statement.content_hashes) != document.sheets:
        raise DocumentRejected(Mismatch.PAGES)
    return statement


def _decrypt(encrypted: EncryptedDocument, key: bytes, statement: Statement, plain: bytearray) -> None:
    """Puts the file into `plain`, if it is the one the statement speaks of. The caller wipes it when this raises."""
    ciphertext = memoryview(encrypted.encrypted)
    if len(plain) != statement.file_length:
        raise DocumentRejected(Mismatch.LENGTH)
    try:
        AESGCM(key).decrypt_into(ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:], None, plain)
    except (InvalidTag, ValueError) as error:
        raise DocumentRejected(Mismatch.KEY) from error
    if sha256(plain).digest() != statement.file_hash:
        raise DocumentRejected(Mismatch.FILE)


def _require_faces(faces: tuple[FaceCode | None, ...] | None, statement: Statement) -> None:
    """Every face says itself, as it will look on paper, which document and which page it is."""
    if faces is None:
        raise DocumentRejected(Mismatch.SHEETS)
    if None in faces:
        raise DocumentRejected(None)
    pages = len(statement.content_hashes)
    for number, (face, content) in enumerate(zip(faces, statement.content_hashes, strict=True), start=1):
        assert face is not None
        found = (face.municipality, face.document_no, face.page, face.pages, face.content_prefix)
        if found != (statement.municipality, statement.document_no, number, pages, content[:CONTENT_PREFIX_BYTES]):
            raise DocumentRejected(Mismatch.FACE)


def _require_all_different(attempt: Attempt, documents: tuple[WaitingDocument, ...]) -> None:
    """No document stands in for another one of the same order."""
    if len({document.document_no for document in documents}) != len(documents):
        raise DocumentRejected(Mismatch.DOCUMENT_NUMBER)
    if len({each.statement.file_hash for each in attempt.checked.values()}) != len(attempt.checked):
        raise DocumentRejected(Mismatch.FILE)
