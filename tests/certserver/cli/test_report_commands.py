"""The commands for reports and the figures handed over for them."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.cli.main import main
from certserver.cli.report_commands import _RATES, REPORT_NAMES
from certserver.office.reports.catalogue import REPORTS
from certserver.office.reports.rates import Rate
from tests.support.printed_figures import card_lines, printed
from tests.support.server import ServerForTests, a_server
from tests.support.server_visit import RESIDENCE


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerForTests]:
    with a_server(tmp_path_factory.mktemp("reports")) as made:
        visit = made.visit("kengo")
        visit.issue(RESIDENCE)
        visit.report()
        yield made


def run(server: ServerForTests, *words: str) -> int:
    return main([*words, "--home", str(server.home)])


def test_help_names_every_report_and_rate() -> None:
    assert tuple(REPORTS) == REPORT_NAMES
    assert sorted(rate.value for rate in Rate) == list(_RATES)


@pytest.mark.parametrize("name", REPORT_NAMES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_report_is_printed(
    server: ServerForTests, name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    span = ["--since", "2026-04-01", "--until", "2026-06-30"]
    assert run(server, "report", name, *span, "--language", language) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) > 3
    assert not told.err


def test_fees_are_written_for_an_accounting_system(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fees.csv"
    assert run(server, "report", "fees", "--since", "2026-06-01", "--until", "2026-06-30", "--csv", str(file)) == 0
    assert "1 rows" in capsys.readouterr().out
    heading, line = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert heading[-1] == "収納額（円）"
    assert line == ["2026-06-10", "post-office", "郵便局", "1", "1", "1", "0", "0", "200", "200"]


def test_the_ministrys_table_of_classes_from_a_file_of_figures(
    server: ServerForTests, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("\n".join(card_lines()))
    assert run(server, "figures", "cards", "--file", str(file)) == 1
    assert "another municipality" in capsys.readouterr().err
    assert run(server, "figures", "cards", "--file", str(file), "--all-municipalities") == 0
    capsys.readouterr()
    assert run(server, "report", "cards-by-class", "--until", "2024-04-30", "--all-municipalities") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in printed("by-class.txt") if line in lines] == printed("by-class.txt")
    assert run(server, "report", "fees", "--all-municipalities") == 1
    assert "of one municipality" in capsys.readouterr().err


def test_a_rate_of_a_contract_goes_before_what_is_remembered(
    server: ServerForTests, capsys: pytest.CaptureFixture[str]
) -> None:
    span = ["--since", "2026-06-01", "--until", "2026-06-30", "--language", "en"]
    assert run(server, "report", "contract-claims", *span) == 0
    assert "no rate was entered" in capsys.readouterr().out
    setting = ["figures", "rate", "commission", "--place", "*post-office", "--since", "2026-04-01"]
    assert run(server, *setting, "--amount", "110", "--source", "contract of 1 April", "--confirmed") == 0
    assert run(server, *setting, "--amount", "-1", "--source", "contract") == 1
    assert run(server, "report", "contract-claims", *span) == 0
    told = capsys.readouterr().out
    assert "110  contract of 1 April" in " ".join(told.split()).replace(" contract", "  contract")
    assert "no rate was entered" not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "fees", "--since", "2026-06-02", "--until", "2026-06-01"], "ends on or after"),
        (["figures", "issued", "--file", "no-such-file.csv"], "can't read"),
        (
            ["figures", "rate", "fixed", "--since", "2026-04-01", "--amount", "1", "--source", " "],
            "where it comes from",
        ),
    ],
)
def test_what_can_not_be_is_said(
    server: ServerForTests, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(server, *words) == 1
    assert said in capsys.readouterr().err
