"""One kind of certificate: whether it is offered, what of it can be chosen, for how many yen, when and where, and its
fiscal years."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TypeVar

from certserver.console.pages.settings.forms import (
    Base,
    Wrong,
    base_of,
    filled,
    into_draft,
    largest_form,
    made,
    most_fields,
    rows,
    sent,
    whole_number,
)
from certserver.console.pages.settings.words import kind_name, place
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office.rights import Right
from certserver.office.settings.content import Content
from certserver.office.settings.parts import ExemptionPart, HoursPart, KindPart, TaxYearsPart
from certserver.office.terminals.changing import outlets
from certserver.outlets import EVERYWHERE, OutletKind, every
from certserver.rules.choices import OPTIONS, SCOPES
from certserver.rules.settings import Ground
from koufu.evidence.words import TAX_KINDS, CertificateKind, Option, Scope

_TEMPLATE = "settings/kind"
_MOST_HOURS = 200
_MOST_AGES = 40
_ROW_FIELDS = 5
_Word = TypeVar("_Word", bound=Enum)


def show(visit: Visit) -> Answer:
    """The form, as the kind stands."""
    return Shown(_TEMPLATE, _told(visit, base_of(visit)))


def do(visit: Visit) -> Answer:
    """Puts it into a draft."""
    kind = _kind(visit)
    return sent(visit, _TEMPLATE, _told, lambda base: into_draft(visit, _typed(visit, base, kind)))


def places(visit: Visit, known: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Where rows can count: pairs of word and text."""
    named = outlets(visit.desk) | {each for each in known if each[:1] != EVERYWHERE}
    words = [EVERYWHERE, *map(every, OutletKind), *sorted(named)]
    return [(word, place(visit.texts, word)) for word in words]


def _kind(visit: Visit) -> CertificateKind:
    try:
        return CertificateKind(visit.named["kind"])
    except ValueError as error:
        raise NoSuchEntry("there is no such kind") from error


def _told(visit: Visit, base: Base) -> dict[str, object]:
    kind = _kind(visit)
    stands = _stands(base, kind)
    hours = () if stands is None else stands.hours
    exemptions = () if stands is None else stands.exemptions
    years = next((part.years for part in base.content.tax_years if kind in part.kinds), ())
    return {
        **base.around(),
        "kind": kind.value,
        "title": kind_name(visit.texts, kind.value),
        "stands": stands,
        "scopes": _in_order(SCOPES[kind], Scope, () if stands is None else stands.scopes),
        "options": _in_order(OPTIONS[kind], Option, () if stands is None else stands.options),
        "damage": next((str(each.fee) for each in exemptions if each.ground is Ground.DAMAGE), ""),
        "ages": rows(visit, _MOST_AGES, "age", [each for each in exemptions if each.ground is Ground.AGE], spare=1),
        "hours": rows(visit, _MOST_HOURS, "outlet", hours),
        "places": places(visit, [each.outlet for each in hours]),
        "taxed": kind in TAX_KINDS,
        "years": ", ".join(map(str, years)),
    }


def _stands(base: Base, kind: CertificateKind) -> KindPart | None:
    return next((part for part in base.content.kinds if part.kind is kind), None)


def _in_order(possible: frozenset[_Word], words: type[_Word], stands: Sequence[_Word]) -> list[tuple[str, bool]]:
    """What can be ticked, those that stand first and in their order, which is that shown to residents."""
    rest = [word for word in words if word in possible and word not in stands]
    return [(word.value, word in stands) for word in (*stands, *rest)]


def _typed(visit: Visit, base: Base, kind: CertificateKind) -> Content:
    """What the form says. Raises `Wrong`."""
    ticked = set(visit.form.getlist("choice"))
    stands = _stands(base, kind)
    told = _in_order(SCOPES[kind], Scope, () if stands is None else stands.scopes)
    options = _in_order(OPTIONS[kind], Option, () if stands is None else stands.options)
    part = made(
        KindPart,
        {
            "kind": kind,
            "offered": visit.typed("offered") == "yes",
            "scopes": tuple(word for word, _ in told if f"scope {word}" in ticked),
            "options": tuple(word for word, _ in options if f"option {word}" in ticked),
            "max_copies": whole_number(visit.typed("max_copies", 3), "max_copies"),
            "fee": whole_number(visit.typed("fee", 9), "fee"),
            "exemptions": tuple(_exemptions(visit)),
            "hours": tuple(_hours(visit)),
        },
    )
    if kind not in TAX_KINDS:
        return Content(kinds=(part,))
    years = tuple(whole_number(each.strip(), "years") for each in visit.typed("years").split(",") if each.strip())
    return Content(kinds=(part,), tax_years=(made(TaxYearsPart, {"kinds": (kind,), "years": years}),))


def _exemptions(visit: Visit) -> Iterable[ExemptionPart]:
    damage = visit.typed("damage", 9)
    if damage:
        yield made(ExemptionPart, {"ground": Ground.DAMAGE, "fee": whole_number(damage, "exemptions")})
    for row in filled(visit, _MOST_AGES, "age", "age-fee"):
        age, fee = visit.typed(f"age-{row}", 3), visit.typed(f"age-fee-{row}", 9)
        numbers = {"from_age": whole_number(age, "exemptions"), "fee": whole_number(fee, "exemptions")}
        yield made(ExemptionPart, {"ground": Ground.AGE, **numbers})


def _hours(visit: Visit) -> Iterable[HoursPart]:
    for row in filled(visit, _MOST_HOURS, "outlet"):
        outlet, opens, closes = (visit.typed(f"{name}-{row}", 64) for name in ("outlet", "opens", "closes"))
        try:
            yield made(
                HoursPart,
                {
                    "outlet": outlet,
                    "opens": opens,
                    "closes": closes,
                    "weekdays_only": visit.typed(f"weekdays_only-{row}") == "yes",
                    "residents_only": visit.typed(f"residents_only-{row}") == "yes",
                },
            )
        except Wrong as wrong:
            raise Wrong(("hours",)) from wrong


PAGES = (
    PageRoute(
        "/settings/kinds/{kind}",
        show,
        do,
        right=Right.DRAFT_SETTINGS,
        # Free text is the place.
        largest=largest_form(_MOST_HOURS, fields=_ROW_FIELDS, characters=64),
        fields=most_fields(_MOST_HOURS, fields=_ROW_FIELDS),
    ),
)
