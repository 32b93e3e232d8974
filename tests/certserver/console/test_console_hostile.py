"""A short walk of the crawler that `make fuzz` lets run for minutes."""

from pathlib import Path

import pytest

from tests.fuzz.console import crawl

pytestmark = pytest.mark.xdist_group("console")


def test_hostile_input_breaks_no_page_runs_nothing_and_reaches_no_other_municipality(
    either_database: None, tmp_path: Path
) -> None:
    assert crawl(tmp_path, 0, 60) == []
