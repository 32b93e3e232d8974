"""A site's settings: what is wrong is named, what is missing is told."""

from pathlib import Path

import pytest

from kiosk.composition.settings import LONGEST, CardReaderKind, TerminalSettings, example, load_settings
from kiosk.errors import ConfigurationError


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('municipality = "99"\npitch_mm = 9.0\nfoo = 1\n')
    with pytest.raises(ConfigurationError) as told:
        load_settings(file)
    for name in ("municipality", "pitch_mm", "foo", "terminal"):
        assert name in str(told.value)


@pytest.mark.parametrize("content", [b"= nothing", b"\xff\xfe", b"a = " + b"[" * 50_000])
def test_a_file_that_is_not_toml_is_told(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match="is not TOML"):
        load_settings(file)


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_bytes(b"#" * (LONGEST + 1))
    with pytest.raises(ConfigurationError, match="longer than"):
        load_settings(file)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="--example"):
        load_settings(tmp_path / "none.toml")


def test_the_example_is_a_settings_file_once_its_blanks_are_filled(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    filled = example().replace('municipality = ""', 'municipality = "992011"')
    for name in ("cash", "sensors"):
        filled = filled.replace(f'{name} = ""', f'{name} = "virtual:"')
    file.write_text(filled.replace('= ""', '= "x"'))
    assert load_settings(file).municipality == "992011"


@pytest.mark.parametrize("device", ["card_reader", "printer", "slip_printer", "cash", "sensors"])
def test_no_device_becomes_virtual_because_a_site_says_nothing(device: str) -> None:
    field = TerminalSettings.model_fields[device]
    assert field.is_required() or field.default is CardReaderKind.PCSC
