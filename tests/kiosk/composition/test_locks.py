"""What a terminal keeps is one program's (I7)."""

import os
from pathlib import Path

import pytest

from kiosk.composition.locks import locked
from kiosk.errors import ConfigurationError


def test_a_second_program_is_told_what_the_first_has_until_that_lets_go(tmp_path: Path) -> None:
    journal = tmp_path / "journal.json"
    first = locked(journal, "it runs already")
    with pytest.raises(ConfigurationError, match="it runs already"):
        locked(journal, "it runs already")
    os.close(first)
    os.close(locked(journal, "it runs already"))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be locked"):
        locked(tmp_path / "missing" / "journal.json", "it runs already")
