"""Questions and their answers, keys and fields on the clerk's window, for the day and every case: how many stand side
by side, how far apart, how high. A row is higher where words take two lines: `qml/blocks/KeyRow.qml` measures them."""

from collections.abc import Sequence

from kiosk.screens.blocks import Block, Role, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.desk_blocks import Columns, Entry

KEY = 17.0
"""mm of a row of keys whose words stand on one line."""

LISTED = 24.0
"""mm of one with a note below its words."""

BETWEEN = 4.0
ACROSS_LARGE = 2
"""No more keys stand side by side where type is large."""


def rows_of(
    keys: Sequence[Control], columns: int, *, large: bool, style: RowStyle = RowStyle.RING, gap: float = 1
) -> tuple[Block, ...]:
    """Keys in rows of so many; `gap` is above the first."""
    across = max(1, min(columns, ACROSS_LARGE) if large else columns)
    if large and style is RowStyle.LISTED:
        across = 1
    return tuple(
        KeyRow(
            keys=tuple(keys[at : at + across]),
            style=style,
            height=LISTED if style is RowStyle.LISTED else KEY,
            columns=across,
            between=BETWEEN,
            gap=3 if at else gap,
        )
        for at in range(0, len(keys), across)
    )


def question(asked: str, answers: Sequence[Control], columns: int, *, large: bool, gap: float = 6) -> tuple[Block, ...]:
    """A question and its answers, of which none is chosen beforehand; with notes each says more."""
    style = RowStyle.LISTED if any(each.note for each in answers) else RowStyle.RING
    return (Words(text=asked, role=Role.LABEL, gap=gap), *rows_of(answers, columns, large=large, style=style))


def beside(*keys: Control, large: bool, columns: int = 3, gap: float = 4) -> tuple[Block, ...]:
    """What can be done on a page besides going on."""
    return rows_of(keys, columns, large=large, style=RowStyle.PLAIN, gap=gap)


def fields(*entries: Entry, large: bool, shares: tuple[float, ...] = (), gap: float = 3) -> Columns:
    """Fields side by side, one below the other where type is large."""
    if large:
        return Columns(parts=(tuple(entries),), gap=gap)
    return Columns(parts=tuple((each,) for each in entries), shares=shares, gap=gap)
