"""Sheets by what their codes hold, without a page drawn: quick, for all there are."""

from collections.abc import Iterable
from functools import cache

from certserver.documents.bundles import hold
from certserver.documents.forms import compose
from certserver.documents.telling import tell
from certserver.signing.municipal import MunicipalKey
from koufu.evidence.content import PageContent, hash_of
from koufu.evidence.facecode import BUNDLE_PREFIX_BYTES, CONTENT_PREFIX_BYTES, FaceCode
from koufu.evidence.sealcode import deflate, seal_payload, split
from tests.gallery.cases import cases
from tests.support.sheets import press
from tests.support.specimens import KEY, stamp


@cache
def all_told() -> dict[str, tuple[PageContent, ...]]:
    """The pages of every sheet of the gallery, by its name."""
    return {
        name: tell(compose(case.line, case.profile), stamp(), hold(case.profile, press()._typefaces)).contents
        for name, case in cases().items()
    }


def back_of(content: PageContent, key: MunicipalKey = KEY) -> tuple[bytes, ...]:
    """The symbols of a page's back."""
    return symbols_of(content.to_bytes(), content, key)


def symbols_of(evidence: bytes, content: PageContent, key: MunicipalKey = KEY) -> tuple[bytes, ...]:
    """The symbols of any bytes that a key signed, under the numbers of a page."""
    return payload_symbols(sealed(deflate(evidence), key), content)


def sealed(deflated: bytes, key: MunicipalKey = KEY) -> bytes:
    """The payload of anything that was deflated."""
    return seal_payload(deflated, key.key_id, key.sign_page(deflated))


def payload_symbols(payload: bytes, content: PageContent) -> tuple[bytes, ...]:
    """A payload's symbols under the numbers of a page."""
    return split(payload, content.document_no, content.page, content.pages)


def face_of(content: PageContent) -> bytes:
    """The code of a page's face."""
    return FaceCode(
        municipality=content.municipality,
        document_no=content.document_no,
        page=content.page,
        pages=content.pages,
        content_prefix=hash_of(content.to_bytes())[:CONTENT_PREFIX_BYTES],
        bundle_prefix=content.bundle[:BUNDLE_PREFIX_BYTES],
    ).to_bytes()


def both_sides(contents: Iterable[PageContent]) -> list[list[bytes]]:
    """The codes of every side, a picture each."""
    return [side for content in contents for side in ([face_of(content)], list(back_of(content)))]
