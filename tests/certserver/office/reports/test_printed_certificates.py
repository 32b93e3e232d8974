"""The ministry's table of certificates by fiscal year, from figures handed over by day and kind."""

from datetime import date
from pathlib import Path

import pytest

from certserver.office.reports.certificate_tables import month_table, year_table
from certserver.office.reports.handing_in import ISSUED_FIELDS, take_issued_figures
from certserver.office.reports.issued_queries import copies_by_month
from certserver.office.reports.table import shown
from certserver.office.reports.words import Language, words_in
from certserver.storage.engine import Database
from certserver.storage.migrating import migrate
from tests.support.databases import copied_database
from tests.support.printed_figures import number, printed

HERE = "992011"
JAPANESE = words_in(Language.JAPANESE)
KINDS = ("residence", "residence-items", "seal-registration", "income-tax", "koseki-full", "koseki-supplement")
FIRST, LAST = date(2017, 4, 1), date(2024, 3, 31)


def figures() -> list[str]:
    """Each printed number on a last day of March, but a tenth of it in the April before."""
    lines = [",".join(ISSUED_FIELDS)]
    for kind, row in zip(KINDS, printed("certificates.txt"), strict=False):
        for year, text in enumerate(row[1:], start=2017):
            early = number(text) // 10
            lines.append(f"{HERE},{year}-04-01,{kind},{early},{early * 200}")
            lines.append(f"{HERE},{year + 1}-03-31,{kind},{number(text) - early},0")
    return lines


@pytest.fixture
def database(either_database: None, tmp_path: Path) -> Database:
    made = copied_database(tmp_path, "issued", migrate)
    with made.writing() as connection:
        take_issued_figures(connection, HERE, figures())
    return made


def test_certificates_by_fiscal_year_with_their_sums(database: Database) -> None:
    with database.reading() as connection:
        table = year_table(JAPANESE, copies_by_month(connection, HERE, FIRST, LAST), FIRST, LAST)
    seen = [
        [shown(value, column.shape) for value, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    seen += [
        [shown(value, column.shape) for value, column in zip(row, table.columns, strict=True)] for row in table.foot
    ]
    assert seen == printed("certificates.txt")
    assert [column.heading for column in table.columns[1:]] == [
        *("平成29年度", "平成30年度", "令和元年度", "令和2年度", "令和3年度", "令和4年度", "令和5年度"),
    ]


def test_certificates_by_month_add_up_to_the_year(database: Database) -> None:
    with database.reading() as connection:
        copies = copies_by_month(connection, HERE, date(2023, 4, 1), LAST)
    table = month_table(JAPANESE, copies, date(2023, 4, 1), LAST)
    totals = [row[-1] for row in table.rows]
    assert (len(totals), sum(total for total in totals if isinstance(total, int))) == (12, 31_895_815)


def test_another_municipality_sees_none_of_it(database: Database) -> None:
    with database.reading() as connection:
        assert not copies_by_month(connection, "992020", FIRST, LAST)
