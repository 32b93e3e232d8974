"""Rows of a table are told as a table's also where each stands by itself on a narrow screen."""

from markupsafe import Markup

from certserver.console.tables import labelled

HEADS = ("番号", 'a "state" & more', "日時")


def test_each_cell_has_its_role_and_the_head_of_its_column() -> None:
    rows = Markup(
        '<tr><th scope="row"><a href="/1">1</a></th><td class="number">2</td>\n<td></td></tr><tr><td>4</td></tr>'
    )
    assert labelled(rows, HEADS) == (
        '<tr role="row"><th role="rowheader" data-label="番号" scope="row"><a href="/1">1</a></th>'
        '<td role="cell" data-label="a &quot;state&quot; &amp; more" class="number">2</td>\n'
        '<td role="cell" data-label="日時"></td></tr><tr role="row"><td role="cell" data-label="番号">4</td></tr>'
    )


def test_a_cell_over_all_columns_has_no_head() -> None:
    assert labelled(Markup('<tr><td colspan="3">–</td></tr>'), HEADS) == (
        '<tr role="row"><td role="cell" colspan="3">–</td></tr>'
    )


def test_what_a_row_tells_is_no_tag() -> None:
    told = Markup("<tr><td>{}</td></tr>").format("<td>x</td>")
    assert labelled(told, HEADS) == (
        '<tr role="row"><td role="cell" data-label="番号">&lt;td&gt;x&lt;/td&gt;</td></tr>'
    )
