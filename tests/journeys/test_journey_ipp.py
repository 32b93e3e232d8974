"""A journey whose certificate goes to the CUPS project's own printer in software; the sheet is then read back
as a bank would read it."""

from pathlib import Path

from certserver.verify.judge import Verdict, trusted
from hardware.sensors.model import Place
from kiosk.flow import scenes as at
from printers.ipp.printer import IppPagePrinter
from printers.ipp.transport import HttpTransport, parse_address
from printers.ipp.watch import IppPace
from tests.support.ipp_fixtures import ipp_names  # noqa: F401
from tests.support.ipp_journeys import pays_and_meets_a_jam
from tests.support.ipp_printer import SoftwarePrinter, software_printer
from tests.support.journey_desk import Clerk
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey
from tests.support.printer_clocks import RealClock
from tests.support.reading import rasters, read_sheet
from tests.support.sheets import text_of

NAME = "辻\U000e0102　健吾"


def driver(device: SoftwarePrinter) -> IppPagePrinter:
    clock = RealClock()
    return IppPagePrinter(HttpTransport(parse_address(device.uri), clock), clock, IppPace(look_every=0.01))


def prints(j: Journey, device: SoftwarePrinter) -> bytes:
    """Everything up to the sheet in the hand: the file as the printer got it."""
    j.comes_to(at.Pay)
    device.sides_done(1)
    device.sides_done(2)
    device.finish()
    j.pays()
    j.sees("証明書をお取りください", "Take your sheet")
    j.takes(Place.CHANGE_TRAY, Place.RECEIPT_SLOT)
    j.touches("primary")
    j.sees("証明書が取れます")
    (document,) = device.received()
    return document


def test_a_sheet_from_a_real_ipp_printer_is_good_to_whoever_gets_it(
    municipality: Municipality,
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    (tmp_path / "device").mkdir()
    with (
        software_printer(tmp_path / "device", ipp_names) as device,
        a_journey(municipality, tmp_path, pages=driver(device)) as j,
    ):
        document = prints(j, device)
        assert j.issued == 1
        assert device.wishes()[:2] == ["two-sided-long-edge", "iso_a4_210x297mm"]
    keys = trusted([municipality.server.municipal_key.raw_public_key])
    found = read_sheet(rasters(document), keys)
    assert (found.verdict, found.pages, found.doubts) == (Verdict.GOOD, 1, ())
    assert "辻\U000e0102 健吾" in text_of(document)
    assert NAME in [entry.text for entry in found.contents[0].entries]
    assert read_sheet(rasters(document), keys={}).verdict is not Verdict.GOOD


def test_a_jam_in_a_real_ipp_printer(
    municipality: Municipality,
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    (tmp_path / "device").mkdir()
    with (
        software_printer(tmp_path / "device", ipp_names) as device,
        a_journey(municipality, tmp_path, pages=driver(device)) as j,
    ):
        pays_and_meets_a_jam(j, device)


def test_a_paper_of_the_counter_from_a_real_ipp_printer(
    municipality: Municipality,
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    (tmp_path / "device").mkdir()
    with (
        software_printer(tmp_path / "device", ipp_names) as device,
        a_journey(municipality, tmp_path, pages=driver(device)) as j,
    ):
        clerk = Clerk(j)
        clerk.signs_in()
        clerk.presses("tab-cases", "begin-papers")
        device.sides_done(1)
        device.sides_done(2)
        device.finish()
        clerk.presses("paper-pins-explained")
        clerk.reads("印刷が終わりました", "Printed")
        (document,) = device.received()
        assert "使うときの かぎです" in text_of(document)
        assert not clerk.office.faults
