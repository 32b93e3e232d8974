"""The table of cards by band of age and sex, with the rates and shares that the ministry prints beside them. Pure."""

from collections.abc import Hashable, Mapping

from certserver.applications.counted import BANDS, Sex
from certserver.office.reports.card_figures import AsOf, Figures, Kept, Measure, added, kept_back
from certserver.office.reports.card_tables import notes, population_heading
from certserver.office.reports.table import Chart, Column, Shape, Table, Value
from certserver.office.reports.withholding import Sum
from certserver.office.reports.words import Words

Cells = Mapping[tuple[int, Sex], Figures]
"""Figures by where a band begins, and sex."""

_ALL = "all"
_ROWS: tuple[int | str, ...] = (_ALL, *BANDS)
_SEXES = (Sex.MALE.value, Sex.FEMALE.value, _ALL)


def age_table(words: Words, cells: Cells, as_of: AsOf, *, small_cells: bool, ten_thousands: bool) -> Table:
    """年齢・男女別. Shares are of all cards held, of each sex for itself."""
    grid = _grid(cells)
    delivered = _kept(grid, lambda each: each.delivered, small_cells=small_cells)
    held = _kept(grid, lambda each: each.held, small_cells=small_cells)
    rows = []
    for band in _ROWS:
        row: list[Value] = [_band(words, band)]
        row += [grid[band, sex].population or None for sex in _SEXES]
        row += [delivered.value((band, sex), grid[band, sex].delivered) for sex in _SEXES]
        row += [held.value((band, sex), grid[band, sex].held) for sex in _SEXES]
        row += [held.ratio((band, sex), grid[band, sex].held, grid[band, sex].population) for sex in _SEXES]
        row += [_share(held, grid, band, sex) for sex in _SEXES]
        rows.append(tuple(row))
    return Table(
        "cards-by-age",
        words("cards.by-age", day=words.day(as_of.day)),
        _columns(words, as_of, ten_thousands=ten_thousands),
        tuple(rows),
        ((words("cards.rounded"),) if ten_thousands else ()) + notes(words, as_of),
        Chart(labels=0, values=12, first=1),
    )


def _grid(cells: Cells) -> dict[tuple[int | str, str], Figures]:
    grid: dict[tuple[int | str, str], Figures] = {}
    for band in BANDS:
        for sex in Sex:
            grid[band, sex.value] = cells.get((band, sex), Figures())
        grid[band, _ALL] = added(grid[band, sex.value] for sex in Sex)
    for sex_word in _SEXES:
        grid[_ALL, sex_word] = added(grid[band, sex_word] for band in BANDS)
    return grid


def _kept(grid: Mapping[tuple[int | str, str], Figures], measure: Measure, *, small_cells: bool) -> Kept:
    values: dict[Hashable, int] = {key: measure(figures) for key, figures in grid.items()}
    across = [Sum((band, _ALL), tuple((band, sex.value) for sex in Sex)) for band in _ROWS]
    down = [Sum((_ALL, sex), tuple((band, sex) for band in BANDS)) for sex in _SEXES]
    return kept_back(values, across + down, small_cells=small_cells)


def _share(held: Kept, grid: Mapping[tuple[int | str, str], Figures], band: int | str, sex: str) -> Value:
    whole = grid[_ALL, sex].held
    if isinstance(held.value((_ALL, sex), whole), int):
        return held.ratio((band, sex), grid[band, sex].held, whole)
    # A share of a number that is kept back, beside a number that is shown, would give it away.
    return held.value((_ALL, sex), whole)


def _band(words: Words, band: int | str) -> str:
    if band == _ALL:
        return words("cards.all-ages")
    if band == BANDS[-1]:
        return words("cards.oldest", age=band)
    # Only the first band says what is counted: 「0～4歳」, 「5～9」.
    unit = words("cards.first-band-unit") if band == BANDS[0] else ""
    return words("cards.band", first=band, last=int(band) + 4, unit=unit)


def _columns(words: Words, as_of: AsOf, *, ten_thousands: bool) -> tuple[Column, ...]:
    people, cards = words("cards.people"), words("cards.cards")
    if ten_thousands:
        people, cards = words("cards.ten-thousand-people"), words("cards.ten-thousand-cards")
    population = Shape.TEN_THOUSANDS if ten_thousands else Shape.COUNT
    counts = Shape.PLAIN_TEN_THOUSANDS if ten_thousands else Shape.COUNT
    groups = (
        (words("cards.in-unit", what=population_heading(words, as_of), unit=people), population),
        (words("cards.in-unit", what=words("cards.delivered-so-far"), unit=cards), counts),
        (words("cards.in-unit", what=words("cards.held"), unit=cards), counts),
        (words("cards.held-rate"), Shape.PERCENT),
        (words("cards.held-share"), Shape.PERCENT),
    )
    return (
        Column(words("cards.age"), Shape.TEXT),
        *(Column(words(f"cards.sex.{sex}"), shape, group) for group, shape in groups for sex in _SEXES),
    )
