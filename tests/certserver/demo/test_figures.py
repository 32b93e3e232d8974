"""The fictional municipality's figures are such as a real one could hand over, on whatever day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from certserver.demo.figures import card_figures, issued_figures
from certserver.office.reports.card_queries import figures_by_age
from certserver.office.reports.handing_in import take_card_figures, take_issued_figures
from certserver.office.reports.issued_queries import copies_by_month
from certserver.office.reports.months import months_from
from certserver.storage.migrating import migrate
from tests.support.databases import copied_database

HERE = "992011"


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2026, 6, 10), date(2027, 3, 31)])
def test_cards_held_are_fewer_than_people_and_certificates_are_issued_each_month(today: date, tmp_path: Path) -> None:
    database = copied_database(tmp_path, "figures", migrate)
    with database.writing() as connection:
        take_card_figures(connection, HERE, card_figures(HERE, today))
        take_issued_figures(connection, HERE, issued_figures(HERE, today))
    with database.reading() as connection:
        cells = figures_by_age(connection, HERE, today)
        copies = copies_by_month(connection, HERE, date(2025, 4, 1), today)
    assert len(cells) == 34
    for figures in cells.values():
        assert 0 < figures.held <= figures.delivered
        assert figures.held < figures.population
    assert {month for month, _ in copies} == set(
        months_from(date(2025, 4, 1), today.replace(day=1) - timedelta(days=1))
    )
    assert all(copies.values())
