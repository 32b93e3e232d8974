"""What the checking page needs of the rest of the server, and gets from composition."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from certserver.pipeline.sheet_status import SheetStatus


class StatusBook(Protocol):
    """The ledger, for one question."""

    def status(self, document_no: str, content_hash: bytes) -> SheetStatus | None:
        """Of the document of this number (16 plain characters) that has a page of this hash, None when there is none.
        Raises `CertServerError`."""
        ...


class TrustListShelf(Protocol):
    """Where the newest trust list lies."""

    def newest(self) -> tuple[bytes, bytes] | None:
        """Signature and list as they were signed, or None when there is none yet. Raises `CertServerError`."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class ComparedFace:
    """The face of a page (from 1) for people to see, as PNG: straightened with what differs framed, and each place
    large, in the order of their numbers (from 1)."""

    page: int
    framed: bytes
    closeups: Sequence[bytes]

    def __repr__(self) -> str:
        return f"<ComparedFace of page {self.page}>"


@dataclass(frozen=True, slots=True, repr=False)
class ComparedPictures:
    """What comparing found: a report by language ("ja", "en") as it goes out in JSON, and the faces."""

    reports: Mapping[str, Mapping[str, object]]
    faces: Sequence[ComparedFace]

    def __repr__(self) -> str:
        return f"<ComparedPictures, {len(self.faces)} faces>"


class Comparison(Protocol):
    """Compares pictures of face and back with what was signed, apart from this process."""

    def compare(self, pictures: Sequence[bytes]) -> ComparedPictures:
        """One document's pictures. Takes seconds; keeps nothing. Raises `CertServerError`."""
        ...


@dataclass(frozen=True, slots=True)
class CheckingParts:
    """Everything the page stands on. `hosts` are the names it answers to, `centre` the raw key of the issuance centre;
    without a book nobody can ask for a status, without a comparison nobody can send pictures."""

    hosts: Collection[str]
    centre: bytes
    shelf: TrustListShelf
    elapsed: Callable[[], float]
    book: StatusBook | None = None
    comparison: Comparison | None = None
