"""What tells of few people is kept back, and can't be computed from what is shown."""

from collections.abc import Hashable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from certserver.applications.counted import Sex
from certserver.office.reports.card_age_table import age_table
from certserver.office.reports.card_figures import AsOf, Figures
from certserver.office.reports.card_month_table import Month, month_table
from certserver.office.reports.card_tables import class_table
from certserver.office.reports.months import months_from
from certserver.office.reports.table import WITHHELD, Ratio, Table
from certserver.office.reports.withholding import SMALL, Sum, following, withheld
from certserver.office.reports.words import Language, words_in
from tests.support.printed_figures import APRIL

WORDS = words_in(Language.ENGLISH)
AS_OF = AsOf(APRIL, APRIL)

numbers = st.one_of(st.integers(0, 15), st.integers(0, 5000))


def a_grid(rows: int, columns: int, inside: list[int]) -> tuple[dict[Hashable, int], list[Sum]]:
    """A table with totals on both sides, and what a reader knows of it."""
    values: dict[Hashable, int] = dict(zip(product(range(rows), range(columns)), inside, strict=True))
    for row in range(rows):
        values[row, "all"] = sum(values[row, column] for column in range(columns))
    for column in (*range(columns), "all"):
        values["all", column] = sum(values[row, column] for row in range(rows))
    sums = [Sum((row, "all"), tuple((row, column) for column in range(columns))) for row in (*range(rows), "all")]
    sums += [Sum(("all", column), tuple((row, column) for row in range(rows))) for column in (*range(columns), "all")]
    return values, sums


@given(st.lists(numbers, min_size=12, max_size=12))
def test_no_small_number_follows_from_what_is_shown(inside: list[int]) -> None:
    values, sums = a_grid(4, 3, inside)
    kept = withheld(values, sums)
    small = {key for key, value in values.items() if 0 < value < SMALL}
    assert small <= kept
    assert not small & following(sums, kept)


@given(st.lists(numbers, min_size=12, max_size=12))
def test_what_is_kept_back_of_a_total_that_is_shown_is_not_few_together(inside: list[int]) -> None:
    values, sums = a_grid(4, 3, inside)
    kept = withheld(values, sums)
    for each in sums:
        parts = [values[part] for part in each.parts if part in kept]
        if parts and each.total not in kept and kept != frozenset(values):
            assert len(parts) > 1
            assert sum(parts) >= SMALL


@given(st.lists(st.integers(SMALL, 5000), min_size=12, max_size=12))
def test_nothing_is_kept_back_where_there_is_nothing_small(inside: list[int]) -> None:
    assert withheld(*a_grid(4, 3, inside)) == frozenset()


def test_one_small_cell_takes_a_second_in_its_row_and_its_column() -> None:
    values, sums = a_grid(3, 3, [5, 100, 200, 300, 400, 500, 600, 700, 800])
    kept = withheld(values, sums)
    assert (0, 0) in kept
    assert len(kept) == 4
    assert all("all" not in key for key in kept if isinstance(key, tuple))


def kept_back(table: Table) -> set[tuple[int, int]]:
    return {(at, column) for at, row in enumerate(table.rows) for column, value in enumerate(row) if value is WITHHELD}


def test_a_rate_that_would_give_a_number_away_goes_with_it() -> None:
    cells = {(band, sex): Figures(1000, 0, 500, 100) for band in range(0, 85, 5) for sex in Sex}
    cells[20, Sex.MALE] = Figures(1000, 0, 500, 497)
    table = age_table(WORDS, cells, AS_OF, small_cells=False, ten_thousands=False)
    gone = kept_back(table)
    row = 1 + 20 // 5
    assert {(row, 7), (row, 10), (row, 13)} <= gone
    for at, column in gone:
        if column in (7, 8, 9):
            assert {(at, column + 3), (at, column + 6)} <= gone
    whole = age_table(WORDS, cells, AS_OF, small_cells=True, ten_thousands=False)
    assert not whole.withholds
    assert whole.rows[row][7] == 3


def test_a_small_month_is_not_told_by_the_sums_around_it() -> None:
    given_months = [Month(first, Figures(100_000, 50, 40, 0)) for first in months_from(APRIL.replace(month=1), APRIL)]
    given_months[2] = Month(given_months[2].first, Figures(100_000, 50, 4, 0))
    table = month_table(WORDS, Figures(0, 900, 800, 20), given_months, AS_OF, small_cells=False, ten_thousands=False)
    gone = kept_back(table)
    assert (2, 2) in gone
    shown_sums = {at: row[3] for at, row in enumerate(table.rows) if row[3] is not WITHHELD}
    assert not {1, 2} <= shown_sums.keys()
    for at in range(4):
        assert ((at, 3) in gone) == ((at, 4) in gone)


def test_small_months_in_a_row_are_not_told_together() -> None:
    months = [Month(first, Figures(100_000, 50, 400, 0)) for first in months_from(APRIL.replace(month=1), APRIL)]
    months[1:] = [
        Month(each.first, Figures(100_000, 50, cards, 0)) for each, cards in zip(months[1:], (7, 0, 0), strict=True)
    ]
    table = month_table(WORDS, Figures(), months, AS_OF, small_cells=False, ten_thousands=False)
    shown_months = {at: row[2] for at, row in enumerate(table.rows) if row[2] is not WITHHELD}
    shown_sums = {at: row[3] for at, row in enumerate(table.rows) if row[3] is not WITHHELD} | {-1: 0}
    for last, first in ((last, first) for last in shown_sums for first in shown_sums if first < last):
        within = [at for at in range(first + 1, last + 1) if at not in shown_months]
        together = sum(months[at].within.delivered for at in within)
        assert not within or together >= SMALL


def test_one_municipality_alone_has_one_row_and_keeps_small_numbers_back() -> None:
    table = class_table(WORDS, {"992011": Figures(500, 9, 9, 2)}, AS_OF, small_cells=False)
    assert table.rows == (("Special wards and other cities", 500, WITHHELD, WITHHELD, WITHHELD),)
    told = class_table(WORDS, {"992011": Figures(500, 9, 9, 2)}, AS_OF, small_cells=True)
    assert told.rows[0][2:] == (9, 7, Ratio(7, 500))
