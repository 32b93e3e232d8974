"""Rows of a table made fit for a narrow screen, where each stands by itself: every cell carries the head of its column,
and the roles that a browser forgets once a row is no longer drawn as one. Pure."""

import re
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

_TAG = re.compile(r"<(tr|td|th)\b([^>]*)>")
_ROLES = {"tr": "row", "td": "cell", "th": "rowheader"}


def labelled(rows: Markup, heads: Sequence[str]) -> Markup:
    """The same rows, of a table without another in it; a cell over several columns has no head. What a row tells is
    escaped already, so that every tag in it is the template's own."""
    column = 0

    def tag(found: re.Match[str]) -> str:
        nonlocal column
        name, about = found.groups()
        label = ""
        if name == "tr":
            column = 0
        elif "colspan=" not in about:
            label = f' data-label="{escape(heads[column])}"'
            column += 1
        return f'<{name} role="{_ROLES[name]}"{label}{about}>'

    return Markup(_TAG.sub(tag, rows))  # noqa: S704
