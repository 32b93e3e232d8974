"""`koufu-kiosk calibrate`: the sheet comes out, a choice is stored, a scan that can't be measured changes nothing."""

import socket
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import Image

from kiosk.calibration.plan import plan_for
from kiosk.calibration.sheet import document, face
from kiosk.cli import main
from kiosk.composition.devices import printer_profile
from kiosk.composition.settings import load_settings
from printers.model import PrinterProblem
from tests.support.calibration import copy_of, scan, settings_file, stored
from tests.support.ipp_fixtures import ipp_names  # noqa: F401
from tests.support.ipp_printer import software_printer
from tests.support.paper_model import Capture

pytestmark = [pytest.mark.xdist_group("calibration"), pytest.mark.timeout(600)]


def run(*arguments: object) -> int:
    return main(["calibrate", *map(str, arguments)])


def test_the_sheet_lies_in_the_tray(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tray = tmp_path / "tray"
    tray.mkdir()
    file = settings_file(tmp_path, printer=f"pdf:{tray}")
    before = file.read_bytes()
    assert run("--settings", file) == 0
    (printed,) = tray.iterdir()
    assert printed.read_bytes() == document(plan_for(600))
    assert "600 dpi with fields 1 to 49" in capsys.readouterr().out
    assert file.read_bytes() == before


def test_the_sheet_can_be_left_as_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, sheet = settings_file(tmp_path), tmp_path / "sheet.pdf"
    assert run("--settings", file, "--dpi", 300, "--out", sheet) == 0
    assert len(pdfium.PdfDocument(sheet.read_bytes())) == 2
    assert "at 300 dpi" in capsys.readouterr().out
    assert run("--settings", file, "--out", sheet) == 2
    assert "File exists" in capsys.readouterr().err


def test_a_jam_is_told(
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    with software_printer(tmp_path, ipp_names) as printer:
        printer.reason("+media-jam-error")
        printer.finish(1)
        assert run("--settings", settings_file(tmp_path, printer=printer.uri)) == 2
    told = capsys.readouterr().err
    assert "the calibration sheet was not printed" in told
    assert PrinterProblem.JAM.value in told


def test_a_printer_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("localhost", 0))
        port = nobody_listens.getsockname()[1]
        assert run("--settings", settings_file(tmp_path, printer=f"ipp://localhost:{port}/ipp/print")) == 2
    assert "the calibration sheet was not printed" in capsys.readouterr().err


def test_a_person_s_choice_stands_in_the_settings_and_is_what_is_ordered(tmp_path: Path) -> None:
    file = settings_file(tmp_path, printer="ipp://printer:631/ipp/print")
    assert printer_profile(load_settings(file)) == "even"
    assert run("--settings", file, "--choose", 12) == 0
    assert printer_profile(load_settings(file)) == "600-12"
    assert run("--settings", file, "--choose", 49) == 0
    assert printer_profile(load_settings(file)) == "coarse"
    assert run("--settings", file, "--dpi", 300, "--choose", 2) == 0
    assert printer_profile(load_settings(file)) == "300-02"


def test_a_page_printer_gets_the_sheet_of_its_own_dots(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = settings_file(tmp_path, printer="escpos+tcp://printer:9100?dots=1654")
    assert run("--settings", file, "--choose", 2) == 0
    assert printer_profile(load_settings(file)) == "200-02"
    assert run("--settings", file, "--dpi", 600, "--choose", 2) == 2
    assert "driven at 200 dpi" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--choose", 0], "fields 1 to 49, not 0"),
        (["--choose", 50], "fields 1 to 49, not 50"),
        (["--dpi", 1200, "--choose", 1], "no ground for 1200 dpi"),
    ],
)
def test_a_wrong_choice_changes_nothing(
    arguments: list[object], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = settings_file(tmp_path)
    before = file.read_bytes()
    assert run("--settings", file, *arguments) == 2
    assert told in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["--original", "a.png"],
        ["--copy", "a.png"],
        ["--choose", "3", "--original", "a.png", "--copy", "b.png"],
        ["--choose", "3", "--out", "x.pdf"],
        ["--store"],
        ["--choose", "three"],
    ],
)
def test_a_mixture_of_ways_is_a_wrong_call(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--settings", settings_file(tmp_path), *arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_two_scans_propose_the_best_and_store_it_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = settings_file(tmp_path)
    before = file.read_bytes()
    original = stored(scan(600, Capture.SCAN_600, 1), tmp_path / "original.png")
    copy = stored(copy_of(600, 1), tmp_path / "copy.jpeg")
    assert run("--settings", file, "--original", original, "--copy", copy) == 0
    told = capsys.readouterr().out
    assert "best: field" in told
    assert "nothing is stored yet" in told
    assert file.read_bytes() == before
    assert run("--settings", file, "--original", original, "--copy", copy, "--store") == 0
    chosen = printer_profile(load_settings(file))
    assert f'printer_profile = "{chosen}"' in capsys.readouterr().out
    assert chosen.startswith("600-")
    assert f"({chosen})" in told


def broken(kind: str, folder: Path) -> Path:
    file = folder / f"{kind}.png"
    match kind:
        case "absent":
            pass
        case "text":
            file.write_text("not a picture")
        case "cut short":
            stored(np.full((2000, 2000), 255, np.uint8), file)
            file.write_bytes(file.read_bytes()[:200])
        case "huge":
            Image.new("1", (30_000, 30_000)).save(file)
        case "black and white":
            Image.new("1", (2000, 2000)).save(file)
        case "another page":
            stored(np.full((3508, 2480), 250, np.uint8), file)
        case "broken PDF":
            file.write_bytes(b"%PDF-1.7\nnothing")
        case "large page":
            Image.new("L", (100, 100), 255).save(file, "PDF", resolution=1)
        case "sheet of 300":
            stored(np.where(face(plan_for(300)), 30, 245).astype(np.uint8), file)
    return file


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("absent", "can't be read"),
        ("text", "is no picture"),
        ("cut short", "damaged"),
        ("huge", "too many pixels"),
        ("black and white", "scan in grey"),
        ("another page", "no calibration sheet is in the scan"),
        ("broken PDF", "damaged"),
        ("large page", "no page of A4"),
    ],
)
def test_a_scan_that_can_t_be_measured_says_what_to_do_and_changes_nothing(
    kind: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = settings_file(tmp_path)
    before = file.read_bytes()
    scan_of = broken(kind, tmp_path)
    assert run("--settings", file, "--original", scan_of, "--copy", scan_of, "--store") == 2
    said = capsys.readouterr().err
    assert told in said
    assert "--original" in said
    assert file.read_bytes() == before


def test_a_sheet_of_another_printer_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = settings_file(tmp_path, printer="escpos+tcp://printer:9100?dots=1654")
    sheet = broken("sheet of 300", tmp_path)
    assert run("--settings", file, "--original", sheet, "--copy", sheet) == 2
    assert "not for this site's printer of 200 dpi" in capsys.readouterr().err
