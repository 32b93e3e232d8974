"""The one table of kinds that can be made, and the one way into it. A new kind is a form and a line here."""

from collections.abc import Mapping
from typing import Any

from certserver.documents import koseki_form
from certserver.documents.form import Form
from certserver.documents.model import Document
from certserver.documents.residence_form import ResidenceForm
from certserver.documents.seal_registration_form import SealRegistrationForm
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

# Each form takes its own kind of document alone; that it gets no other, only this table and `kind` can say.
FORMS: Mapping[CertificateKind, Form[Any]] = {
    CertificateKind.RESIDENCE: ResidenceForm(),
    CertificateKind.SEAL_REGISTRATION: SealRegistrationForm(),
    CertificateKind.KOSEKI_FULL: koseki_form.KOSEKI_FULL,
    CertificateKind.KOSEKI_INDIVIDUAL: koseki_form.KOSEKI_INDIVIDUAL,
    CertificateKind.KOSEKI_SUPPLEMENT: koseki_form.SUPPLEMENT,
}


def compose(line: EligibleLine, profile: MunicipalityProfile) -> Document:
    """What a line's document says. Raises `LookupError` for a kind without a form, `IntegrityAlarm` for what may not
    have come this far."""
    form = FORMS.get(line.line.kind)
    if form is None:
        raise LookupError(f"there is no form for {line.line.kind.value}")
    document: Document = form.compose(line, profile)
    return document
