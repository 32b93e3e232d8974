"""A journey whose certificate goes through a queue of a real cupsd to a printer that takes no PDF. What comes out is
not the file that was signed: it is the file's dots, and must be read as a sheet all the same."""

from pathlib import Path

from certserver.verify.judge import Verdict, trusted
from hardware.sensors.model import Place
from kiosk.flow import scenes as at
from tests.support.ipp_fixtures import ipp_names, queue_before_a_raster_printer, queue_driver  # noqa: F401
from tests.support.ipp_journeys import pays_and_meets_a_jam
from tests.support.journey_server import Municipality
from tests.support.journey_steps import a_journey
from tests.support.printer_clocks import until_it_comes
from tests.support.pwg_raster import pdf_of_raster
from tests.support.reading import rasters, read_sheet

NAME = "辻\U000e0102　健吾"


def test_a_sheet_through_a_queue_is_good_to_whoever_gets_it(
    municipality: Municipality,
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    folder = tmp_path / "device"
    folder.mkdir()
    with (
        queue_before_a_raster_printer(folder, ipp_names, dpi=300) as (device, cups),
        a_journey(municipality, tmp_path, pages=queue_driver(cups)) as j,
    ):
        j.comes_to(at.Pay)
        device.sides_done(1)
        device.sides_done(2)
        device.finish()
        j.pays()
        j.sees("証明書をお取りください", "Take your sheet")
        j.takes(Place.CHANGE_TRAY, Place.RECEIPT_SLOT)
        j.touches("primary")
        j.sees("証明書が取れます")
        assert j.issued == 1
        (sent,) = device.received()
        assert any(not cups.documents() for _ in until_it_comes())
        left = cups.everything_in_memory()
    assert device.wishes()[0] == "two-sided-long-edge"
    assert sent.startswith(b"RaS2")
    document = pdf_of_raster(sent, folder)
    found = read_sheet(rasters(document), trusted([municipality.server.municipal_key.raw_public_key]))
    assert (found.verdict, found.pages, found.doubts) == (Verdict.GOOD, 1, ())
    assert NAME in [entry.text for entry in found.contents[0].entries]
    assert [each for each in (b"%PDF-", b"RaS2", "健吾".encode(), sent[1800:2800]) if each in left] == []


def test_a_jam_behind_a_queue_is_the_jam_of_a_printer(
    municipality: Municipality,
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    folder = tmp_path / "device"
    folder.mkdir()
    with (
        queue_before_a_raster_printer(folder, ipp_names) as (device, cups),
        a_journey(municipality, tmp_path, pages=queue_driver(cups)) as j,
    ):
        pays_and_meets_a_jam(j, device)


def test_i11_a_terminal_whose_queue_would_keep_documents_serves_nobody(
    municipality: Municipality,
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    folder = tmp_path / "device"
    folder.mkdir()
    with queue_before_a_raster_printer(folder, ipp_names) as (device, cups):
        cups.swaps.write_text("Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n")
        with a_journey(municipality, tmp_path, pages=queue_driver(cups)) as j:
            assert j.shows(at.Closed)
            j.sees("印刷機の設定を点検しています", "The printer is set up wrongly")
        assert device.received() == []
