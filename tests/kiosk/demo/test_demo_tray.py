"""What came out is kept apart by visit: a demonstration never leaves one visit's sheets beside another's receipt."""

import pytest

from kiosk.demo.stage.tray import Tray
from kiosk.flow.state import Terminal
from printers.model import PrintJob
from printers.virtual import SheetOut


def visits(*told: str) -> Tray:
    """A tray that saw this happen: `visit`, `NAME 1/2` for a sheet of a document, anything else is a slip."""
    tray, attempts = Tray(), 0
    tray.sees(Terminal())
    for word in told:
        if word == "visit":
            attempts += 1
            tray.sees(Terminal(attempts=attempts))
        elif "/" in word:
            name, _, of = word.partition(" ")
            sheet, sheets = map(int, of.split("/"))
            tray.sheet(SheetOut(PrintJob("0f" * 16, name.encode(), sheets), sheet))
        else:
            tray.slip(word.encode())
        tray.sees(Terminal(attempts=attempts))
    return tray


@pytest.mark.parametrize(
    ("told", "documents", "slips"),
    [
        (("visit", "a 1/1", "receipt-a"), ["a"], ["receipt-a"]),
        (("visit", "a 1/1", "receipt-a", "visit", "b 1/1", "receipt-b"), ["b"], ["receipt-b"]),
        (("visit", "a 1/1", "receipt-a", "visit", "declined"), ["a"], ["receipt-a"]),
        (("visit", "a 1/1", "receipt-a", "visit", "b 1/2"), ["a"], ["receipt-a"]),
        (("visit", "a 1/1", "receipt-a", "visit", "b 1/1"), ["a"], ["receipt-a"]),
        (("visit", "a 1/2", "a 2/2", "b 1/1", "receipt"), ["a", "b"], ["receipt"]),
        (("visit", "declined", "visit", "a 1/1"), ["a"], []),
    ],
)
def test_the_last_visit_that_ended_is_kept(told: tuple[str, ...], documents: list[str], slips: list[str]) -> None:
    kept = visits(*told).last_visit
    assert kept is not None
    assert [document.decode() for document in kept.documents] == documents
    assert [slip.decode() for slip in kept.slips] == slips


@pytest.mark.parametrize("told", [(), ("visit", "declined"), ("visit", "a 1/2", "debt")])
def test_where_nothing_came_out_whole_nothing_is_kept(told: tuple[str, ...]) -> None:
    assert visits(*told).last_visit is None
