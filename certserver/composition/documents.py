"""Documents as the pipeline wants them: from an eligible line to its sheets, made by the press under the municipality's
key."""

from collections.abc import Iterable
from pathlib import Path

from certserver.documents.forms import compose
from certserver.documents.press import Press
from certserver.documents.typefaces import load_typefaces
from certserver.municipality import MunicipalityProfile
from certserver.signing.pages import PageSigner
from certserver.stages import DocumentStamp, EligibleLine, Refused, RenderedDocument
from koufu.evidence.words import RefusalReason
from koufu.ground.profiles import CELL_PROFILES


class SheetMaker:
    """Fulfils `certserver.pipeline.parts.DocumentMaker`."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def make(
        self, line: EligibleLine, profile: MunicipalityProfile, stamp: DocumentStamp, signer: PageSigner
    ) -> RenderedDocument | Refused:
        """One document, or why it can't be made."""
        if stamp.printer_profile not in CELL_PROFILES:
            return Refused(RefusalReason.NOT_OFFERED, stamp.line)
        return self._press.render(compose(line, profile), stamp, profile, signer)


def load_press(further: Iterable[Path] = ()) -> Press:
    """The press with the typefaces of this machine and further fonts for values; workers that are forked afterwards
    share them. Raises `ConfigurationError` when a font is missing."""
    return Press(load_typefaces(further=further))
