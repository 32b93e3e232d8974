"""One setting changed in a site's file: the rest of it stays as it was, byte for byte."""

import os
import stat
from pathlib import Path

import pytest

from kiosk.composition.settings import load_settings
from kiosk.composition.settings_file import changed_text, store_setting
from kiosk.errors import ConfigurationError
from tests.support.calibration import settings_file

NAME = "printer_profile"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('a = 1\nprinter_profile = "coarse" # why\nb = 2\n', 'a = 1\nprinter_profile = "600-12" # why\nb = 2\n'),
        ("  printer_profile='coarse'\n", '  printer_profile = "600-12"\n'),
        ('#printer_profile = ""\n# b\nb = 2\n', '#printer_profile = ""\nprinter_profile = "600-12"\n# b\nb = 2\n'),
        ('a = 1', 'a = 1\nprinter_profile = "600-12"\n'),
        ("a = 1\r\nb = 2\r\n", 'a = 1\r\nb = 2\r\nprinter_profile = "600-12"\r\n'),
        ('a = 1\n[readings]\nx = "y"\n', 'a = 1\nprinter_profile = "600-12"\n[readings]\nx = "y"\n'),
        ('a = 1\n[t]\nprinter_profile = "no"\n', 'a = 1\nprinter_profile = "600-12"\n[t]\nprinter_profile = "no"\n'),
        ("", 'printer_profile = "600-12"\n'),
    ],
)  # fmt: skip
def test_only_the_setting_changes(before: str, after: str) -> None:
    assert changed_text(before, NAME, "600-12") == after


def test_the_file_keeps_its_comments_its_mode_and_its_link(tmp_path: Path) -> None:
    real = settings_file(tmp_path)
    real.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    before = real.read_text()
    for profile in ("600-12", "coarse"):
        store_setting(link, NAME, profile)
        assert load_settings(link).printer_profile == profile
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.read_text().replace('printer_profile = "coarse"\n', "", 1) == before.replace("\n\n\n", "\n\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kiosk.toml", "link.toml"]


@pytest.mark.parametrize("spoilt", ['printer_profile = """coarse"""\n', '"printer_profile" = "coarse"\n'])
def test_an_unusual_way_of_writing_is_left_to_a_person(spoilt: str, tmp_path: Path) -> None:
    file = settings_file(tmp_path)
    file.write_text(file.read_text() + spoilt)
    before = file.read_bytes()
    with pytest.raises(ConfigurationError, match='set printer_profile = "600-12" by hand'):
        store_setting(file, NAME, "600-12")
    assert file.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    file = settings_file(tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ConfigurationError, match="nothing was changed"):
            store_setting(file, NAME, "600-12")
    finally:
        tmp_path.chmod(0o700)


def test_a_disk_that_is_full_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = settings_file(tmp_path)
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigurationError, match="No space left on device; nothing was changed"):
        store_setting(file, NAME, "600-12")
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["kiosk.toml"]
