"""Puts subjects of one content beside or over those of another. Pure."""

from collections.abc import Iterable
from typing import Any, TypeVar

from certserver.objections import Objected, Objection
from certserver.office.settings.content import Content
from certserver.office.settings.difference import PROFILE_FIELDS, Area, Subject
from certserver.office.settings.part import Part
from certserver.office.settings.parts import KindPart, ProfilePart, RetentionPart, TaxYearsPart
from koufu.evidence.words import CertificateKind

_Part = TypeVar("_Part", bound=Part)

_KIND_FIELDS = {
    Area.CHOICES: ("offered", "scopes", "options", "max_copies"),
    Area.FEES: ("fee", "exemptions"),
    Area.HOURS: ("hours",),
}


def counterpart(stands: Content, content: Content) -> Content:
    """Of what stands, only the subjects that a content holds."""
    kinds = {part.kind for part in content.kinds}
    years = {kind for part in content.tax_years for kind in part.kinds}
    kept = {(part.span, state) for part in content.application_retention for state in part.states}
    return Content(
        kinds=tuple(part for part in stands.kinds if part.kind in kinds),
        tax_years=tuple(part for part in stands.tax_years if years & set(part.kinds)),
        closures=None if content.closures is None else stands.closures,
        purposes=None if content.purposes is None else stands.purposes,
        application_retention=tuple(
            part for part in stands.application_retention if (part.span, part.states[0]) in kept
        ),
        identity=None if content.identity is None else stands.identity,
        card_maker=None if content.card_maker is None else stands.card_maker,
        refusal_texts=None if content.refusal_texts is None else stands.refusal_texts,
        commissions=None if content.commissions is None else stands.commissions,
        profile=None if content.profile is None else stands.profile,
        official_seal=None if content.official_seal is None else stands.official_seal,
    )


def together(under: Content, over: Content) -> Content:
    """One content on top of another: what the upper one holds takes the place of the same in the lower one."""
    kinds = {part.kind: part for part in (*under.kinds, *over.kinds)}
    years = {part.kinds: part for part in (*under.tax_years, *over.tax_years)}
    kept = {(part.span, part.states): part for part in (*under.application_retention, *over.application_retention)}
    return Content(
        kinds=tuple(kinds.values()),
        tax_years=tuple(years.values()),
        closures=under.closures if over.closures is None else over.closures,
        purposes=under.purposes if over.purposes is None else over.purposes,
        application_retention=tuple(kept.values()),
        identity=over.identity or under.identity,
        card_maker=over.card_maker or under.card_maker,
        refusal_texts=under.refusal_texts if over.refusal_texts is None else over.refusal_texts,
        commissions=under.commissions if over.commissions is None else over.commissions,
        profile=under.profile if over.profile is None else over.profile,
        official_seal=over.official_seal or under.official_seal,
    )


def taken_over(base: Content, other: Content, subjects: Iterable[Subject]) -> Content:
    """These subjects as another content has them, over a base that has what stands around them. A kind that the other
    does not know is not offered, fiscal years that it does not know are none; what the base does not know yet comes as
    a whole or not at all. Raises `ConfigurationError` for what can't be without a value."""
    wanted = frozenset(subjects)
    kinds = [_kind(base, other, kind, wanted) for kind in CertificateKind if _of_kind(wanted, kind)]
    taxed = [CertificateKind(subject.of) for subject in wanted if subject.area is Area.TAX_YEARS]
    return Content(
        kinds=tuple(kinds),
        tax_years=tuple(TaxYearsPart(kinds=(kind,), years=_years(other, kind)) for kind in sorted(taxed, key=str)),
        closures=(other.closures or ()) if Subject(Area.CLOSURES) in wanted else None,
        purposes=(other.purposes or ()) if Subject(Area.PURPOSES) in wanted else None,
        application_retention=tuple(_retention(other, wanted)),
        identity=_had(other.identity, Subject(Area.IDENTITY), wanted),
        card_maker=_had(other.card_maker, Subject(Area.CARD_MAKER), wanted),
        refusal_texts=(other.refusal_texts or ()) if Subject(Area.REFUSALS) in wanted else None,
        commissions=(other.commissions or ()) if Subject(Area.POST_OFFICES) in wanted else None,
        profile=_profile(base, other, wanted),
        official_seal=other.official_seal if Subject(Area.SEAL) in wanted else None,
    )


def _of_kind(wanted: frozenset[Subject], kind: CertificateKind) -> list[Area]:
    return [area for area in _KIND_FIELDS if Subject(area, kind.value) in wanted]


def _kind(base: Content, other: Content, kind: CertificateKind, wanted: frozenset[Subject]) -> KindPart:
    stands = next((part for part in base.kinds if part.kind is kind), None)
    former = next((part for part in other.kinds if part.kind is kind), None)
    areas = _of_kind(wanted, kind)
    if stands is None:
        if former is None or len(areas) < len(_KIND_FIELDS):
            raise Objected(Objection.KIND_ABSENT, kind=kind)
        return former
    if former is None:
        return stands.model_copy(update={"offered": False})
    names = [name for area in areas for name in _KIND_FIELDS[area]]
    return stands.model_copy(update={name: getattr(former, name) for name in names})


def _years(other: Content, kind: CertificateKind) -> tuple[int, ...]:
    return next((part.years for part in other.tax_years if kind in part.kinds), ())


def _retention(other: Content, wanted: frozenset[Subject]) -> list[RetentionPart]:
    found = []
    for subject in sorted(wanted, key=lambda each: each.of):
        if subject.area is not Area.RETENTION:
            continue
        known = [
            RetentionPart(span=part.span, states=(state,), days=part.days)
            for part in other.application_retention
            for state in part.states
            if subject.of == f"{part.span.value} {state.value}"
        ]
        if not known:
            raise Objected(Objection.NEVER_SET, subject=subject)
        found += known
    return found


def _had(former: _Part | None, subject: Subject, wanted: frozenset[Subject]) -> _Part | None:
    if subject not in wanted:
        return None
    if former is None:
        raise Objected(Objection.NEVER_SET, subject=subject)
    return former


def _profile(base: Content, other: Content, wanted: frozenset[Subject]) -> ProfilePart | None:
    areas = {subject.area for subject in wanted} & PROFILE_FIELDS.keys() - {Area.SEAL}
    if not areas:
        return None
    if other.profile is None:
        raise Objected(Objection.NO_PROFILE)
    if base.profile is None:
        if len(areas) < len(PROFILE_FIELDS.keys() - {Area.SEAL}):
            raise Objected(Objection.NO_PROFILE)
        return other.profile
    changes: dict[str, Any] = {name: getattr(other.profile, name) for area in areas for name in PROFILE_FIELDS[area]}
    return base.profile.model_copy(update=changes)
