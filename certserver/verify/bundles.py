"""Opens the form bundle that a signed page names, out of the folder that is published with the trust list. A page names
it by hash and the page is signed, so a file that has this hash is the municipality's, whoever handed it over."""

from hashlib import sha256
from pathlib import Path

from certserver.verify.limits import read_at_most
from koufu.evidence.bundle import BUNDLE_SUFFIX, FormBundle
from koufu.evidence.codec import MAX_EVIDENCE
from koufu.evidence.content import PageContent
from koufu.evidence.errors import MalformedEvidence


class BundleMissing(Exception):
    """There is no such bundle in the folder, or what is there is another."""


class BundleFolder:
    """Form bundles as `koufu-server trust-list export` writes them."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def bundle_of(self, content: PageContent) -> FormBundle:
        """The bundle of a page. Raises `BundleMissing`."""
        if self._folder is None:
            raise BundleMissing("no folder with form bundles was named")
        try:
            evidence = read_at_most(self._folder / f"{content.bundle.hex()}{BUNDLE_SUFFIX}", MAX_EVIDENCE)
        except OSError as error:
            raise BundleMissing(f"form bundle {content.bundle.hex()} is not there") from error
        if sha256(evidence).digest() != content.bundle:
            raise BundleMissing(f"the file of form bundle {content.bundle.hex()} is damaged")
        try:
            bundle = FormBundle.from_bytes(evidence)
        except MalformedEvidence as error:
            raise BundleMissing(f"form bundle {content.bundle.hex()} is none: {error}") from error
        if bundle.municipality != content.municipality:
            raise BundleMissing(f"form bundle {content.bundle.hex()} is of another municipality")
        return bundle
