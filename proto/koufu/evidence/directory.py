"""The signed directory: which server answers for which municipality. Whose keys to believe stands in the trust list
(`koufu.evidence.trustlist`) and nowhere else."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from koufu.evidence.codec import Reader, Writer
from koufu.evidence.errors import BadSignature

DIRECTORY_DOMAIN = "koufu/directory/3"
MAX_ENTRIES = 2_000
"""There are 1,741 municipalities in Japan."""
MAX_DIRECTORY = 1024 * 1024
"""Bytes of a directory that are looked at."""


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """Code (6 digits), names (kana in hiragana), prefecture, and `host:port` of the server.
    `koseki`: it serves people for their koseki wherever they live."""

    municipality: str
    name: str
    name_kana: str
    name_en: str
    prefecture: str
    prefecture_en: str
    koseki: bool
    address: str


@dataclass(frozen=True, slots=True)
class Directory:
    """All municipalities of one issuance centre, valid from `issued_at` until `expires_at` (Unix seconds)."""

    entries: tuple[DirectoryEntry, ...]
    issued_at: int
    expires_at: int

    def entry(self, municipality: str) -> DirectoryEntry | None:
        """The entry of a municipality, or None when it does not take part."""
        return next((entry for entry in self.entries if entry.municipality == municipality), None)

    def to_bytes(self) -> bytes:
        """The bytes the issuance centre signs."""
        writer = Writer(DIRECTORY_DOMAIN)
        writer.number(self.issued_at)
        writer.number(self.expires_at)
        writer.number(len(self.entries))
        for entry in self.entries:
            writer.text(entry.municipality)
            writer.text(entry.name)
            writer.text(entry.name_kana)
            writer.text(entry.name_en)
            writer.text(entry.prefecture)
            writer.text(entry.prefecture_en)
            writer.number(int(entry.koseki))
            writer.text(entry.address)
        return writer.done()

    @classmethod
    def from_bytes(cls, evidence: bytes) -> "Directory":
        """The directory in these bytes, or `MalformedEvidence`."""
        reader = Reader(DIRECTORY_DOMAIN, evidence, limit=MAX_DIRECTORY)
        issued_at, expires_at = reader.number(), reader.number()
        entries = tuple(
            DirectoryEntry(
                municipality=reader.text(limit=6),
                name=reader.text(limit=256),
                name_kana=reader.text(limit=256),
                name_en=reader.text(limit=256),
                prefecture=reader.text(limit=256),
                prefecture_en=reader.text(limit=256),
                koseki=bool(reader.number(limit=1)),
                address=reader.text(limit=256),
            )
            for _ in range(reader.number(limit=MAX_ENTRIES))
        )
        reader.finish()
        return cls(entries, issued_at, expires_at)


def open_directory(evidence: bytes, signature: bytes, key: Ed25519PublicKey) -> Directory:
    """The directory, after its signature held. Raises `BadSignature` or `MalformedEvidence`."""
    try:
        key.verify(signature, evidence)
    except InvalidSignature as error:
        raise BadSignature("the issuance centre's key did not sign this directory") from error
    return Directory.from_bytes(evidence)
