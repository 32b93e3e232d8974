"""From settings to devices: a wrong address is told, and nothing becomes virtual by itself."""

from pathlib import Path
from typing import Any

import pytest

from hardware.cash.cctalk.kept import written
from hardware.cash.cctalk.till import Till
from hardware.cash.model import CashProblem
from kiosk.composition.cash import CASH_TAKEN, account_file
from kiosk.composition.devices import open_devices, printer_profile
from kiosk.composition.locks import alone_with
from kiosk.composition.settings import CardReaderKind, TerminalSettings
from kiosk.errors import ConfigurationError
from tests.support.cash_bench import is_certain


def settings(**changed: Any) -> TerminalSettings:
    files = dict.fromkeys(("server_ca", "terminal_x509", "terminal_key", "directory_key", "journal"), Path("none"))
    named = {"municipality": "992011", "terminal": "kiosk-1", "place": "局", "place_en": "office"}
    virtual = dict.fromkeys(("printer", "slip_printer", "cash", "sensors"), "virtual:")
    addresses = {"directory_address": "localhost:1"} | virtual
    return TerminalSettings(**(files | named | addresses | {"card_reader": CardReaderKind.VIRTUAL} | changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"printer": "nonsense"},
        {"printer": "ipp://"},
        {"printer": "ipps://printer/ipp/print", "printer_ca": Path("none")},
        {"printer": "escpos+tcp://"},
        {"printer": "escpos+tcp://printer:port"},
        {"printer": "escpos+tcp://printer:9100?dots=576"},
        {"slip_printer": "tcp://"},
        {"slip_printer": "tcp://printer:port"},
        {"slip_printer": "nonsense"},
    ],
)
def test_an_address_that_can_t_be_one_is_told(changed: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="printer"):
        open_devices(settings(**changed))


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("cash", "drawer: and virtual:"),
        ("cashless", "none and virtual:"),
        ("sensors", "serial:/dev/"),
        ("voice", "none and virtual:"),
        ("headphones", "alsa:DEVICE and virtual:"),
        ("printer", "ipp:"),
        ("slip_printer", "serial:"),
        ("camera", "none"),
        ("scanner", "none"),
    ],
)
def test_nothing_stands_for_a_device_that_nobody_knows(name: str, may: str, tmp_path: Path) -> None:
    """Whoever makes settings without a file is told too."""
    unknown = settings(journal=tmp_path / "journal.json").model_copy(update={name: "card"})
    with pytest.raises(ConfigurationError, match=f"{name}: card is none of .*{may}"):
        open_devices(unknown)


CCTALK = {"cash": "cctalk:/dev/koufu-no-such-port"}


def test_a_cash_device_that_is_not_there_is_no_virtual_one(tmp_path: Path) -> None:
    cash = open_devices(settings(**CCTALK, journal=tmp_path / "journal.json")).cash
    assert cash.status().problems == {CashProblem.OFFLINE}


def test_one_program_at_a_time_has_the_cash_device(tmp_path: Path) -> None:
    journal = tmp_path / "journal.json"
    opened = open_devices(settings(**CCTALK, journal=journal))
    with pytest.raises(ConfigurationError, match="another program"):
        open_devices(settings(**CCTALK, journal=journal))
    assert not is_certain(opened.cash.payouts())


def test_who_does_not_have_the_cash_device_leaves_its_account_alone(tmp_path: Path) -> None:
    """A hopper that is new is written into the account as soon as it is read."""
    till = tmp_path / "till.json"
    account_file(till).write(written(Till(hoppers={100: 60})))
    before = till.read_bytes()
    with alone_with(till, CASH_TAKEN), pytest.raises(ConfigurationError, match="another program"):
        open_devices(settings(**CCTALK, journal=tmp_path / "journal.json"))
    assert till.read_bytes() == before


def test_a_cash_device_that_was_not_begun_is_there_for_another_program(tmp_path: Path) -> None:
    till = tmp_path / "till.json"
    till.write_bytes(b"{")
    with pytest.raises(ConfigurationError, match="the account of the cash device"):
        open_devices(settings(**CCTALK, journal=tmp_path / "journal.json"))
    with alone_with(till, CASH_TAKEN):
        assert till.read_bytes() == b"{"


def test_a_cash_device_is_not_begun_on_an_account_that_is_none(tmp_path: Path) -> None:
    account_file(tmp_path / "till.json").write(b"{")
    with pytest.raises(ConfigurationError, match="count the money"):
        open_devices(settings(**CCTALK, journal=tmp_path / "journal.json"))


@pytest.mark.parametrize("rest", ["?coins=0", "?hoppers=3:7", "?proof=cipher"])
def test_a_bus_that_can_t_be_one_is_told(rest: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cash: "):
        open_devices(settings(cash=f"cctalk:/dev/ttyUSB0{rest}", journal=tmp_path / "journal.json"))


def test_a_terminal_that_is_set_mute_promises_no_voice() -> None:
    assert open_devices(settings(voice="none")).voice.status().tongues == frozenset()


@pytest.mark.parametrize(
    ("printer", "profile"),
    [
        ("escpos+tcp://printer:9100", "dots-200"),
        ("escpos+tcp://printer:9100?dots=1654", "dots-200"),
        ("escpos+tcp://printer:9100?dots=2480", "even"),
        ("ipp://printer:631/ipp/print", "even"),
        ("virtual:", "even"),
    ],
)
def test_the_ground_that_is_ordered_suits_the_dots_of_the_printer(printer: str, profile: str) -> None:
    assert printer_profile(settings(printer=printer)) == profile


def test_a_site_chooses_among_the_grounds_that_suit_its_printer() -> None:
    assert printer_profile(settings(printer="ipp://printer:631/ipp/print", printer_profile="coarse")) == "coarse"
    wide = "escpos+tcp://printer:9100?dots=2480"
    assert printer_profile(settings(printer=wide, printer_profile="coarse")) == "coarse"
    for printer, chosen in (("escpos+tcp://printer:9100", "even"), (wide, "dots-200")):
        with pytest.raises(ConfigurationError, match=f"printer_profile: {chosen} does not suit"):
            printer_profile(settings(printer=printer, printer_profile=chosen))


def test_no_ground_suits_a_printer_that_is_too_narrow() -> None:
    with pytest.raises(ConfigurationError, match="1654 dots"):
        printer_profile(settings(printer="escpos+tcp://printer:9100?dots=576"))


@pytest.mark.parametrize(
    "changed",
    [
        {"headphones": "alsa:hw:1,0"},
        {"headphones": "alsa:default", "headphone_jack": "0:Headphone Jack"},
        {"headphones": "alsa:hw:63,0", "headphone_jack": "0:Headphone Jack"},
    ],
    ids=["no-jack", "the-loudspeaker", "not-told-apart"],
)
def test_i11_headphones_that_others_could_hear_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="headphones"):
        open_devices(settings(**changed))


def test_a_terminal_without_a_jack_has_no_headphones() -> None:
    assert not open_devices(settings()).headphones.plugged()
