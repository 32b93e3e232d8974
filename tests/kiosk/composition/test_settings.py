"""A site's settings: what is wrong is named, what is missing is told."""

import re
from pathlib import Path

import pytest

from kiosk.composition.settings import DEVICES, LONGEST, CardReaderKind, TerminalSettings, example, load_settings
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
    filled = filled.replace('card_reader = "pcsc"', 'card_reader = "virtual"')
    file.write_text(filled.replace('= ""', '= "x"'))
    assert load_settings(file).municipality == "992011"


@pytest.mark.parametrize("device", ["card_reader", "printer", "slip_printer", "cash", "sensors"])
def test_no_device_becomes_virtual_because_a_site_says_nothing(device: str) -> None:
    field = TerminalSettings.model_fields[device]
    assert field.is_required() or field.default is CardReaderKind.PCSC


REAL = {
    "municipality": "992011",
    "card_reader": "pcsc",
    "printer": "ipp://printer:631/ipp/print",
    "slip_printer": "tcp://printer:9100",
    "cash": "cctalk:/dev/koufu-no-such-port",
    "sensors": "serial:/dev/koufu-no-such-port",
}


def written(folder: Path, **changed: str) -> Path:
    """A settings file of real devices, with these settings changed."""
    text = example()
    for name, value in (REAL | changed).items():
        text = re.sub(rf'^#?{name} = ".*"$', f'{name} = "{value}"', text, flags=re.MULTILINE)
    file = folder / "kiosk.toml"
    file.write_text(re.sub(r'^(\w+) = ""$', r'\1 = "x"', text, flags=re.MULTILINE))
    return file


@pytest.mark.parametrize(
    ("name", "address"), [*((each, "virtual:") for each in DEVICES), ("printer", "pdf:tray"), ("camera", "virtual")]
)
def test_i13_no_device_is_virtual_beside_a_real_card_reader(name: str, address: str, tmp_path: Path) -> None:
    assert load_settings(written(tmp_path)).card_reader is CardReaderKind.PCSC
    with pytest.raises(ConfigurationError, match=f'{name} = "{address}" is only for a virtual card reader'):
        load_settings(written(tmp_path, **{name: address}))
    with_it = load_settings(written(tmp_path, **{name: address}, card_reader="virtual"))
    assert getattr(with_it, name) == address


def test_every_setting_that_may_name_a_virtual_device_is_asked_for_one() -> None:
    told = {name for name, each in TerminalSettings.model_fields.items() if "virtual:" in (each.description or "")}
    assert told == set(DEVICES)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("cash", "drawer: where a clerk takes the money"),
        ("cashless", "none, or virtual:"),
        ("voice", "alsa:DEVICE"),
        ("sensors", "serial:/dev/koufu/serial-"),
    ],
)
def test_an_unknown_device_is_refused_and_what_may_stand_there_is_said(name: str, may: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=rf"{name}: 'card' can't stand there\..* {may}"):
        load_settings(written(tmp_path, **{name: "card"}))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"cash": "drawer:"}, "counter = true"),
        ({"cash": "drawer:", "cashless": "virtual:", "card_reader": "virtual"}, "where no clerk takes the money"),
    ],
)
def test_settings_that_do_not_go_together_are_told(changed: dict[str, str], told: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=told):
        load_settings(written(tmp_path, **changed))
