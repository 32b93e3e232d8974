"""Issued certificates by fiscal year, month, choice and outlet: the first in the shape of the ministry's table
年度別交付通数. Pure."""

from collections.abc import Hashable, Mapping
from datetime import date

from certserver.documents.eras import era_year
from certserver.office.reports.card_figures import kept_back
from certserver.office.reports.issued_figures import Choice, Place
from certserver.office.reports.months import fiscal_year, months_from
from certserver.office.reports.table import Chart, Column, Row, Shape, Table
from certserver.office.reports.withholding import Sum
from certserver.office.reports.words import Language, Words
from koufu.evidence.words import CertificateKind, Option

GROUPS: Mapping[str, tuple[CertificateKind, ...]] = {
    "residence": (CertificateKind.RESIDENCE,),
    "residence-items": (CertificateKind.RESIDENCE_ITEMS,),
    "seal": (CertificateKind.SEAL_REGISTRATION,),
    "tax": (CertificateKind.INCOME_TAX, CertificateKind.NON_TAXATION, CertificateKind.TAX_PAYMENT),
    "koseki": (CertificateKind.KOSEKI_FULL, CertificateKind.KOSEKI_INDIVIDUAL),
    "supplement": (CertificateKind.KOSEKI_SUPPLEMENT,),
    "disaster": (CertificateKind.DISASTER_VICTIM,),
}
"""種別, in the order in which the ministry's table has them; it has no row of the last one."""
_SELDOM = "disaster"
_OF_KIND = {kind: group for group, kinds in GROUPS.items() for kind in kinds}

ByMonth = Mapping[tuple[date, CertificateKind], int]


def year_table(words: Words, copies: ByMonth, since: date, until: date) -> Table:
    """年度別交付通数."""
    years = range(fiscal_year(since), fiscal_year(until) + 1)
    sums: dict[tuple[str, int], int] = {}
    for (month, kind), number in copies.items():
        key = (_OF_KIND[kind], fiscal_year(month))
        sums[key] = sums.get(key, 0) + number
    groups = [group for group in GROUPS if group != _SELDOM or any(key[0] == group for key in sums)]
    rows: list[Row] = [(words(f"group.{group}"), *(sums.get((group, year), 0) for year in years)) for group in groups]
    total: Row = (words("issued.total"), *(sum(sums.get((group, year), 0) for group in groups) for year in years))
    return Table(
        "certificates-by-year",
        words("issued.by-year"),
        (Column(words("issued.group"), Shape.TEXT), *(Column(_fiscal(words, year)) for year in years)),
        tuple(rows),
        (words("issued.until", day=words.day(until)),),
        Chart(0, len(years)),
        foot=(total,),
    )


def month_table(words: Words, copies: ByMonth, since: date, until: date) -> Table:
    """月別交付通数."""
    groups = [group for group in GROUPS if group != _SELDOM or any(_OF_KIND[key[1]] == group for key in copies)]
    rows: list[Row] = []
    for month in months_from(since, until):
        numbers = [sum(copies.get((month, kind), 0) for kind in GROUPS[group]) for group in groups]
        rows.append((words.month(month), *numbers, sum(numbers)))
    return Table(
        "certificates-by-month",
        words("issued.by-month"),
        (
            Column(words("cards.month"), Shape.TEXT),
            *(Column(words(f"group.{group}")) for group in groups),
            Column(words("issued.total")),
        ),
        tuple(rows),
        _between(words, since, until),
        Chart(0, len(groups) + 1),
    )


def choice_table(words: Words, copies: Mapping[Choice, int], since: date, until: date, *, small_cells: bool) -> Table:
    """By kind, whose data, and what is shown besides."""
    ordered = sorted(copies.items(), key=lambda each: (list(CertificateKind).index(each[0].kind), -each[1]))
    of_kind: dict[CertificateKind, list[Choice]] = {}
    for choice, _ in ordered:
        of_kind.setdefault(choice.kind, []).append(choice)
    values: dict[Hashable, int] = {}
    sums = []
    for kind, choices in of_kind.items():
        values |= {each: copies[each] for each in choices}
        values[kind] = sum(copies[each] for each in choices)
        if len(choices) > 1:
            sums.append(Sum(kind, tuple(choices)))
    kept = kept_back(values, sums, small_cells=small_cells)
    rows = tuple(
        (
            words(f"kind.{choice.kind.value}"),
            words.either(f"scope.{choice.scope}", words("issued.not-known")),
            _options(words, choice),
            kept.value(choice, number),
            kept.ratio(choice, number, values[choice.kind]),
        )
        for choice, number in ordered
    )
    columns = (
        Column(words("issued.kind"), Shape.TEXT),
        Column(words("issued.scope"), Shape.TEXT),
        Column(words("issued.options"), Shape.TEXT),
        Column(words("issued.copies")),
        Column(words("issued.share-of-kind"), Shape.PERCENT),
    )
    title = words("issued.by-option")
    return Table("certificates-by-option", title, columns, rows, _between(words, since, until), label_columns=3)


def outlet_table(words: Words, copies: Mapping[tuple[Place, CertificateKind], int], since: date, until: date) -> Table:
    """By outlet and kind."""
    kinds = [kind for kind in CertificateKind if any(key[1] is kind for key in copies)]
    places = sorted({place for place, _ in copies}, key=lambda place: (place.kind, place.outlet))
    rows: list[Row] = []
    for place in places:
        numbers = [copies.get((place, kind), 0) for kind in kinds]
        rows.append((outlet_word(words, place), outlet_kind(words, place), *numbers, sum(numbers)))
    sums = [sum(copies.get((place, kind), 0) for place in places) for kind in kinds]
    total: Row = (words("issued.total"), "", *sums, sum(sums))
    columns = (
        Column(words("issued.outlet"), Shape.TEXT),
        Column(words("issued.outlet-kind"), Shape.TEXT),
        *(Column(words(f"kind.{kind.value}")) for kind in kinds),
        Column(words("issued.total")),
    )
    notes = (*_between(words, since, until), words("issued.whole-months"))
    return Table(
        "certificates-by-outlet",
        words("issued.by-outlet"),
        columns,
        tuple(rows),
        notes,
        Chart(0, len(kinds) + 2),
        foot=(total,),
    )


def outlet_word(words: Words, place: Place) -> str:
    """What an outlet is called."""
    return place.outlet or words("issued.not-known")


def outlet_kind(words: Words, place: Place) -> str:
    """What kind of place it is."""
    return words.either(f"outlet-kind.{place.kind}", place.kind)


def _options(words: Words, choice: Choice) -> str:
    if not choice.scope:
        return words("issued.not-known")
    named = [words(f"option.{each.value}") for each in Option if each.value in choice.options]
    return words("issued.and").join(named) or words("issued.no-options")


def _fiscal(words: Words, year: int) -> str:
    return words("issued.fiscal-year", year=year if words.language is Language.ENGLISH else era_year(year))


def _between(words: Words, since: date, until: date) -> tuple[str, ...]:
    return (words("issued.between", since=words.day(since), until=words.day(until)),)
