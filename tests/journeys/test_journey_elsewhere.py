"""A resident of one municipality whose koseki another keeps: applying there at the terminal, the officer's decision by
command, and the koseki itself. Each municipality has a server of its own; the terminal finds both in one directory."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.demo.neighbour import APPLICANT, NEIGHBOUR
from certserver.demo.people import MUNICIPALITY
from certserver.verify.judge import Verdict, trusted
from hardware.sensors.model import Place
from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import OutOfService
from koufu.evidence.numbers import printed
from koufu.evidence.words import RefusalReason
from tests.support.journey_neighbour import TwoMunicipalities, approves, two_municipalities, withdraws
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey
from tests.support.journey_typing import types
from tests.support.journey_wire import Trouble
from tests.support.reading import rasters, read_sheet

DOMICILE, HEAD, NAME = "みほんけんれいじしさかえちょう2-4", "よしだ　まこと", "よしだ　かずこ"
BORN, PHONE = "19471208", "099-000-0000"
WHERE = ("どちらの市区町村の証明書ですか", "Which municipality")


@pytest.fixture(scope="module")
def both() -> Iterator[TwoMunicipalities]:
    shared = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder,
        two_municipalities(Path(folder)) as opened,
    ):
        yield opened


@pytest.fixture
def j(both: TwoMunicipalities, tmp_path: Path) -> Iterator[Journey]:
    """A journey at the terminal of 見本市."""
    with a_journey(both.here, tmp_path, neighbour=both.there) as journey:
        yield journey


@pytest.fixture
def number(j: Journey, both: TwoMunicipalities) -> Iterator[str]:
    """Somebody has applied and is approved; afterwards nobody is."""
    given = applies(j)
    approves(both.there, given)
    yield given
    withdraws(both.there, given)


def asks_there(j: Journey) -> None:
    """From the start screen to what 例示市 says to the card."""
    j.arrives()
    j.touches("primary")
    j.sees(*WHERE)
    j.touches("koseki-elsewhere")
    j.sees("本籍は、どの市区町村にありますか")
    j.touches(f"municipality-{NEIGHBOUR}")
    j.puts_card(APPLICANT)
    j.sees("暗証番号を入れてください")
    j.types_pin()
    j.waits_while_it_works()


def applies(j: Journey) -> str:
    """From the start screen to the start screen; the number of what was applied for."""
    asks_there(j)
    j.sees("利用登録を申請してください")
    j.touches("primary")
    for text in (DOMICILE, HEAD, NAME, BORN, PHONE):
        types(j, text)
    j.touches("primary")
    j.sees("これでよいですか")
    j.sees(DOMICILE)
    j.touches("primary")
    j.sees("申請しました")
    scene = j.kiosk.state.scene
    assert isinstance(scene, at.Enrolled)
    j.reads_slip(printed(scene.number))
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    return scene.number


def orders_there(j: Journey) -> None:
    """From the start screen to the money."""
    asks_there(j)
    j.sees("何に使いますか")
    j.chooses("passport")
    j.sees("450円", "¥450")
    j.orders()


def ledgers(j: Journey) -> list[str]:
    """The municipality of each document that was issued."""
    return [row.municipality for row in j.office.issued_since(j.ledger_before)]


def verdict(j: Journey, municipality: Municipality) -> Verdict:
    """What a recipient who trusts this municipality's key says to the sheets that came out."""
    (document,) = j.office.documents
    return read_sheet(rasters(document), trusted([municipality.server.municipal_key.raw_public_key])).verdict


def outcomes_told(j: Journey) -> dict[str, int]:
    """How many outcomes each server was told."""
    return {code: line.calls.count("ReportOutcome") for code, line in j.office.wires.items()}


def restarts(j: Journey) -> None:
    j.power_fails()
    j.power_returns()


def gives_back(j: Journey, yen: int) -> None:
    """The money lies in the tray; when it was taken the terminal serves again."""
    j.settles()
    assert sum(piece for piece in j.takes(Place.CHANGE_TRAY) if isinstance(piece, int)) == yen
    j.takes(Place.SHEET_TRAY, Place.RECEIPT_SLOT)
    j.ends_at_start()


def test_a_koseki_kept_elsewhere_is_applied_for_approved_and_printed(
    j: Journey, both: TwoMunicipalities, capsys: pytest.CaptureFixture[str]
) -> None:
    number = applies(j)
    asks_there(j)
    j.sees("利用登録を\n確かめています")
    assert j.declined is RefusalReason.ENROLMENT_PENDING
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()

    approves(both.there, number)
    shown = capsys.readouterr().out
    for said in (DOMICILE, HEAD, NAME, "1947-12-08", PHONE, printed(number)):
        assert said in shown

    orders_there(j)
    j.pays(500)
    j.sees("証明書を2枚お取りください", "Take your 2 sheets")
    j.sees("おつり 50円", "Change ¥50")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert (ledgers(j), j.delivered) == ([NEIGHBOUR], 1)
    assert outcomes_told(j) == {MUNICIPALITY: 0, NEIGHBOUR: 1}
    assert verdict(j, both.there) is Verdict.GOOD
    assert verdict(j, both.here) is not Verdict.GOOD
    for each in (both.here, both.there):
        each.verify_audit_log()
    withdraws(both.there, number)


def test_whoever_lives_here_is_served_here_all_the_same(j: Journey, both: TwoMunicipalities) -> None:
    j.arrives()
    j.touches("primary")
    j.sees(*WHERE)
    j.touches("live-here")
    j.puts_card(APPLICANT)
    j.types_pin()
    j.sees("何に使いますか")
    j.chooses("pension")
    j.orders()
    j.pays(100, 100)
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert ledgers(j) == [MUNICIPALITY]
    assert "OpenSession" not in j.office.wires[NEIGHBOUR].calls
    assert verdict(j, both.here) is Verdict.GOOD


def test_what_was_withdrawn_when_the_money_is_in_is_not_issued(j: Journey, both: TwoMunicipalities) -> None:
    number = applies(j)
    approves(both.there, number)
    orders_there(j)
    j.inserts(500)
    withdraws(both.there, number)
    j.touches("primary")
    j.sees("500円をお返ししました", "We returned ¥500")
    j.sees("例示市役所 2階 戸籍課", "Reiji City Hall")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
    assert ledgers(j) == []


@pytest.mark.usefixtures("number")
class TestARestart:
    """The power fails in the middle of the visit. What was ordered there is settled there, and nowhere else."""

    def test_before_money(self, j: Journey) -> None:
        asks_there(j)
        j.chooses("passport")
        j.touches("primary")
        j.sees("カードをお取りください")
        restarts(j)
        j.settles()
        j.takes_card()
        j.ends_at_start()
        assert ledgers(j) == []
        assert outcomes_told(j) == {MUNICIPALITY: 0, NEIGHBOUR: 1}

    def test_while_money_goes_in(self, j: Journey) -> None:
        orders_there(j)
        j.inserts(100)
        restarts(j)
        j.waits(10)
        gives_back(j, 100)
        assert ledgers(j) == []
        assert outcomes_told(j) == {MUNICIPALITY: 0, NEIGHBOUR: 1}

    def test_between_the_release_and_its_answer(self, j: Journey) -> None:
        orders_there(j)
        j.office.wires[NEIGHBOUR].trouble("Release", Trouble.LOST_ANSWER)
        j.pays(500)
        j.waits(5)
        assert j.shows(at.Releasing)
        restarts(j)
        j.waits(60)
        gives_back(j, 500)
        assert (ledgers(j), j.delivered) == ([NEIGHBOUR], 0)
        assert outcomes_told(j) == {MUNICIPALITY: 0, NEIGHBOUR: 1}

    def test_while_it_is_printed_and_the_server_there_is_away(self, j: Journey) -> None:
        """The terminal serves its own municipality meanwhile; the outcome waits for the one it belongs to."""
        orders_there(j)
        j.pays(500)
        j.sees("印刷しています")
        j.waits(1)
        j.power_fails()
        j.office.wires[NEIGHBOUR].goes_away()
        j.power_returns()
        j.waits(60)
        assert not j.office.sheets
        j.takes(Place.CHANGE_TRAY, Place.RECEIPT_SLOT)
        j.arrives()
        (report,) = j.kiosk.journal.waiting()
        assert (report.municipality, report.captured) == (NEIGHBOUR, 0)
        j.office.wires[NEIGHBOUR].comes_back()
        j.ends_at_start()
        assert (ledgers(j), j.delivered) == ([NEIGHBOUR], 0)
        assert outcomes_told(j)[MUNICIPALITY] == 0
        assert j.office.cash.state().handed_out == 500

    def test_what_can_not_be_given_back_is_a_debt(self, j: Journey) -> None:
        orders_there(j)
        j.inserts(500)
        j.office.cash.fail_payout_after(0)
        restarts(j)
        j.waits(1)
        j.reads_slip("500円", "機械が止まったため、手続きを終えました")
        (call,) = (call for call in j.office.staff if call.occasion is Occasion.DEBT)
        assert call.yen == 500
        assert OutOfService.CASH in j.kiosk.state.out_of_service
        assert ledgers(j) == []
        j.waits(30)
        assert outcomes_told(j) == {MUNICIPALITY: 0, NEIGHBOUR: 1}
