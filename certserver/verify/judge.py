"""Is this document true: holds seal codes against the keys, faces against backs, and pages against each other (I5).
Only what the municipality's key signed counts; a doubt is never good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.verify.symbols import Found
from koufu.evidence.content import PageContent, hash_of
from koufu.evidence.errors import BadSignature, MalformedEvidence
from koufu.evidence.facecode import BUNDLE_PREFIX_BYTES, CONTENT_PREFIX_BYTES, FaceCode
from koufu.evidence.sealcode import key_id_of as key_id_in
from koufu.evidence.sealcode import open_payload
from koufu.evidence.trustlist import KeyStanding, ListedKey, TrustList, public_key_id


class Verdict(Enum):
    """What can be said about a document."""

    GOOD = "good"
    """Signed by a known key, whole, and face and back belong together."""
    BAD = "bad"
    """Something contradicts something else."""
    UNREADABLE = "unreadable"
    """Nothing contradicts, but not enough was read to say more."""


class Reason(Enum):
    """Why a document is not good."""

    NO_CODE = "no-code"
    NO_FACE = "no-face"
    NO_SEAL_CODE = "no-seal-code"
    BROKEN_SEAL_CODE = "broken-seal-code"
    PAGE_MISSING = "page-missing"
    UNKNOWN_KEY = "unknown-key"
    KEY_OF_ANOTHER = "key-of-another-municipality"
    KEY_NOT_YET_VALID = "key-not-yet-valid"
    """The issue time that was signed lies before the key's first instant."""
    KEY_EXPIRED = "key-expired"
    """The issue time that was signed lies after the key's end."""
    KEY_REVOKED = "key-revoked"
    """The issue time lies after the key's revocation, or the key was in wrong hands and speaks for nothing."""
    TRUST_LIST_FORGED = "trust-list-forged"
    """Not signed by the centre the recipient knows. As with all that is wrong with a list, nothing was read then."""
    TRUST_LIST_MALFORMED = "trust-list-malformed"
    TRUST_LIST_NOT_YET_VALID = "trust-list-not-yet-valid"
    TRUST_LIST_EXPIRED = "trust-list-expired"
    TRUST_LIST_OLDER = "trust-list-older"
    """A newer list was seen before: a key may have been revoked in between."""
    WRONG_SIGNATURE = "wrong-signature"
    WRONG_CONTENT = "wrong-content"
    """Signed, but no page of a document, or not the one its symbols name."""
    SEVERAL_DOCUMENTS = "several-documents"
    PAGES_DIFFER = "pages-differ"
    FACE_OF_ANOTHER = "face-of-another"
    """The face's code names another document, page, or content than the back's."""
    TWO_FACES = "two-faces"
    TWO_BACKS = "two-backs"

    @property
    def verdict(self) -> Verdict:
        """The verdict that follows when there is no worse reason."""
        return Verdict.UNREADABLE if self in _NOTHING_SAID else Verdict.BAD


_NOTHING_SAID = frozenset(
    {
        *(Reason.NO_CODE, Reason.NO_FACE, Reason.NO_SEAL_CODE, Reason.BROKEN_SEAL_CODE, Reason.PAGE_MISSING),
        *(Reason.TRUST_LIST_FORGED, Reason.TRUST_LIST_MALFORMED, Reason.TRUST_LIST_OLDER),
        *(Reason.TRUST_LIST_NOT_YET_VALID, Reason.TRUST_LIST_EXPIRED),
    }
)
"""Reasons that say nothing against the document."""

_STANDINGS = {
    KeyStanding.NOT_YET_VALID: Reason.KEY_NOT_YET_VALID,
    KeyStanding.EXPIRED: Reason.KEY_EXPIRED,
    KeyStanding.REVOKED: Reason.KEY_REVOKED,
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason and the page it is about (from 1), None when it is about the whole."""

    reason: Reason
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key, the only municipality it may speak for, and what the trust list says of it; None for what was not said."""

    key: Ed25519PublicKey
    municipality: str | None
    listed: ListedKey | None = None


Keys = Mapping[bytes, TrustedKey]
"""By key id."""


@dataclass(frozen=True, slots=True, repr=False)
class Findings:
    """Why a document is not good, and its signed pages in their order."""

    doubts: tuple[Doubt, ...]
    contents: tuple[PageContent, ...]

    @property
    def verdict(self) -> Verdict:
        """What follows from the doubts, the worst first; without a signed page nothing is good."""
        verdicts = {doubt.reason.verdict for doubt in self.doubts}
        if Verdict.BAD in verdicts:
            return Verdict.BAD
        return Verdict.UNREADABLE if verdicts or not self.contents else Verdict.GOOD

    @property
    def document_no(self) -> str | None:
        """Of the document, as far as a signed page tells."""
        return self.contents[0].document_no if self.contents else None

    @property
    def pages(self) -> int:
        """How many the document has, 0 when no signed page tells."""
        return self.contents[0].pages if self.contents else 0

    def __repr__(self) -> str:
        return f"<Findings {self.verdict.value}, {len(self.doubts)} doubts>"


def trusted(raw_keys: Iterable[bytes], trust_list: TrustList | None = None) -> Keys:
    """Keys given one by one (32 bytes each, for whatever municipality and at any time), and those of a trust list that
    was opened; where both name a key, the list decides."""
    keys = {public_key_id(raw): TrustedKey(Ed25519PublicKey.from_public_bytes(raw), None) for raw in raw_keys}
    for signatory in trust_list.signatories if trust_list is not None else ():
        for listed in signatory.keys:
            key = Ed25519PublicKey.from_public_bytes(listed.raw)
            keys[listed.key_id] = TrustedKey(key, signatory.municipality, listed)
    return keys


def judge(found: Iterable[Found], keys: Keys) -> Findings:
    """Judges the codes that were found in pictures of all faces and backs of one document, in any order."""
    doubts: list[Doubt] = []
    faces: set[FaceCode] = set()
    contents: dict[int, PageContent] = {}
    for picture in found:
        faces |= set(picture.faces)
        if picture.broken is not None:
            doubts.append(Doubt(Reason.BROKEN_SEAL_CODE))
        if picture.seal_code is None:
            continue
        opened = _opened(picture, keys)
        if isinstance(opened, Reason):
            doubts.append(Doubt(opened, picture.seal_code.header.page))
        elif (first := contents.setdefault(opened.page, opened)) != opened:
            several = first.document_no != opened.document_no
            doubts.append(Doubt(Reason.SEVERAL_DOCUMENTS) if several else Doubt(Reason.TWO_BACKS, opened.page))
    pages = tuple(contents[page] for page in sorted(contents))
    if not pages:
        if not doubts:
            doubts.append(Doubt(Reason.NO_SEAL_CODE if faces else Reason.NO_CODE))
        return Findings(tuple(dict.fromkeys(doubts)), ())
    doubts += _doubts_between(pages)
    doubts += _doubts_about_faces(pages, faces)
    return Findings(tuple(dict.fromkeys(doubts)), pages)


def _opened(picture: Found, keys: Keys) -> PageContent | Reason:
    """The signed content of a back, or why there is none."""
    found = picture.seal_code
    assert found is not None
    trusted_key = keys.get(key_id_in(found.payload))
    if trusted_key is None:
        return Reason.UNKNOWN_KEY
    try:
        content = open_payload(found.payload, trusted_key.key)
    except BadSignature:
        return Reason.WRONG_SIGNATURE
    except MalformedEvidence:
        return Reason.WRONG_CONTENT
    if trusted_key.municipality not in (None, content.municipality):
        return Reason.KEY_OF_ANOTHER
    # The instant that was signed counts: paper outlives its key, and a key signs nothing before or after its time.
    standing = KeyStanding.SPEAKS if trusted_key.listed is None else trusted_key.listed.standing(content.issued_at)
    if standing is not KeyStanding.SPEAKS:
        return _STANDINGS[standing]
    header = found.header
    if (content.document_no, content.page, content.pages) != (header.document_no, header.page, header.pages):
        return Reason.WRONG_CONTENT
    if not 1 <= content.page <= content.pages:
        return Reason.WRONG_CONTENT
    return content


def _doubts_between(pages: tuple[PageContent, ...]) -> list[Doubt]:
    """Pages of one document agree in everything but their number and what they say, each names the hash of the one
    before, and none is missing."""
    first = pages[0]
    if len({page.document_no for page in pages}) != 1:
        return [Doubt(Reason.SEVERAL_DOCUMENTS)]
    doubts = [
        Doubt(Reason.PAGES_DIFFER, page.page)
        for page in pages[1:]
        if (page.municipality, page.kind, page.form, page.bundle, page.pages, page.issued_at, page.ground)
        != (first.municipality, first.kind, first.form, first.bundle, first.pages, first.issued_at, first.ground)
    ]
    before = {page.page + 1: hash_of(page.to_bytes()) for page in pages}
    doubts += [
        Doubt(Reason.PAGES_DIFFER, page.page) for page in pages if before.get(page.page, page.previous) != page.previous
    ]
    there = {page.page for page in pages}
    return doubts + [Doubt(Reason.PAGE_MISSING, page) for page in range(1, first.pages + 1) if page not in there]


def _doubts_about_faces(pages: tuple[PageContent, ...], faces: set[FaceCode]) -> list[Doubt]:
    """Each page has one face, and its code names the signed content of this page, and so all pages before it."""
    doubts = []
    expected = {
        page.page: FaceCode(
            municipality=page.municipality,
            document_no=page.document_no,
            page=page.page,
            pages=page.pages,
            content_prefix=hash_of(page.to_bytes())[:CONTENT_PREFIX_BYTES],
            bundle_prefix=page.bundle[:BUNDLE_PREFIX_BYTES],
        )
        for page in pages
    }
    seen = set()
    for face in sorted(faces, key=FaceCode.to_bytes):
        if face.page in seen:
            doubts.append(Doubt(Reason.TWO_FACES, face.page))
        seen.add(face.page)
        of_document = (face.document_no, face.pages) == (pages[0].document_no, pages[0].pages)
        if not of_document or face.page > face.pages or face != expected.get(face.page, face):
            doubts.append(Doubt(Reason.FACE_OF_ANOTHER, face.page))
    return doubts + [Doubt(Reason.NO_FACE, page.page) for page in pages if page.page not in seen]
