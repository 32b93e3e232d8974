"""The canonical content of one printed page and the chain of hashes that holds a document's pages together (I5)."""

from dataclasses import dataclass
from hashlib import sha256

from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.statement import HASH_BYTES, MAX_PAGES
from koufu.evidence.words import CertificateKind

PAGE_DOMAIN = "koufu/page/1"
MAX_FIELDS = 512
NOT_COVERED = "【署名の対象外】"
"""The value of a field that stands on the page and that the municipality does not sign: an individual number or a
resident-record code (I11)."""

CHAIN_START = bytes(HASH_BYTES)


@dataclass(frozen=True, slots=True, repr=False)
class PageContent:
    """Everything a person reads on one page. `page` counts from 1; `form` names template and version;
    `fields` are (name, value) in reading order; `issued_at` in Unix seconds."""

    municipality: str
    kind: CertificateKind
    form: str
    document_no: str
    page: int
    pages: int
    issued_at: int
    fields: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return f"<PageContent {self.kind.value} {self.page}/{self.pages}, {len(self.fields)} fields>"

    def to_bytes(self) -> bytes:
        """The canonical bytes of the page."""
        writer = Writer(PAGE_DOMAIN)
        writer.text(self.municipality)
        writer.text(self.kind.value)
        writer.text(self.form)
        writer.text(self.document_no)
        writer.number(self.page)
        writer.number(self.pages)
        writer.number(self.issued_at)
        writer.number(len(self.fields))
        for name, value in self.fields:
            writer.text(name)
            writer.text(value)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "PageContent":
        """The page in these bytes, or `MalformedEvidence`."""
        reader = Reader(PAGE_DOMAIN, evidence)
        try:
            content = cls(
                municipality=reader.text(limit=6),
                kind=CertificateKind(reader.text(limit=32)),
                form=reader.text(limit=64),
                document_no=parse_document_number(reader.text(limit=16)),
                page=reader.number(limit=MAX_PAGES),
                pages=reader.number(limit=MAX_PAGES),
                issued_at=reader.number(),
                fields=tuple((reader.text(limit=64), reader.text()) for _ in range(reader.number(limit=MAX_FIELDS))),
            )
        except ValueError as error:
            raise MalformedEvidence(str(error)) from error
        reader.finish()
        if not 1 <= content.page <= content.pages:
            raise MalformedEvidence("a page of a document has an impossible number")
        return content


def chain(pages: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """One 32-byte hash a page: SHA-256 over the previous page's hash and this page's canonical bytes."""
    hashes: list[bytes] = []
    previous = CHAIN_START
    for page in pages:
        previous = sha256(previous + page).digest()
        hashes.append(previous)
    return tuple(hashes)
