"""The bars of a report as SVG: named and described in words, with every number written beside its bar, so that it is
read without colour and by a screen reader. Without style attributes, which pages forbid. Pure."""

from html import escape

from certserver.office.reports.table import Chart, Ratio, Table, Value, shown
from certserver.office.reports.words import Words
from certserver.office.reports.writing_text import columns_of

_BARS, _NUMBERS = 240, 110
_HALF_WIDTH = 12
"""Units of the picture: the longest bar, room for a number, and half a wide character."""
_ROW, _BAR = 28, 18
_GAP = 8


def chart_svg(table: Table, chart: Chart, words: Words) -> str:
    """The picture. Rows without a number have no bar."""
    column = table.columns[chart.values]
    rows = table.rows[chart.first :]
    most = max((_length(row[chart.values]) for row in rows), default=0.0)
    labels = max((columns_of(str(row[chart.labels])) for row in rows), default=0) * _HALF_WIDTH + _GAP
    width, height = labels + _BARS + _NUMBERS, _ROW * len(rows) + _GAP
    bars = []
    for at, row in enumerate(rows):
        value, middle = row[chart.values], _GAP + at * _ROW + _BAR // 2
        long = round(_length(value) / most * _BARS) if most else 0
        label, number = escape(str(row[chart.labels])), escape(shown(value, column.shape))
        bars.append(
            f'<text class="chart-label" x="{labels - _GAP}" y="{middle}" text-anchor="end" '
            f'dominant-baseline="central">{label}</text>'
            f'<rect class="chart-bar" x="{labels}" y="{middle - _BAR // 2}" width="{long}" height="{_BAR}"/>'
            f'<text class="chart-number" x="{labels + long + _GAP}" y="{middle}" '
            f'dominant-baseline="central">{number}</text>'
        )
    title, about = f"{table.name}-chart-title", f"{table.name}-chart-about"
    described = words("chart.about", what=column.full_heading, rows=len(rows))
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="{title} {about}">'
        f'<title id="{title}">{escape(words("chart.title", title=table.title, what=column.full_heading))}</title>'
        f'<desc id="{about}">{escape(described)}</desc>{"".join(bars)}</svg>'
    )


def _length(value: Value) -> float:
    if isinstance(value, Ratio):
        return value.part / value.whole if value.whole else 0.0
    return float(value) if isinstance(value, int) else 0.0
