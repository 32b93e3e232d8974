"""A form bundle: what all sheets of a municipality share for as long as its settings stand. A page names the one it was
drawn with by hash, so that whoever has it draws the page again; nothing of a resident is in it."""

from dataclasses import dataclass
from hashlib import sha256

from koufu.evidence.bitmap import Bitmap, coded, read_bitmap, write_bitmap
from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.sizes import HASH_BYTES
from koufu.evidence.trustlist import Signatory
from koufu.evidence.words import CertificateKind

BUNDLE_DOMAIN = "koufu/bundle/1"
BUNDLE_FOLDER, BUNDLE_SUFFIX = "bundles", ".bundle"
"""Where bundles lie beside the trust list that names them, each under its hash in hex."""

_MAX_MAYOR_LINES = 4
_MAX_CLAUSES = 64
_MAX_FORMS = 32
_MAX_FONTS = 32
_SHORT, _LONG = 64, 512


@dataclass(frozen=True, slots=True)
class CheckingWords:
    """What the back says about checking: web address, office, telephone and hours."""

    web_address: str
    office: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class BundleClause:
    """A certification clause, for a document of everybody (`whole`) or of a part."""

    kind: CertificateKind
    whole: bool
    text: str


@dataclass(frozen=True, slots=True)
class BundleFont:
    """A font file by what it is for, its place there (from 0), and the SHA-256 of its bytes."""

    face: str
    place: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class FormBundle:
    """`since` is the Unix second from which it counts; `mayor` are the lines of the mayor as printed; `forms` name the
    chosen form of each kind."""

    municipality: str
    since: int
    prefecture: str
    name: str
    mayor: tuple[str, ...]
    official_seal: Bitmap
    clauses: tuple[BundleClause, ...]
    checking: CheckingWords
    forms: tuple[tuple[CertificateKind, str], ...]
    fonts: tuple[BundleFont, ...]

    def to_bytes(self) -> bytes:
        """The canonical bytes of the bundle."""
        writer = Writer(BUNDLE_DOMAIN)
        writer.text(self.municipality)
        writer.number(self.since)
        writer.text(self.prefecture)
        writer.text(self.name)
        writer.texts(self.mayor)
        write_bitmap(writer, self.official_seal, coded(self.official_seal))
        writer.number(len(self.clauses))
        for clause in self.clauses:
            writer.text(clause.kind.value)
            writer.number(int(clause.whole))
            writer.text(clause.text)
        for words in (self.checking.web_address, self.checking.office, self.checking.phone, self.checking.hours):
            writer.text(words)
        writer.number(len(self.forms))
        for kind, form in self.forms:
            writer.text(kind.value)
            writer.text(form)
        writer.number(len(self.fonts))
        for font in self.fonts:
            writer.text(font.face)
            writer.number(font.place)
            writer.raw(font.sha256)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "FormBundle":
        """The bundle in these bytes, or `MalformedEvidence`."""
        reader = Reader(BUNDLE_DOMAIN, evidence)
        try:
            bundle = cls(
                municipality=reader.text(limit=6),
                since=reader.number(),
                prefecture=reader.text(limit=_SHORT),
                name=reader.text(limit=_SHORT),
                mayor=reader.texts(count=_MAX_MAYOR_LINES, limit=_LONG),
                official_seal=read_bitmap(reader)[0],
                clauses=tuple(_read_clause(reader) for _ in range(reader.number(limit=_MAX_CLAUSES))),
                checking=CheckingWords(*(reader.text(limit=_LONG) for _ in range(4))),
                forms=tuple(
                    (CertificateKind(reader.text(limit=_SHORT)), reader.text(limit=_SHORT))
                    for _ in range(reader.number(limit=_MAX_FORMS))
                ),
                fonts=tuple(_read_font(reader) for _ in range(reader.number(limit=_MAX_FONTS))),
            )
        except ValueError as error:
            raise MalformedEvidence(str(error)) from error
        reader.finish()
        return bundle


@dataclass(frozen=True, slots=True)
class SignedBundle:
    """A bundle's bytes and the municipality's Ed25519 signature over them."""

    evidence: bytes
    signature: bytes

    @property
    def hash(self) -> bytes:
        """What pages name it by: SHA-256 of its bytes."""
        return sha256(self.evidence).digest()


def open_bundle_of(signatory: Signatory, signed: SignedBundle) -> FormBundle:
    """The bundle, if a key of the municipality signed it, whenever: until when its pages count, the keys that signed
    them say. Raises `BadSignature` or `MalformedEvidence`."""
    if signatory.signed(signed.evidence, signed.signature) is None:
        raise BadSignature("no key of the municipality signed this form bundle")
    bundle = FormBundle.from_bytes(signed.evidence)
    if bundle.municipality != signatory.municipality:
        raise MalformedEvidence("a form bundle is of another municipality")
    return bundle


def _read_clause(reader: Reader) -> BundleClause:
    return BundleClause(CertificateKind(reader.text(limit=_SHORT)), bool(reader.number(limit=1)), reader.text())


def _read_font(reader: Reader) -> BundleFont:
    return BundleFont(reader.text(limit=_SHORT), reader.number(limit=_MAX_FONTS), reader.raw(exactly=HASH_BYTES))
