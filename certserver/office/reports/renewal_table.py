"""The table of X.509s that end, month by month: how many renewals are to be expected, from when they may come. Pure."""

from collections.abc import Hashable, Mapping
from datetime import date

from certserver.applications.validity import renewable_from
from certserver.office.reports.card_figures import kept_back
from certserver.office.reports.months import last_day, months_from
from certserver.office.reports.table import Chart, Column, Shape, Table
from certserver.office.reports.withholding import Sum
from certserver.office.reports.words import Words

Endings = Mapping[tuple[date, str], int]
"""By the first day of the month and the prefecture."""

_ALL = "all"


def renewal_table(words: Words, endings: Endings, since: date, until: date, *, small_cells: bool) -> Table:
    """更新必要件数の見込み. A single prefecture is its own sum. What is kept back follows from no sum."""
    months = months_from(since, until)
    prefectures = sorted({prefecture for _, prefecture in endings})
    columns = prefectures if len(prefectures) == 1 else [*prefectures, _ALL]
    values: dict[Hashable, int] = {
        (month, prefecture): endings.get((month, prefecture), 0) for month in months for prefecture in prefectures
    }
    sums: list[Sum] = []
    if len(prefectures) != 1:
        for month in months:
            parts = tuple((month, prefecture) for prefecture in prefectures)
            values[month, _ALL] = sum(values[each] for each in parts)
            sums.append(Sum((month, _ALL), parts))
    for column in columns:
        parts = tuple((month, column) for month in months)
        values[_ALL, column] = sum(values[each] for each in parts)
        sums.append(Sum((_ALL, column), parts))
    kept = kept_back(values, sums, small_cells=small_cells)
    rows = tuple(
        (
            words.month(month),
            words.day(renewable_from(month)),
            *(kept.value((month, column), values[month, column]) for column in columns),
        )
        for month in months
    )
    foot = (words("renewals.all"), "", *(kept.value((_ALL, column), values[_ALL, column]) for column in columns))
    headings = (
        Column(words("renewals.month"), Shape.TEXT),
        Column(words("renewals.begins"), Shape.TEXT),
        *(
            Column(words("renewals.all") if each == _ALL else words.either(f"prefecture.{each}", each))
            for each in columns
        ),
    )
    title = words("renewals.title", since=words.day(months[0]), until=words.day(last_day(months[-1])))
    notes = (words("renewals.what"), words("renewals.not-known"))
    return Table("renewals", title, headings, rows, notes, Chart(labels=0, values=1 + len(columns)), 2, (foot,))
