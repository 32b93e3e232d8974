"""`koufu-kiosk journal`: what staff can read, beside a terminal that runs."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions import entries
from kiosk.actions.charges import ChargeBook
from kiosk.actions.journal import JOURNAL, Journal
from kiosk.actions.log_file import LogFile
from kiosk.actions.notes import Note
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import OutcomeReport
from kiosk.cli import main
from kiosk.composition.settings import example
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.occasions import Occasion
from tests.support.kiosk_samples import RESIDENCE_DOCUMENT, SEAL_DOCUMENT
from tests.support.sim_log import a_moment

TOKEN = b"secret of order!"
REPORT = OutcomeReport(
    "992011",
    b"o" * 16,
    TOKEN,
    (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1), Delivery(SEAL_DOCUMENT, Outcome.SPOILED, 0)),
    200,
    None,
    "4Q7-K2M",
)


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


def test_everything_staff_need_is_printed_and_nothing_is_changed(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = settings.with_name("journal.json")
    running = Journal(LogFile(file, JOURNAL), threading.Lock(), a_moment)
    visit = SavedVisit(
        attempt=1,
        reference="9XR-H2A",
        municipality="992011",
        order_id=b"p".hex() * 16,
        token=TOKEN.hex(),
        held=500,
        fee=200,
    )
    running.begin(visit)
    ChargeBook(running, lambda: "").open(1, "0f" * 16, 300)
    refused = replace(REPORT, order_id=b"q" * 16, reference="7AB-12C", alarm="proof")
    running.report(refused)
    running.refused(refused)
    running.report(REPORT)
    for occasion, untold in ((Occasion.DEBT, True), (Occasion.STAFF_WANTED, False)):
        moment = "2026-06-10T10:00:00+09:00"
        running.note(Note(moment=moment, occasion=occasion, reference="4Q7-K2M", yen=400, untold=untold))
    before = [(path.name, path.read_bytes()) for path in sorted(file.parent.glob("journal*"))]
    assert main(["journal", "--settings", str(settings)]) == 0
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "visit-open 9XR-H2A 300 yen due",
        f"charge-open 9XR-H2A 300 yen, nobody knows whether it was debited, number {'0f' * 16}",
        f"outcome-untold 4Q7-K2M 200 yen kept, 1 of 2 documents delivered, order {'6f' * 16}",
        f"outcome-set-aside 7AB-12C 200 yen kept, 1 of 2 documents delivered, order {'71' * 16} alarm",
        "2026-06-10T10:00:00+09:00 debt 4Q7-K2M 400 yen untold",
        "2026-06-10T10:00:00+09:00 staff-wanted 4Q7-K2M 400 yen",
    ]
    assert not any(secret in said for secret in (TOKEN.hex(), RESIDENCE_DOCUMENT.document_no))
    assert [(path.name, path.read_bytes()) for path in sorted(file.parent.glob("journal*"))] == before


def test_a_terminal_that_never_ran_has_nothing_written_down(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "--settings", str(settings)]) == 0
    assert capsys.readouterr().out == "nothing is written down\n"
    assert not list(settings.parent.glob("journal*"))


def test_what_is_no_journal_is_told(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.with_name("journal-000000000001.log").write_bytes(b"{")
    assert main(["journal", "--settings", str(settings)]) == 2
    assert "journal can't be read" in capsys.readouterr().err


def test_a_visit_is_told_step_by_step_and_nothing_of_another(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = LogFile(settings.with_name("journal.json"), JOURNAL)
    running = Journal(log, threading.Lock(), a_moment)
    other = SavedVisit(attempt=1, reference="7AB-12C", municipality="992011", order_id="01" * 16, token="11" * 16)
    visit = other.model_copy(update={"attempt": 2, "reference": "9XR-H2A", "order_id": "02" * 16})
    running.begin(other)
    running.update(1, lambda open_visit: open_visit.model_copy(update={"paying": True, "held": 100}))
    running.end(1)
    running.begin(visit)
    running.update(2, lambda open_visit: open_visit.model_copy(update={"paying": True}))
    running.update(2, lambda open_visit: open_visit.model_copy(update={"held": 500}))
    running.update(2, lambda open_visit: open_visit.model_copy(update={"documents": (RESIDENCE_DOCUMENT,)}))
    log.begin_anew(entries.checkpoint(a_moment(), (), running.saved))
    running.update(2, lambda open_visit: open_visit.model_copy(update={"captured": 200, "paid_out": 200}))
    running.note(Note(moment=a_moment(), occasion=Occasion.DEBT, reference="9XR-H2A", yen=100))
    running.end(2)
    paid = Note(moment=a_moment(), occasion=Occasion.PAID_AFTER_ALL, reference="9XR-H2A", yen=40, untold=True)
    with_it = running.saved.model_copy(update={"notes": (*running.saved.notes, paid)})
    log.begin_anew(entries.checkpoint(a_moment(), ("noted-paid-after-all",), with_it))
    log.begin_anew(entries.checkpoint(a_moment(), ("staff-told",), running.saved))
    assert main(["journal", "--settings", str(settings), "--history", "9xr-h2a"]) == 0
    at = a_moment()
    said = capsys.readouterr().out
    assert said.splitlines() == [
        f"{at} order-sent in 0 out 0 kept - yen",
        f"{at} slots-open in 0 out 0 kept - yen",
        f"{at} money-in in 500 out 0 kept - yen",
        f"{at} released in 500 out 0 kept - yen",
        f"{at} money-out fee-kept in 500 out 200 kept 200 yen",
        f"{at} noted-debt in 500 out 200 kept 200 yen (debt 100 yen)",
        f"{at} visit-over in 500 out 200 kept 200 yen",
        f"{at} noted-paid-after-all (paid-after-all 40 yen)",
    ]
    assert not any(secret in said for secret in ("11" * 16, RESIDENCE_DOCUMENT.document_no))
    assert main(["journal", "--settings", str(settings), "--history", "AAA-AAA"]) == 0
    assert capsys.readouterr().out == "nothing is written down of AAA-AAA\n"


def test_the_whole_chain_is_held_together_or_it_is_told_where_it_does_not(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "--settings", str(settings), "--verify"]) == 0
    assert capsys.readouterr().out == "nothing is written down\n"
    log = LogFile(settings.with_name("journal.json"), JOURNAL)
    running = Journal(log, threading.Lock(), a_moment)
    for number in range(3):
        running.report(replace(REPORT, order_id=bytes([number]) * 16))
        log.begin_anew(entries.checkpoint(a_moment(), (), running.saved))
        running.note(Note(moment=a_moment(), occasion=Occasion.DEBT, reference="4Q7-K2M", yen=number))
    assert main(["journal", "--settings", str(settings), "--verify"]) == 0
    assert capsys.readouterr().out == f"entries 1 to 9 hang together, {a_moment()} to {a_moment()}\n"
    first = log.files()[1]
    first.write_bytes(first.read_bytes().replace(b"debt", b"dept"))
    assert main(["journal", "--settings", str(settings), "--verify"]) == 2
    told = capsys.readouterr().err
    assert f"{first.name}" in told
    assert "does not follow" in told or "was changed" in told
