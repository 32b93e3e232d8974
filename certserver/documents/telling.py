"""From a document to what its pages say: signed contents, and beside them the texts that no content may hold (I11)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from certserver.documents.bundles import HeldBundle
from certserver.documents.certification import certification_of
from certserver.documents.forms import form_of
from certserver.documents.model import Document, Entry
from certserver.ports import in_japan
from certserver.stages import DocumentStamp
from koufu.evidence.content import FIRST, PageContent, linked


@dataclass(frozen=True, slots=True, repr=False)
class ToldPages:
    """The pages of a document: contents, their canonical bytes, and the texts of private entries by name."""

    pages: tuple[tuple[Entry, ...], ...]
    contents: tuple[PageContent, ...]
    evidence: tuple[bytes, ...]
    private: Mapping[str, str]

    def texts(self) -> Iterator[str]:
        """Everything that stands on the pages, the form's own words excepted."""
        for page in self.pages:
            for entry in page:
                yield entry.text
                yield entry.label

    def __repr__(self) -> str:
        return f"<ToldPages, {len(self.contents)} of them>"


def tell(document: Document, stamp: DocumentStamp, bundle: HeldBundle) -> ToldPages:
    """The pages of a document under a stamp. What a resident left out is in no content."""
    form = form_of(document)
    certified = certification_of(form.place, document.clause, in_japan(stamp.issued_at).date(), bundle.bundle.mayor)
    *before, last = form.pages_of(document)
    pages = (*before, (*last, *certified.entries()))
    pictures = form.pictures_of(document)
    contents = (
        PageContent(
            municipality=bundle.bundle.municipality,
            kind=document.kind,
            form=document.form,
            bundle=bundle.hash,
            document_no=stamp.document_no,
            page=at,
            pages=len(pages),
            previous=FIRST,
            issued_at=stamp.issued_at,
            ground=stamp.printer_profile,
            entries=tuple(entry.signed() for entry in page if entry.covered),
            pictures=pictures,
        )
        for at, page in enumerate(pages, 1)
    )
    chained, evidence = zip(*linked(contents), strict=True)
    private = {entry.name: entry.text for page in pages for entry in page if entry.private}
    return ToldPages(pages, chained, evidence, private)
