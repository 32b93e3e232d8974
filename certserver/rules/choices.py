"""What each kind can show at all, whatever a municipality offers: nothing wider is ever set or ordered."""

from collections.abc import Mapping

from koufu.evidence.words import FOREIGN_OPTIONS, CertificateKind, Option, Scope

_OF_RESIDENTS = frozenset({Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS})
_ON_RESIDENTS = frozenset(
    {Option.RELATIONSHIP, Option.DOMICILE, Option.INDIVIDUAL_NUMBER, Option.RESIDENT_CODE, *FOREIGN_OPTIONS}
)
_SELF = frozenset({Scope.SELF})
_NOTHING = frozenset[Option]()

SCOPES: Mapping[CertificateKind, frozenset[Scope]] = {
    CertificateKind.RESIDENCE: _OF_RESIDENTS,
    CertificateKind.RESIDENCE_ITEMS: _OF_RESIDENTS,
    CertificateKind.SEAL_REGISTRATION: _SELF,
    CertificateKind.KOSEKI_FULL: frozenset({Scope.KOSEKI}),
    CertificateKind.KOSEKI_INDIVIDUAL: frozenset({Scope.SELF, Scope.MEMBERS}),
    CertificateKind.KOSEKI_SUPPLEMENT: frozenset({Scope.KOSEKI, Scope.SELF, Scope.MEMBERS}),
    CertificateKind.INCOME_TAX: _SELF,
    CertificateKind.NON_TAXATION: _SELF,
    CertificateKind.TAX_PAYMENT: _SELF,
    # The paper names the whole household of then; whose request it is makes no difference to it.
    CertificateKind.DISASTER_VICTIM: frozenset({Scope.HOUSEHOLD, Scope.SELF}),
}
"""Whose data a kind can show."""

OPTIONS: Mapping[CertificateKind, frozenset[Option]] = {
    CertificateKind.RESIDENCE: _ON_RESIDENTS,
    CertificateKind.RESIDENCE_ITEMS: _ON_RESIDENTS,
    CertificateKind.SEAL_REGISTRATION: _NOTHING,
    CertificateKind.KOSEKI_FULL: _NOTHING,
    CertificateKind.KOSEKI_INDIVIDUAL: _NOTHING,
    CertificateKind.KOSEKI_SUPPLEMENT: frozenset({Option.DOMICILE, Option.OVERSEAS_VOTER}),
    CertificateKind.INCOME_TAX: _NOTHING,
    CertificateKind.NON_TAXATION: _NOTHING,
    CertificateKind.TAX_PAYMENT: _NOTHING,
    CertificateKind.DISASTER_VICTIM: _NOTHING,
}
"""What a kind can have shown besides."""
