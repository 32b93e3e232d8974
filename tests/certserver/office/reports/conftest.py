"""Databases that reports are made of."""

from pathlib import Path

import pytest

from certserver.office.reports.handing_in import take_card_figures
from certserver.storage.engine import Database
from certserver.storage.migrating import migrate
from tests.support.databases import copied_database
from tests.support.printed_figures import card_lines


def _with_printed_figures(database: Database) -> None:
    migrate(database)
    with database.writing() as connection:
        take_card_figures(connection, None, card_lines())


@pytest.fixture
def nation(either_database: None, tmp_path: Path) -> Database:
    """A database with figures of the whole country."""
    return copied_database(tmp_path, "nation", _with_printed_figures)
