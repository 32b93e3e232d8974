"""The document stage as the pipeline knows it: from an eligible line to a finished document or a refusal."""

from collections.abc import Mapping

from certserver.documents.compose import compose
from certserver.documents.press import Press
from certserver.municipality import MunicipalityProfile
from certserver.pipeline.stages import DocumentStamp, EligibleLine, RenderedDocument
from certserver.registers.model import HouseholdSnapshot
from certserver.signing.pages import PageSigner
from koufu.evidence.words import RefusalReason


class PaperMaker:
    """Composes and prints with one press; `signers` by municipality code."""

    def __init__(self, press: Press, signers: Mapping[str, PageSigner]) -> None:
        self._press = press
        self._signers = signers

    def make(
        self, line: EligibleLine, snapshot: HouseholdSnapshot, profile: MunicipalityProfile, stamp: DocumentStamp
    ) -> RenderedDocument | RefusalReason:
        """One document, or `CHARACTER_MISSING` or `TOO_LONG`. Raises `LookupError` for a kind without a form and
        `ConfigurationError` when the municipality's own settings can't be printed."""
        document = compose(line, snapshot, profile)
        return self._press.render(document, stamp, profile, self._signers[profile.code])
