"""`koufu-kiosk cash-report`: what staff read of the cash device's account, and what a count leaves."""

import errno
import os
import threading
from pathlib import Path

import pytest

from hardware.cash.cctalk.kept import read_till
from hardware.cash.cctalk.till import Doubt, doubted
from kiosk.actions.charges import ChargeBook
from kiosk.actions.journal import JOURNAL, Journal
from kiosk.actions.log_file import LogFile
from kiosk.cli import main
from kiosk.composition.cash import CASH_TAKEN, account_file
from kiosk.composition.locks import alone_with
from kiosk.composition.settings import example
from tests.support.cash_bench import CashBench, through_a_port
from tests.support.sim_log import a_moment


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    filled = example().replace('municipality = ""', 'municipality = "992011"')
    filled = filled.replace('cash = ""', 'cash = "cctalk:/dev/koufu-no-such-port"').replace(
        'sensors = ""', 'sensors = "virtual:"'
    )
    filled = filled.replace('card_reader = "pcsc"', 'card_reader = "virtual"')
    filled = filled.replace('journal = ""', f'journal = "{tmp_path / "journal.json"}"')
    filled = filled.replace('slip_printer = ""', f'slip_printer = "file:{tmp_path / "slips"}"')
    file = tmp_path / "kiosk.toml"
    file.write_text(filled.replace('= ""', '= "x"'))
    return file


@pytest.fixture
def bench(tmp_path: Path) -> CashBench:
    """After two visits: 300 yen paid with a note, and 200 of 300 yen kept because half of it did not come out."""
    bench = CashBench()
    for fee, piece, kept in ((300, 1_000, 300), (300, 500, 200)):
        bench.sale(fee)
        assert bench.insert(piece)
        bench.device.give_change(fee)
        bench.device.capture(kept)
    _save(bench, tmp_path)
    return bench


def _save(bench: CashBench, folder: Path) -> None:
    assert bench.store.saved is not None
    account_file(folder / "till.json").write(bench.store.saved)


def _report(settings: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    assert main(["cash-report", "--settings", str(settings), *more]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("bench")
def test_what_came_in_and_went_out_by_denomination(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _report(settings, capsys)
    assert told[0].startswith("2026-03-02 to ")
    assert told[1:] == [
        "1000 yen: in 1, out 0, box 1, hopper 0",
        "500 yen: in 1, out 1, box 0, hopper 40",
        "100 yen: in 0, out 5, box 0, hopper 55",
        "50 yen: in 0, out 0, box 0, hopper 40",
        "10 yen: in 0, out 0, box 0, hopper 60",
        "came in 1500 yen, went out 1000 yen, fees kept 500 yen",
        "a customer's 0 yen, over (owed or unexplained) 0 yen",
    ]


@pytest.mark.usefixtures("bench")
def test_what_was_paid_without_cash_is_told_apart(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cash_alone = _report(settings, capsys)[1:]
    journal = Journal(LogFile(tmp_path / "journal.json", JOURNAL), threading.Lock(), a_moment)
    book = ChargeBook(journal, lambda: "")
    for number, keeps, back in (("0a" * 16, 200, 0), ("0b" * 16, 200, 100), ("0c" * 16, 0, 100)):
        book.settle(book.open(1, number, 300), debited=True, keeps=keeps, paid_back=back)
    book.open(1, "0d" * 16, 200)
    told = _report(settings, capsys)
    assert told[:2] == [
        "cashless: 3 payments, 900 yen debited, 200 yen paid back, fees kept 400 yen, over (owed) 300 yen",
        "cashless: 1 charges of 200 yen stand open",
    ]
    assert told[3:] == cash_alone


@pytest.mark.usefixtures("bench")
def test_a_report_changes_nothing_and_may_be_read_beside_the_terminal(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (tmp_path / "till.json").read_bytes()
    with alone_with(tmp_path / "till.json", CASH_TAKEN):
        assert _report(settings, capsys) == _report(settings, capsys)
    assert (tmp_path / "till.json").read_bytes() == before


def test_a_count_tells_the_difference_and_begins_anew(
    settings: Path, bench: CashBench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.store.write_till(doubted(bench.store.till, Doubt.LOST_COIN))
    _save(bench, tmp_path)
    told = _report(settings, capsys, "--found", "1000=1", "500=1", "--filled", "100=60", "10=50")
    assert "box 1000 yen, found 1500 yen, difference 500 yen" in told
    assert "to be looked into: lost-coin" in told
    till = read_till(account_file(tmp_path / "till.json").read())
    assert dict(till.hoppers) == {10: 50, 50: 40, 100: 60, 500: 40}
    assert (dict(till.box), till.doubts, till.book.kept, dict(till.book.came_in)) == ({}, frozenset(), 0, {})
    assert till.payout == bench.store.till.payout
    assert _report(settings, capsys)[0].startswith(till.book.since)


@pytest.mark.usefixtures("bench")
def test_every_count_leaves_two_lines(settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _report(settings, capsys, "--found", "1000=1")
    _report(settings, capsys, "--found")
    counted, begun, counted_again, _ = (tmp_path / "till-counts.log").read_text().splitlines()
    assert "in=1500 out=1000 kept=500 over=0 box=1000 found=1000 pieces(found/box): 1000=1/1 doubts=none" in counted
    assert begun.endswith("begun hoppers: 500=40 100=55 50=40 10=60")
    assert "in=0 out=0 kept=0 over=0 box=0 found=0" in counted_again


def test_nothing_is_counted_while_a_customers_money_is_in(
    settings: Path, bench: CashBench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.sale(300)
    bench.insert(100)
    _save(bench, tmp_path)
    assert main(["cash-report", "--settings", str(settings), "--found"]) == 2
    assert "a customer's money" in capsys.readouterr().err
    assert not (tmp_path / "till-counts.log").exists()


@pytest.mark.usefixtures("bench")
def test_nothing_is_counted_beside_a_running_terminal(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with alone_with(tmp_path / "till.json", CASH_TAKEN):
        assert main(["cash-report", "--settings", str(settings), "--found"]) == 2
    assert "stop the terminal first" in capsys.readouterr().err


@pytest.mark.usefixtures("bench")
def test_the_report_comes_out_as_a_slip(settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _report(settings, capsys, "--slip")[-1] == "the slip is printed"
    assert (tmp_path / "slips").stat().st_size > 1_000


def test_a_terminal_whose_cash_keeps_no_account_prints_what_was_paid_without_cash(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.write_text(settings.read_text().replace("cctalk:/dev/koufu-no-such-port", "virtual:"))
    journal = Journal(LogFile(tmp_path / "journal.json", JOURNAL), threading.Lock(), a_moment)
    book = ChargeBook(journal, lambda: "")
    book.settle(book.open(1, "0a" * 16, 300), debited=True, keeps=300, paid_back=0)
    told = _report(settings, capsys, "--slip")
    assert told == [*_report(settings, capsys), "the slip is printed"]
    assert (tmp_path / "slips").stat().st_size > 500
    with alone_with(tmp_path / "journal.json", "the terminal has it"):
        assert main(["cash-report", "--settings", str(settings), "--slip"]) == 2
        assert "stop it first" in capsys.readouterr().err
        _report(settings, capsys)
    assert main(["cash-report", "--settings", str(settings), "--found"]) == 2
    assert 'cash = "virtual:" keeps no account' in capsys.readouterr().err


def test_who_hangs_on_the_bus_is_told(settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with through_a_port() as bench:
        bench.device.close()
        _save(bench, tmp_path)
        port = bench.port
        settings.write_text(settings.read_text().replace("/dev/koufu-no-such-port", port))
        assert _report(settings, capsys, "--look") == [
            "takes 10, 50, 100, 500, 1000, 2000, 5000, 10000 yen",
            "problems: none",
        ]
        bench.machine.notes.silent = True
        assert _report(settings, capsys, "--look")[-1] == "problems: offline (nothing answers at address 40)"


def test_a_port_that_is_not_there_is_told(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _report(settings, capsys, "--look")
    assert told[0].startswith("problems: offline (")
    assert "koufu-no-such-port" in told[0]


@pytest.mark.parametrize(
    "more",
    [
        ("--found", "500"),
        ("--found", "3=1"),
        ("--found", "500=1", "500=2"),
        ("--found", "500=99999"),
        ("--found", "500=-1"),
        ("--found", "--filled", "1000=1"),
        ("--found", "--filled", "1=1"),
    ],
)
def test_what_can_be_no_count_is_refused(
    more: tuple[str, ...], settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cash-report", "--settings", str(settings), *more]) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "till.json").exists()


def test_an_account_that_can_not_be_read_is_told_as_what_it_is(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "till.json").mkdir()
    assert main(["cash-report", "--settings", str(settings)]) == 2
    told = capsys.readouterr().err
    assert f"the account of the cash device ({tmp_path / 'till.json'}) can't be read" in told
    assert "journal" not in told


def test_a_terminal_without_such_a_device_has_no_report(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.write_text(settings.read_text().replace("cctalk:/dev/koufu-no-such-port", "virtual:"))
    assert main(["cash-report", "--settings", str(settings)]) == 2
    assert "cctalk" in capsys.readouterr().err


@pytest.mark.usefixtures("bench")
def test_a_count_that_can_not_be_logged_does_not_take_effect(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_till(account_file(tmp_path / "till.json").read())
    (tmp_path / "till-counts.log").mkdir()
    assert main(["cash-report", "--settings", str(settings), "--found"]) == 2
    assert "can't be written down" in capsys.readouterr().err
    assert read_till(account_file(tmp_path / "till.json").read()) == before


@pytest.mark.usefixtures("bench")
def test_a_count_that_can_not_be_written_is_not_in_the_log(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(os, "fdatasync", broken)
    assert main(["cash-report", "--settings", str(settings), "--found"]) == 2
    assert not (tmp_path / "till-counts.log").exists()
