"""The tables 申請・交付・保有 as a whole, by class of municipality and by prefecture, in the shapes that the ministry
prints them in, from exact figures. Pure."""

from collections.abc import Callable, Hashable, Mapping

from certserver.office.reports.card_figures import NATIONWIDE, AsOf, Figures, added, kept_back, kept_in_rows
from certserver.office.reports.table import Chart, Column, Shape, Table, Value
from certserver.office.reports.territory import PREFECTURES, MunicipalityClass, class_of, prefecture_of
from certserver.office.reports.words import Words

ByCode = Mapping[str, Figures]
"""Figures of each municipality."""

Named = list[tuple[str, tuple[str, ...]]]
"""Keys of rows in their order, with what the first columns say."""


def overall_table(words: Words, figures: Figures, as_of: AsOf, *, small_cells: bool) -> Table:
    """累計 and 人口に対する割合 of valid applications, of delivered cards and of cards that are held."""
    numbers: dict[Hashable, int] = {"applied": figures.applied, "delivered": figures.delivered, "held": figures.held}
    kept = kept_back(numbers, (), small_cells=small_cells)
    rows = [
        (words(f"cards.{name}"), kept.value(name, number), kept.ratio(name, number, figures.population))
        for name, number in numbers.items()
    ]
    columns = (
        Column(words("cards.what"), Shape.TEXT),
        Column(words("cards.so-far")),
        Column(words("cards.share-of-population"), Shape.PERCENT),
    )
    return Table("cards", words("cards.title", day=words.day(as_of.day)), columns, tuple(rows), notes(words, as_of))


def class_table(words: Words, by_code: ByCode, as_of: AsOf, *, small_cells: bool) -> Table:
    """団体区分別."""
    rows = _summed(by_code, lambda code: class_of(code).value)
    order: list[str] = [each.value for each in MunicipalityClass if each.value in rows]
    named: Named = [(key, (words(f"cards.class.{key}"),)) for key in order]
    if len(rows) > 1:
        named.insert(0, (NATIONWIDE, (words(_total_word(by_code)),)))
    return Table(
        "cards-by-class",
        words("cards.by-class", day=words.day(as_of.day)),
        (Column(words("cards.class-heading"), Shape.TEXT), *_columns(words, as_of)),
        _rows(rows, named, small_cells=small_cells),
        notes(words, as_of),
        Chart(labels=0, values=4),
    )


def prefecture_table(words: Words, by_code: ByCode, as_of: AsOf, *, small_cells: bool) -> Table:
    """都道府県別, the highest rate of cards held first."""
    rows = _summed(by_code, prefecture_of)
    ranked = sorted(rows, key=lambda key: (-_rate(rows[key]), key))
    named: Named = [
        (key, (str(rank), words.either(f"prefecture.{key}", key))) for rank, key in enumerate(ranked, start=1)
    ]
    return Table(
        "cards-by-prefecture",
        words("cards.by-prefecture", day=words.day(as_of.day)),
        (
            Column(words("cards.rank"), Shape.TEXT),
            Column(words("cards.prefecture"), Shape.TEXT),
            *_columns(words, as_of),
        ),
        _rows(rows, named, small_cells=small_cells),
        notes(words, as_of),
        Chart(labels=1, values=5),
        label_columns=2,
    )


def notes(words: Words, as_of: AsOf) -> tuple[str, ...]:
    """What every table of cards says below itself."""
    without = () if as_of.population else (words("cards.no-population"),)
    return (*without, words("cards.how-counted"))


def population_heading(words: Words, as_of: AsOf) -> str:
    """「人口（R5.1.1時点）」"""
    if as_of.population is None:
        return words("cards.population")
    return words("cards.population-as-of", day=words.day(as_of.population))


def _columns(words: Words, as_of: AsOf) -> tuple[Column, ...]:
    return (
        Column(population_heading(words, as_of)),
        Column(words("cards.delivered-so-far")),
        Column(words("cards.held")),
        Column(words("cards.held-rate"), Shape.PERCENT),
    )


def _summed(by_code: ByCode, key: Callable[[str], str]) -> dict[str, Figures]:
    summed: dict[str, Figures] = {}
    for code, figures in by_code.items():
        summed[key(code)] = summed.get(key(code), Figures()) + figures
    return summed


def _rows(rows: Mapping[str, Figures], named: Named, *, small_cells: bool) -> tuple[tuple[Value, ...], ...]:
    delivered = kept_in_rows(rows, lambda each: each.delivered, small_cells=small_cells)
    held = kept_in_rows(rows, lambda each: each.held, small_cells=small_cells)
    total = added(rows.values())
    made = []
    for key, labels in named:
        own = total if key == NATIONWIDE else rows[key]
        numbers = (own.population or None, delivered.value(key, own.delivered), held.value(key, own.held))
        made.append((*labels, *numbers, held.ratio(key, own.held, own.population)))
    return tuple(made)


def _rate(figures: Figures) -> float:
    return figures.held / figures.population if figures.population else 0.0


def _total_word(by_code: ByCode) -> str:
    whole = {prefecture_of(code) for code in by_code} >= set(PREFECTURES)
    return "cards.nationwide" if whole else "cards.total"
