"""Binds a rendered document to its proven order and puts it away encrypted; and holds what was put away against the
order before anything is released (I1, I5). A document that does not hold is an integrity alarm, never a retry."""

import hmac
from collections.abc import Iterator
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from certserver.errors import IntegrityAlarm, StorageError
from certserver.pipeline.orders import StoredDocument
from certserver.ports import Entropy
from certserver.signing.secrets import Vault
from certserver.stages import (
    DocumentStamp,
    EligibleLine,
    PreparedDocument,
    RenderedDocument,
    ordered_copies,
)
from koufu.evidence.codec import Writer
from koufu.evidence.content import FIRST, PageContent, hash_of
from koufu.evidence.order import Order
from koufu.evidence.sizes import MAX_PAGES
from koufu.evidence.statement import MAX_FILE_BYTES

KEY_BYTES = 32
NONCE_BYTES = 12


def require_rendered(rendered: RenderedDocument, line: EligibleLine, municipality: str, stamp: DocumentStamp) -> None:
    """Raises `IntegrityAlarm` unless the document is the one that was asked for: of this line and number, each page in
    its place of the chain, and about the persons of the line, all of them and nobody else."""
    if (rendered.kind, rendered.line, rendered.copy) != (line.line.kind, stamp.line, stamp.copy):
        raise IntegrityAlarm("a rendered document answers another order line")
    if rendered.document_no != stamp.document_no or not 0 < len(rendered.file) <= MAX_FILE_BYTES:
        raise IntegrityAlarm("a rendered document bears another number, or has an impossible length")
    pages = len(rendered.contents)
    if not 1 <= pages <= MAX_PAGES:
        raise IntegrityAlarm("a rendered document has no pages, or too many")
    for at, page in enumerate(rendered.contents, start=1):
        of_page = (page.municipality, page.kind, page.document_no, page.page, page.pages, page.issued_at)
        if of_page != (municipality, line.line.kind, stamp.document_no, at, pages, stamp.issued_at):
            raise IntegrityAlarm(f"page {at} belongs to another document")
    hashes = tuple(hash_of(page.to_bytes()) for page in rendered.contents)
    if hashes != rendered.content_hashes:
        raise IntegrityAlarm("the hashes of a rendered document are not those of its pages")
    if any(page.previous != before for page, before in zip(rendered.contents, (FIRST, *hashes), strict=False)):
        raise IntegrityAlarm("the pages of a rendered document do not follow each other")
    if any(page.bundle != rendered.bundle.hash for page in rendered.contents):
        raise IntegrityAlarm("a page names another form bundle than it was drawn with")
    if _names(rendered.contents) != line.extract.names:
        raise IntegrityAlarm("a rendered document shows other persons than were ordered")


def _names(contents: tuple[PageContent, ...]) -> tuple[str, ...]:
    """The names that the pages bear, in reading order: entries `name` or `N.name`."""
    entries = (entry for page in contents for entry in page.entries)
    return tuple(entry.text for entry in entries if entry.name == "name" or entry.name.endswith(".name"))


def put_away(rendered: RenderedDocument, entropy: Entropy) -> PreparedDocument:
    """The document encrypted under a key of its own."""
    key, nonce = entropy(KEY_BYTES), entropy(NONCE_BYTES)
    return PreparedDocument(
        kind=rendered.kind,
        line=rendered.line,
        copy=rendered.copy,
        document_no=rendered.document_no,
        bundle=rendered.bundle,
        pages=len(rendered.content_hashes),
        content_hashes=rendered.content_hashes,
        file_hash=sha256(rendered.file).digest(),
        file_length=len(rendered.file),
        encrypted=nonce + AESGCM(key).encrypt(nonce, rendered.file, None),
        key=key,
    )


def document_row(
    prepared: PreparedDocument, fee: int, municipality: str, order_id: bytes, proof_hash: bytes, vault: Vault
) -> dict[str, object]:
    """The row of a prepared document: its key encrypted, what it is bound to the proof by a MAC under that key.
    `fee` in yen for this copy."""
    return {
        "municipality": municipality,
        "order_id": order_id,
        "line": prepared.line,
        "copy": prepared.copy,
        "kind": prepared.kind.value,
        "fee": fee,
        "document_no": prepared.document_no,
        "pages": prepared.pages,
        "content_hashes": b"".join(prepared.content_hashes),
        "file_hash": prepared.file_hash,
        "file_length": prepared.file_length,
        "binding": _binding(prepared, proof_hash, prepared.key),
        "encrypted_key": vault.close(prepared.key, _key_context(order_id, prepared.document_no)),
        "encrypted": prepared.encrypted,
    }


def open_documents(
    stored: tuple[StoredDocument, ...], order: Order, proof_hash: bytes, vault: Vault
) -> Iterator[tuple[StoredDocument, bytes]]:
    """Each stored document with its key, in the order of printing. Raises `IntegrityAlarm` unless there is exactly one
    for every ordered copy, of the ordered kind, and each is bound to this very proof."""
    if tuple((document.line, document.copy) for document in stored) != ordered_copies(order.lines):
        raise IntegrityAlarm("the stored documents are not those that were ordered")
    if len({document.document_no for document in stored}) != len(stored):
        raise IntegrityAlarm("two stored documents bear the same document number")
    for document in stored:
        if document.kind is not order.lines[document.line].kind or document.pages != len(document.content_hashes):
            raise IntegrityAlarm("a stored document is not of the ordered kind")
        try:
            key = vault.open(document.encrypted_key, _key_context(order.order_id, document.document_no))
        except StorageError as error:
            raise IntegrityAlarm("a stored document's key belongs to another document") from error
        if not hmac.compare_digest(_binding(document, proof_hash, key), document.binding):
            raise IntegrityAlarm("a stored document is bound to another order")
        yield document, key


def _key_context(order_id: bytes, document_no: str) -> bytes:
    return b"document key " + order_id + document_no.encode()


def _binding(document: PreparedDocument | StoredDocument, proof_hash: bytes, key: bytes) -> bytes:
    writer = Writer("koufu/binding/1")
    writer.raw(proof_hash)
    writer.text(document.kind.value)
    writer.number(document.line)
    writer.number(document.copy)
    writer.text(document.document_no)
    writer.number(document.pages)
    writer.raw(b"".join(document.content_hashes))
    writer.raw(document.file_hash)
    writer.number(document.file_length)
    return hmac.digest(key, writer.done(), "sha256")
