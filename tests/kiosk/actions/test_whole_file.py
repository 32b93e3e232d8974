"""A file that is replaced as a whole."""

from pathlib import Path

import pytest

from kiosk.actions.whole_file import LONGEST, WholeFile
from kiosk.errors import ConfigurationError

WHAT = "the open cases"


def test_a_file_that_can_be_none_stops_the_terminal(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "endless"):
        if path != tmp_path:
            path.write_bytes(b" " * (LONGEST + 1))
        with pytest.raises(ConfigurationError):
            WholeFile(path, WHAT).read()


def test_a_file_is_replaced_as_a_whole_and_readable_by_nobody_else(tmp_path: Path) -> None:
    store = WholeFile(tmp_path / "cases.json", WHAT)
    assert store.read() is None
    store.write(b"one")
    store.write(b"two")
    assert store.read() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["cases.json"]
    assert (tmp_path / "cases.json").stat().st_mode & 0o077 == 0


def test_a_file_that_was_half_written_leaves_the_one_before(tmp_path: Path) -> None:
    store = WholeFile(tmp_path / "cases.json", WHAT)
    store.write(b"one")
    (tmp_path / "cases.json.new").write_bytes(b"tw")
    assert store.read() == b"one"
