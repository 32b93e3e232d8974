"""A report as plain text in columns, for a terminal or a mail. Pure."""

from unicodedata import east_asian_width

from certserver.office.reports.table import Table, shown

_WIDE = "WF"
_GAP = "  "


def as_text(table: Table) -> str:
    """The report, ending with a line break. Wide characters count as two."""
    lines = [[column.full_heading for column in table.columns]]
    lines += [
        [shown(value, column.shape) for value, column in zip(row, table.columns, strict=True)]
        for row in (*table.rows, *table.foot)
    ]
    widths = [max(columns_of(line[at]) for line in lines) for at in range(len(table.columns))]
    told = [table.title, ""]
    for line in lines:
        cells = [
            _padded(cell, width, right=column.is_number)
            for cell, width, column in zip(line, widths, table.columns, strict=True)
        ]
        told.append(_GAP.join(cells).rstrip())
    told += ["", *table.notes] if table.notes else []
    return "\n".join(told) + "\n"


def _padded(cell: str, width: int, *, right: bool) -> str:
    room = " " * (width - columns_of(cell))
    return room + cell if right else cell + room


def columns_of(text: str) -> int:
    """How many columns a text takes."""
    return sum(2 if east_asian_width(character) in _WIDE else 1 for character in text)
