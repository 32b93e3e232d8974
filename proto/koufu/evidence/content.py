"""The canonical content of one printed page: with the form bundle that it names, all that is needed to draw the page
again. Each page holds the hash of the one before, so that a document's pages hold together (I5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from koufu.evidence.bitmap import Bitmap, coded, read_bitmap, write_bitmap
from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.sizes import HASH_BYTES, MAX_PAGES
from koufu.evidence.words import CertificateKind

PAGE_DOMAIN = "koufu/page/3"
MAX_ENTRIES = 512
MAX_PICTURES = 4

NOT_COVERED = "【署名の対象外】"
"""The text of an entry that stands on the page and that the municipality does not sign: an individual number or a
resident-record code (I11)."""

REGISTERED_SEAL = "imprint"
"""The name of the picture of a registered seal, on whatever page it stands."""

FIRST = bytes(HASH_BYTES)
"""In place of the hash of a page before the first."""

_MAX_NAME, _MAX_LABEL = 64, 512


@dataclass(frozen=True, slots=True, repr=False)
class PageEntry:
    """One value of a page. `name` is its stable short name; `label` and `text` are as printed, aligning figure spaces
    included; the label is empty where none stands at the value."""

    name: str
    label: str
    text: str

    def __repr__(self) -> str:
        return f"<PageEntry {self.name}>"


@dataclass(frozen=True, slots=True, repr=False)
class PagePicture:
    """A picture of a page, such as a registered seal, and its code; `picture_of` makes one."""

    name: str
    bitmap: Bitmap
    code: bytes

    def __repr__(self) -> str:
        return f"<PagePicture {self.name}>"


def picture_of(name: str, bitmap: Bitmap) -> PagePicture:
    """A picture under a name."""
    return PagePicture(name, bitmap, coded(bitmap))


@dataclass(frozen=True, slots=True, repr=False)
class PageContent:
    """Everything a person reads on one page but the form's own words. `form` names form and version, `bundle` is the
    hash of the form bundle, `page` counts from 1, `previous` is the hash of the page before, `issued_at` in Unix
    seconds, `ground` names the profile of the copy-warning ground under it, `entries` are in reading order, each name
    once. What a resident left out by choice is not among them."""

    municipality: str
    kind: CertificateKind
    form: str
    bundle: bytes
    document_no: str
    page: int
    pages: int
    previous: bytes
    issued_at: int
    ground: str
    entries: tuple[PageEntry, ...]
    pictures: tuple[PagePicture, ...] = ()

    def __repr__(self) -> str:
        return f"<PageContent {self.kind.value} {self.page}/{self.pages}, {len(self.entries)} entries>"

    def to_bytes(self) -> bytes:
        """The canonical bytes of the page."""
        writer = Writer(PAGE_DOMAIN)
        writer.text(self.municipality)
        writer.text(self.kind.value)
        writer.text(self.form)
        writer.raw(self.bundle)
        writer.text(self.document_no)
        writer.number(self.page)
        writer.number(self.pages)
        writer.raw(self.previous)
        writer.number(self.issued_at)
        writer.text(self.ground)
        writer.number(len(self.entries))
        for entry in self.entries:
            writer.text(entry.name)
            writer.text(entry.label)
            writer.text(entry.text)
        writer.number(len(self.pictures))
        for picture in self.pictures:
            writer.text(picture.name)
            write_bitmap(writer, picture.bitmap, picture.code)
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
                bundle=reader.raw(exactly=HASH_BYTES),
                document_no=parse_document_number(reader.text(limit=16)),
                page=reader.number(limit=MAX_PAGES),
                pages=reader.number(limit=MAX_PAGES),
                previous=reader.raw(exactly=HASH_BYTES),
                issued_at=reader.number(),
                ground=reader.text(limit=_MAX_NAME),
                entries=tuple(_read_entry(reader) for _ in range(reader.number(limit=MAX_ENTRIES))),
                pictures=tuple(_read_picture(reader) for _ in range(reader.number(limit=MAX_PICTURES))),
            )
        except ValueError as error:
            raise MalformedEvidence(str(error)) from error
        reader.finish()
        if not 1 <= content.page <= content.pages:
            raise MalformedEvidence("a page of a document has an impossible number")
        if (content.page == 1) != (content.previous == FIRST):
            raise MalformedEvidence("only the first page of a document has none before it")
        for named in (content.entries, content.pictures):
            if len({one.name for one in named}) != len(named):
                raise MalformedEvidence("a page says one thing twice")
        return content


def hash_of(evidence: bytes) -> bytes:
    """The hash of a page, by its canonical bytes: SHA-256. It stands in the next page and in the statement."""
    return sha256(evidence).digest()


def linked(contents: Iterable[PageContent]) -> Iterator[tuple[PageContent, bytes]]:
    """The pages of one document in their order, each with the hash of the one before in place of what it had there, and
    its canonical bytes."""
    previous = FIRST
    for content in contents:
        page = replace(content, previous=previous)
        evidence = page.to_bytes()
        yield page, evidence
        previous = hash_of(evidence)


def _read_entry(reader: Reader) -> PageEntry:
    return PageEntry(reader.text(limit=_MAX_NAME), reader.text(limit=_MAX_LABEL), reader.text())


def _read_picture(reader: Reader) -> PagePicture:
    return PagePicture(reader.text(limit=_MAX_NAME), *read_bitmap(reader))
