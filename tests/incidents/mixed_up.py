"""A document maker that mixes a document with the one made before, as those of the incidents did; each way of mixing
passes the checks by one thread only."""

from collections.abc import Callable
from dataclasses import replace

from certserver.municipality import MunicipalityProfile
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from koufu.evidence.content import FIRST, PageContent, PageEntry, hash_of, linked
from tests.support.server_documents import PlainDocuments

Mix = Callable[[RenderedDocument, RenderedDocument], RenderedDocument]


class MixedUp(PlainDocuments):
    """Makes a document, and mixes it with the one made before."""

    def __init__(self, mix: Mix) -> None:
        super().__init__()
        self._mix = mix
        self._before: RenderedDocument | None = None

    def make(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> RenderedDocument | Refused:
        made = super().make(line, profile, stamp, signer)
        assert isinstance(made, RenderedDocument)
        before, self._before = self._before, made
        return made if before is None else self._mix(made, before)


def rechained(document: RenderedDocument, contents: tuple[PageContent, ...]) -> RenderedDocument:
    pages = tuple(linked(contents))
    hashes = tuple(hash_of(evidence) for _, evidence in pages)
    return replace(document, contents=tuple(page for page, _ in pages), content_hashes=hashes)


def other_page_two(made: RenderedDocument, before: RenderedDocument) -> RenderedDocument:
    return rechained(made, (made.contents[0], before.contents[1], *made.contents[2:]))


def other_page_two_with_our_number(made: RenderedDocument, before: RenderedDocument) -> RenderedDocument:
    strange = replace(
        before.contents[1], document_no=made.document_no, entries=(PageEntry("2.name", "氏名", "見本　taro"),)
    )
    return rechained(made, (made.contents[0], strange, *made.contents[2:]))


def other_page_two_with_our_hashes(made: RenderedDocument, before: RenderedDocument) -> RenderedDocument:
    entries = (PageEntry("address", "住所", "見本県見本市other町1番地"), *made.contents[1].entries[1:])
    strange = replace(made.contents[1], entries=entries)
    mixed = rechained(made, (made.contents[0], strange, *made.contents[2:]))
    return replace(mixed, content_hashes=made.content_hashes)


def a_page_after_no_page(made: RenderedDocument, _before: RenderedDocument) -> RenderedDocument:
    contents = (*made.contents[:-1], replace(made.contents[-1], previous=FIRST))
    return replace(made, contents=contents, content_hashes=tuple(hash_of(page.to_bytes()) for page in contents))


def of_another_bundle(made: RenderedDocument, _before: RenderedDocument) -> RenderedDocument:
    return rechained(made, tuple(replace(page, bundle=FIRST) for page in made.contents))


def pages_in_another_order(made: RenderedDocument, _before: RenderedDocument) -> RenderedDocument:
    return rechained(made, made.contents[::-1])


def a_page_short(made: RenderedDocument, _before: RenderedDocument) -> RenderedDocument:
    return rechained(made, made.contents[:-1])


def a_person_short(made: RenderedDocument, _before: RenderedDocument) -> RenderedDocument:
    nobody = replace(made.contents[-1], entries=made.contents[-1].entries[:1])
    return rechained(made, (*made.contents[:-1], nobody))


def the_whole_document_before(_made: RenderedDocument, before: RenderedDocument) -> RenderedDocument:
    return before


def of_another_copy(made: RenderedDocument, _before: RenderedDocument) -> RenderedDocument:
    return replace(made, copy=made.copy + 1)


def without_pages(made: RenderedDocument, _before: RenderedDocument) -> RenderedDocument:
    return replace(made, contents=(), content_hashes=())


MIXES: tuple[Mix, ...] = (
    other_page_two,
    other_page_two_with_our_number,
    other_page_two_with_our_hashes,
    a_page_after_no_page,
    of_another_bundle,
    pages_in_another_order,
    a_page_short,
    a_person_short,
    the_whole_document_before,
    of_another_copy,
    without_pages,
)
