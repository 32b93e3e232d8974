"""Documents without typography, for tests that make thousands of them: real page contents and hash chains, a file that
is only their bytes. Fulfils `certserver.pipeline.parts.DocumentMaker`."""

from collections.abc import Callable

from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import HouseholdExtract, KosekiExtract, SealExtract
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from koufu.evidence.bundle import SignedBundle
from koufu.evidence.content import FIRST, PageContent, PageEntry, hash_of, linked

BUNDLE = SignedBundle(b"no form bundle: these are never drawn", bytes(64))


class PlainDocuments:
    """One page for each person shown. `made` counts the documents; `meanwhile` is called while one is being made, and
    may give the reason why it can't be."""

    def __init__(self, meanwhile: Callable[[int], Refused | None] = lambda _made: None) -> None:
        self.made = 0
        self.meanwhile = meanwhile

    def make(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> RenderedDocument | Refused:
        self.made += 1
        refused = self.meanwhile(self.made)
        if refused is not None:
            return refused
        extract = line.extract
        assert isinstance(extract, HouseholdExtract | SealExtract | KosekiExtract)
        where = extract.koseki.domicile if isinstance(extract, KosekiExtract) else extract.address
        chained = linked(
            PageContent(
                municipality=profile.code,
                kind=line.line.kind,
                form="plain/1",
                bundle=BUNDLE.hash,
                document_no=stamp.document_no,
                page=at + 1,
                pages=len(extract.names),
                previous=FIRST,
                issued_at=stamp.issued_at,
                ground=stamp.printer_profile,
                entries=(PageEntry("address", "住所", where), PageEntry(f"{at + 1}.name", "氏名", name)),
            )
            for at, name in enumerate(extract.names)
        )
        contents, pages = zip(*chained, strict=True)
        return RenderedDocument(
            kind=line.line.kind,
            line=stamp.line,
            copy=stamp.copy,
            document_no=stamp.document_no,
            file=b"%PLAIN" + b"".join(pages),
            bundle=BUNDLE,
            contents=contents,
            content_hashes=tuple(map(hash_of, pages)),
        )
