"""One kind of certificate: whether it is offered, what of it can be chosen, for how many yen, when and where, and its
fiscal years."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TypeVar

from certserver.console.pages.settings.forms import (
    Base,
    base_of,
    largest_form,
    most_fields,
    rows,
    sent,
)
from certserver.console.pages.settings.reading import Mistake, Reading
from certserver.console.pages.settings.words import kind_name, place
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office.outlet_names import outlet_names
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
    return sent(visit, _TEMPLATE, _told, lambda base: _typed(visit, base, kind))


def places(visit: Visit, known: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Where rows can count: pairs of word and text."""
    named = outlets(visit.desk) | {each for each in known if each[:1] != EVERYWHERE}
    words = [EVERYWHERE, *map(every, OutletKind), *sorted(named)]
    called = outlet_names(visit.desk)
    return [(word, called.get(word) or place(visit.texts, word)) for word in words]


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
    reading = Reading(visit)
    ticked = set(visit.form.getlist("choice"))
    stands = _stands(base, kind)
    told = _in_order(SCOPES[kind], Scope, () if stands is None else stands.scopes)
    options = _in_order(OPTIONS[kind], Option, () if stands is None else stands.options)
    values = {
        "kind": kind,
        "offered": visit.typed("offered") == "yes",
        "scopes": tuple(word for word, _ in told if f"scope {word}" in ticked),
        "options": tuple(word for word, _ in options if f"option {word}" in ticked),
        "fee": reading.number("fee", 9),
        "exemptions": _exemptions(visit, reading),
        "max_copies": reading.number("max_copies", 3),
        "hours": _hours(visit, reading),
    }
    # What is wrong with rows was told in them; without any row there is none to tell it in.
    places = {"hours": "" if reading.rows(_MOST_HOURS, "outlet") else "outlet-0"}
    part = reading.made(KindPart, values, places=places)
    years = _years(visit, reading, kind) if kind in TAX_KINDS else ()
    reading.done()
    assert part is not None, "what can't be made is a mistake"
    return Content(kinds=(part,), tax_years=years)


def _years(visit: Visit, reading: Reading, kind: CertificateKind) -> tuple[TaxYearsPart, ...]:
    typed = [each.strip() for each in visit.typed("years").split(",") if each.strip()]
    if not all(each.isdecimal() for each in typed):
        reading.fault("years", Mistake.NO_NUMBER)
        return ()
    years = tuple(map(int, typed))
    part = reading.made(TaxYearsPart, {"kinds": (kind,), "years": years}, places={"": "years"}, checked=_TWICE)
    return () if part is None else (part,)


def _exemptions(visit: Visit, reading: Reading) -> tuple[ExemptionPart, ...]:
    found = []
    if visit.typed("damage", 9):
        fee = reading.number("damage", 9)
        found.append(reading.made(ExemptionPart, {"ground": Ground.DAMAGE, "fee": fee}, places={"fee": "damage"}))
    ages = []
    for row in reading.rows(_MOST_AGES, "age", "age-fee"):
        age = reading.number("age", 3, row)
        part = reading.made(
            ExemptionPart,
            {"ground": Ground.AGE, "from_age": age, "fee": reading.number("age-fee", 9, row)},
            row,
            places={"from_age": "age", "fee": "age-fee", "": "age"},
            checked={"": Mistake.OUT_OF_RANGE},
        )
        ages.append((row, age))
        found.append(part)
    reading.different("age", ages)
    return tuple(each for each in found if each is not None)


def _hours(visit: Visit, reading: Reading) -> tuple[HoursPart, ...]:
    rows = reading.rows(_MOST_HOURS, "outlet")
    found = [
        reading.made(
            HoursPart,
            {
                **{name: visit.typed(f"{name}-{row}", 64) for name in ("outlet", "opens", "closes")},
                "weekdays_only": visit.typed(f"weekdays_only-{row}") == "yes",
                "residents_only": visit.typed(f"residents_only-{row}") == "yes",
            },
            row,
            places={"": "closes"},
            checked={"outlet": Mistake.CHOOSE, "opens": Mistake.NO_TIME, "closes": Mistake.NO_TIME, "": Mistake.ORDER},
        )
        for row in rows
    ]
    reading.different("outlet", [(row, visit.typed(f"outlet-{row}", 64)) for row in rows])
    return tuple(each for each in found if each is not None)


_TWICE = {"": Mistake.TWICE}

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
