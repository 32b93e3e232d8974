"""Figures handed over: what is taken in, what is refused and where, and that a second file replaces the first."""

from pathlib import Path

import pytest

from certserver.errors import ConfigurationError
from certserver.office.reports import card_queries
from certserver.office.reports.handing_in import take_card_figures, take_issued_figures
from certserver.office.reports.recounting import card_month_sums
from certserver.storage.engine import Database
from certserver.storage.migrating import migrate
from tests.support.databases import copied_database
from tests.support.printed_figures import APRIL

HERE = "992011"
HEAD = "municipality,counted,day,as_of,age_from,sex,count"


@pytest.fixture
def database(either_database: None, tmp_path: Path) -> Database:
    return copied_database(tmp_path, "figures", migrate)


def taken(database: Database, *lines: str, head: str = HEAD) -> int:
    with database.writing() as connection:
        return take_card_figures(connection, HERE, [head, *lines]).count


def test_a_second_file_replaces_what_the_first_said_of_the_same_day(database: Database) -> None:
    day = "992011,delivered,2024-03-31,,"
    assert taken(database, f"{day}20,male,30", f"{day}20,female,40", "992011,delivered,2024-04-30,,20,male,5") == 75
    assert taken(database, f"{day}20,male,31") == 31
    with database.reading() as connection:
        assert card_queries.figures_overall(connection, HERE, APRIL).delivered == 36
        assert card_queries.figures_overall(connection, HERE, APRIL.replace(day=29)).delivered == 31
        assert card_queries.figures_overall(connection, HERE, APRIL.replace(month=3)).delivered == 0
        by_month, by_day = card_month_sums(connection, HERE)
    assert by_month == by_day


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("011002,delivered,2024-03-31,,20,male,1", "another municipality"),
        ("992012,delivered,2024-03-31,,20,male,1", "code is not right"),
        ("992011,delivered,2024-02-30,,20,male,1", "line 2"),
        ("992011,delivered,2024-03-31,,21,male,1", "band of age"),
        ("992011,delivered,2024-03-31,,20,other,1", "line 2"),
        ("992011,delivered,2024-03-31,,20,male,-1", "whole number"),
        ("992011,delivered,2024-03-31,,20,male,1.5", "whole number"),
        ("992011,delivered,2024-03-31,2024-01-01,20,male,1", "as_of"),
        ("992011,population,2024-03-31,,20,male,1", "as_of"),
        ("992011,issued,2024-03-31,,20,male,1", "line 2"),
        ("992011,delivered,2024-03-31,,20,male", "fields"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_kept(database: Database, line: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        taken(database, line)
    with database.reading() as connection:
        assert card_queries.figures_overall(connection, HERE, APRIL).delivered == 0


def test_a_file_with_another_first_line_or_with_a_line_twice_is_refused(database: Database) -> None:
    with pytest.raises(ConfigurationError, match="first line"):
        taken(database, head="municipality,count")
    with pytest.raises(ConfigurationError, match="two lines"):
        taken(database, *["992011,delivered,2024-03-31,,20,male,1"] * 2)


def test_certificates_are_handed_over_by_kind(database: Database) -> None:
    head = "municipality,day,kind,count,fee"
    with database.writing() as connection:
        told = take_issued_figures(connection, HERE, [head, "992011,2024-03-31,residence,15300255,3060051000"])
    assert (told.lines, told.count) == (1, 15300255)
    with database.writing() as connection, pytest.raises(ConfigurationError, match="line 2"):
        take_issued_figures(connection, HERE, [head, "992011,2024-03-31,passport,1,1"])
