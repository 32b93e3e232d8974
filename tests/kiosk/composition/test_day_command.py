"""`koufu-kiosk day`: what an auditor reads of a counter's day, and that a book that was changed is not read."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.actions.counter.day_book import DayBook, Shelf
from kiosk.cli import main
from kiosk.composition.settings import example
from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import NOTHING, counts, one_each


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    filled = example().replace('municipality = ""', 'municipality = "992011"')
    for name in ("cash", "sensors"):
        filled = filled.replace(f'{name} = ""', f'{name} = "virtual:"')
    filled = filled.replace('card_reader = "pcsc"', 'card_reader = "virtual"')
    filled = filled.replace('journal = ""', f'journal = "{tmp_path / "journal.json"}"')
    file = tmp_path / "kiosk.toml"
    file.write_text(filled.replace('= ""', '= "x"'))
    return file


def a_day(folder: Path) -> DayBook:
    book = DayBook(Shelf(folder / "day.json"), threading.Lock(), lambda: datetime(2026, 11, 30, 9, tzinfo=UTC))
    kept = on.Kept(1, on.CustodyKind.SEALED_PIN_FORM, "A-0007")
    float_ = counts({1000: 2, 100: 20})
    for entry in (
        on.Opened("2026-11-30", float_, 100),
        on.TakenIn(kept),
        on.MoneyTaken(one_each([100, 100])),
        on.FeeKept(200),
        on.CountedCash(float_.plus(counts({100: 2}))),
        on.CountedThings(100, 1),
        on.Closed(float_, counts({100: 2})),
    ):
        assert book.write(entry, "K0001") == book.day, entry
    return book


def lines(settings: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    assert main(["day", "--settings", str(settings), *more]) == 0
    return capsys.readouterr().out.splitlines()


def test_nothing_written_down(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(settings, capsys) == ["nothing is written down"]


def test_every_entry_is_a_line_and_the_chain_is_checked(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_day(tmp_path)
    told = lines(settings, capsys)
    assert told[1] == "2026-11-30T09:00:00+00:00 K0001 TakenIn kept=1/sealed-pin-form/A-0007"
    assert told[2].endswith("MoneyTaken pieces=200(100x2)")
    assert told[-1].startswith("chain holds: 7 entries, last ")


def test_a_closed_day_is_read_by_its_date(settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = a_day(tmp_path)
    book.write(on.Opened("2026-12-01", NOTHING, 0, book.day.overnight, "counted twice", "K0002"), "K0001")
    assert len(lines(settings, capsys)) == 3
    assert lines(settings, capsys, "--date", "2026-11-30")[-1].startswith("chain holds: 7 entries")


def test_a_book_that_was_changed_is_not_read(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_day(tmp_path)
    file = tmp_path / "day.json"
    file.write_text(file.read_text().replace("A-0007", "A-0008"))
    assert main(["day", "--settings", str(settings)]) == 2
    assert "the day" in capsys.readouterr().err
