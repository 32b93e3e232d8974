"""A report as a piece of a web page: its chart, then a table with caption and scopes, and its notes. It brings no style
and no script. Pure."""

from html import escape

from certserver.office.reports.chart import chart_svg
from certserver.office.reports.table import WITHHELD, WITHHELD_SIGN, Column, Ratio, Table, Value, shown
from certserver.office.reports.words import Words


def as_html(table: Table, words: Words) -> str:
    """The markup."""
    figure = ""
    if table.chart and any(_is_known(row[table.chart.values]) for row in table.rows[table.chart.first :]):
        drawn = chart_svg(table, table.chart, words)
        what = escape(table.columns[table.chart.values].full_heading)
        figure = f'<figure class="report-chart"><figcaption>{what}</figcaption>{drawn}</figure>'
    caption = f"{table.name}-caption"
    body = "".join(_body_row(table, row, words, table.label_columns - 1) for row in table.rows)
    foot = "".join(_body_row(table, row, words, 0) for row in table.foot)
    notes = "".join(f"<li>{escape(note)}</li>" for note in table.notes)
    return (
        f'{figure}<div class="scrolls" role="group" tabindex="0" aria-labelledby="{caption}">'
        f'<table class="report"><caption id="{caption}">{escape(table.title)}</caption>'
        f"<thead>{_head(table)}</thead><tbody>{body}</tbody>"
        + (f"<tfoot>{foot}</tfoot>" if foot else "")
        + "</table></div>"
        + (f'<ul class="report-notes">{notes}</ul>' if notes else "")
    )


def _is_known(value: Value) -> bool:
    return isinstance(value, int) or (isinstance(value, Ratio) and value.whole != 0)


def _head(table: Table) -> str:
    if not any(column.group for column in table.columns):
        return _row("".join(_heading(column) for column in table.columns))
    above, below, at = "", "", 0
    for group, width in table.groups():
        own = table.columns[at : at + width]
        at += width
        if group:
            above += f'<th scope="colgroup" colspan="{width}">{escape(group)}</th>'
            below += "".join(_heading(column) for column in own)
        else:
            above += _heading(own[0], rows=2)
    return _row(above) + _row(below)


def _heading(column: Column, rows: int = 1) -> str:
    spans = f' rowspan="{rows}"' if rows > 1 else ""
    return f'<th scope="col"{spans}{_class(column)}>{escape(column.heading)}</th>'


def _body_row(table: Table, row: tuple[Value, ...], words: Words, heading: int) -> str:
    """`heading`: the column that says what the row is about."""
    cells = ""
    for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
        text = _told(value, column, words)
        cells += f'<th scope="row">{text}</th>' if at == heading else f"<td{_class(column)}>{text}</td>"
    return _row(cells)


def _told(value: Value, column: Column, words: Words) -> str:
    if value is WITHHELD:
        heard = f'<span class="unseen">{escape(words("withheld.heard"))}</span>'
        return f'<span aria-hidden="true">{WITHHELD_SIGN}</span>{heard}'
    return escape(shown(value, column.shape))


def _class(column: Column) -> str:
    return ' class="number"' if column.is_number else ""


def _row(cells: str) -> str:
    return f"<tr>{cells}</tr>"
