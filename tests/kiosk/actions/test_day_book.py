"""The book of the day on disk: what was written is there after a power cut, and nobody changes it unseen."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.actions.counter.day_book import DayBook, DayBroken, Shelf
from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import NOTHING, counts, one_each
from kiosk.counter.day.day import Day, NotRecorded

FLOAT = counts({1000: 10, 100: 20})
OPENED = on.Opened("2026-11-30", FLOAT, 200)


def book(folder: Path) -> DayBook:
    return DayBook(Shelf(folder / "day.json"), threading.Lock(), lambda: datetime(2026, 11, 30, 9, 5, tzinfo=UTC))


def test_the_day_is_there_again_after_a_power_cut(tmp_path: Path) -> None:
    first = book(tmp_path)
    told: list[Day] = []
    first.tells(told.append)
    kept = on.Kept(1, on.CustodyKind.SEALED_PIN_FORM, "C-1")
    for entry in (
        OPENED,
        on.MoneyTaken(one_each([1000])),
        on.PayoutOrdered(800),
        on.PrintBegun("D1", 2),
        on.TakenIn(kept),
        on.Appointed(on.Appointment(1, "2026-12-02", "10:30", on.Service.CERTIFICATE)),
    ):
        assert first.write(entry, "K1") == first.day
    again = book(tmp_path)
    assert again.day == first.day == told[-1]
    assert again.lines() == first.lines()
    assert [line.by for line in again.lines()] == ["K1"] * 6
    assert again.day.due == 800


def test_what_does_not_add_up_is_not_written(tmp_path: Path) -> None:
    first = book(tmp_path)
    first.write(OPENED, "K1")
    assert first.write(on.FeeKept(100), "K1") == NotRecorded("held")
    assert len(book(tmp_path).lines()) == 1


def test_what_can_t_be_written_does_not_stand(tmp_path: Path) -> None:
    first = book(tmp_path)
    first.write(OPENED, "K1")
    (tmp_path / "day.json.new").mkdir()
    with pytest.raises(OSError, match="day"):
        first.write(on.MoneyTaken(one_each([100])), "K1")
    assert first.day.held == 0


@pytest.mark.parametrize("place", ["at", "by", "before", "of", "dropped", "cut"])
def test_nobody_changes_it_unseen(tmp_path: Path, place: str) -> None:
    first = book(tmp_path)
    for entry in (OPENED, on.MoneyTaken(one_each([1000])), on.FeeKept(200), on.PayoutOrdered(800)):
        first.write(entry, "K1")
    file = tmp_path / "day.json"
    written = json.loads(file.read_text())
    match place:
        case "dropped":
            del written["lines"][2]
        case "cut":
            del written["lines"][-1]
        case "of":
            written["lines"][2]["of"] = {"yen": 300}
        case _:
            written["lines"][1][place] = "x"
    file.write_text(json.dumps(written))
    with pytest.raises(DayBroken):
        book(tmp_path)


@pytest.mark.parametrize("stored", [b"", b"{}", b'{"lines": [], "last": ""}', b"\xff", b'{"lines": [{}], "last": 1}'])
def test_what_is_no_book_is_none(tmp_path: Path, stored: bytes) -> None:
    (tmp_path / "day.json").write_bytes(stored)
    with pytest.raises(DayBroken):
        book(tmp_path)


def test_a_closed_day_is_put_away_and_the_next_one_follows_it(tmp_path: Path) -> None:
    first = book(tmp_path)
    for entry in (OPENED, on.CountedCash(FLOAT), on.CountedThings(200, 0), on.Closed(FLOAT, NOTHING)):
        assert isinstance(first.write(entry, "K1"), Day)
    closed = first.lines()
    again = book(tmp_path)
    assert again.write(on.Opened("2026-12-01", FLOAT, 150, again.day.overnight), "K2") == NotRecorded("reason")
    again.write(on.Opened("2026-12-01", FLOAT, 200, again.day.overnight), "K2")
    assert (tmp_path / "day-2026-11-30.json").exists()
    assert again.lines()[0].before == closed[-1].digest
    assert book(tmp_path).day.date == "2026-12-01"


def test_numbers_of_what_was_kept_and_owed_go_on_over_the_night_and_a_power_cut(tmp_path: Path) -> None:
    first = book(tmp_path)
    kept = on.Kept(1, on.CustodyKind.SEALED_PIN_FORM, "C-1")
    of_money = (on.MoneyTaken(one_each([1000])), on.PayoutOrdered(1000), on.Unclaimed(1))
    stays = FLOAT.plus(one_each([1000]))
    closing = (on.CountedCash(stays), on.CountedThings(200, 0), on.Closed(stays, NOTHING))
    out = on.GivenOut(1, on.Whither.MUNICIPALITY, "K2")
    for entry in (OPENED, on.TakenIn(kept), out, *of_money, *closing):
        assert isinstance(first.write(entry, "K1"), Day)
    again = book(tmp_path)
    assert isinstance(again.write(on.Opened("2026-12-01", stays, 200, again.day.overnight), "K2"), Day)
    second = on.Kept(2, on.CustodyKind.RETURNED_CARD, "C-2")
    assert isinstance(again.write(on.TakenIn(second), "K2"), Day)
    after = book(tmp_path)
    assert after.day == again.day
    assert (after.day.custody, after.day.owed) == ((second,), (on.Owed(1, 1000),))
