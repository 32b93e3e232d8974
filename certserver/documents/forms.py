"""The one table of forms that documents can be made in, and the one way into it. A new form is a line here; which of a
kind's forms is taken, the municipality has chosen."""

from collections.abc import Iterable, Mapping
from typing import Any

from certserver.documents.disaster_form import DisasterForm
from certserver.documents.form import Form
from certserver.documents.koseki_form import KOSEKI_FULL_FORM, KOSEKI_INDIVIDUAL_FORM, SUPPLEMENT_FORM
from certserver.documents.model import Document
from certserver.documents.residence_household_form import ResidenceHouseholdForm
from certserver.documents.residence_individual_form import ResidenceIndividualForm
from certserver.documents.seal_registration_form import SealRegistrationForm
from certserver.documents.tax_form import INCOME_TAX_FORM, NON_TAXATION_FORM
from certserver.documents.tax_payment_form import TaxPaymentForm
from certserver.municipality import MunicipalityProfile
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind


def _named(forms: Iterable[Form[Any, Any]]) -> Mapping[str, Form[Any, Any]]:
    return {form.name: form for form in forms}


# Each form takes its own documents alone; that it gets no other, only this table and `Document.form` can say.
FORMS: Mapping[str, Form[Any, Any]] = _named(
    (
        ResidenceHouseholdForm(CertificateKind.RESIDENCE),
        ResidenceHouseholdForm(CertificateKind.RESIDENCE_ITEMS),
        ResidenceIndividualForm(CertificateKind.RESIDENCE),
        ResidenceIndividualForm(CertificateKind.RESIDENCE_ITEMS),
        SealRegistrationForm(),
        KOSEKI_FULL_FORM,
        KOSEKI_INDIVIDUAL_FORM,
        SUPPLEMENT_FORM,
        INCOME_TAX_FORM,
        NON_TAXATION_FORM,
        TaxPaymentForm(),
        DisasterForm(),
    )
)
"""By name and version."""


def forms_of(kind: CertificateKind) -> tuple[Form[Any, Any], ...]:
    """The forms there are of a kind, at least one."""
    return tuple(form for form in FORMS.values() if form.kind is kind)


def chosen_form(kind: CertificateKind, profile: MunicipalityProfile) -> Form[Any, Any]:
    """The form of a kind that the municipality chose."""
    forms = forms_of(kind)
    individual = kind in profile.individual_forms
    return next((form for form in forms if form.individual == individual), forms[0])


def compose(line: EligibleLine, profile: MunicipalityProfile) -> Document:
    """What a line's document says, in the form that the municipality chose. Raises `IntegrityAlarm` for what may not
    have come this far."""
    document: Document = chosen_form(line.line.kind, profile).compose(line, profile)
    return document


def form_of(document: Document) -> Form[Any, Any]:
    """The form that a document was composed in."""
    return FORMS[document.form]
