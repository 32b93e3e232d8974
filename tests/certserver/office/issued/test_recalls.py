"""A recall: one person asks, another decides, and then every sheet that was counted is called back, and no other."""

import csv
import io

import pytest
from sqlalchemy import select

from certserver.errors import NoSuchEntry, NotAllowed
from certserver.ledger.state import found_municipality
from certserver.office.deciding import decide
from certserver.office.desk import Desk
from certserver.office.issued import recall_sheets
from certserver.office.issued.recall_report import deadlines
from certserver.office.issued.recall_sheets import HEADINGS, files_of, sheets, sheets_file
from certserver.office.issued.recalls import Recall, all_recalls, ask, one_recall
from certserver.office.issued.refusing import NotDone, WhyNot
from certserver.office.issued.wanted import Wanted
from certserver.office.proposals import WAITS_S, Outcome, waiting
from certserver.office.purposes import Purpose, Reason
from certserver.office.rights import OfficeRole
from certserver.pipeline.sheet_status import SheetState, sheet_status
from certserver.storage.issued import ledger
from certserver.storage.recalls import sheet_marks
from koufu.evidence.statement import Statement
from koufu.evidence.words import CertificateKind, Option
from tests.support.card_applications import entries_of, verified
from tests.support.ledger_entries import EVERY_S, Made, enter
from tests.support.office import a_desk
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

INCIDENT = Purpose(Reason.INCIDENT, "2026-17")
WHY = "けん制文字が印刷されていなかった。"
WITH_NUMBER = frozenset({Option.INDIVIDUAL_NUMBER})
BAD = Wanted(terminal_build="0.9.0")
MADE = (
    Made(build="0.9.0", person=1),
    Made(build="0.9.0", person=1, terminal="kiosk-2"),
    Made(build="0.9.0", person=2, kind=CertificateKind.SEAL_REGISTRATION),
    Made(build="0.9.0", person=3, options=WITH_NUMBER),
    Made(build="1.0.0", person=3),
)


@pytest.fixture
def begin(server: ServerForTests, configurer: Desk) -> int:
    begin = configurer.now() - 3_600
    enter(server.database, MUNICIPALITY, MADE, begin)
    return begin


def decided(approver: Desk, *, approve: bool = True) -> None:
    (proposal,) = waiting(approver)
    decide(approver, proposal.proposal_id, approve=approve)


def states(server: ServerForTests) -> list[SheetState]:
    """What whoever holds each sheet is told."""
    with server.database.reading() as connection:
        rows = connection.execute(select(ledger.c.document_no, ledger.c.statement).order_by(ledger.c.ledger_seq))
        told = [
            sheet_status(connection, row.document_no, Statement.from_bytes(row.statement).content_hashes[0])
            for row in rows.all()
        ]
    return [each.state for each in told if each is not None]


ISSUED, RECALLED = SheetState.ISSUED, SheetState.RECALLED


def test_a_recall_marks_what_was_counted_once_two_persons_agree(
    begin: int, server: ServerForTests, configurer: Desk, approver: Desk
) -> None:
    number = ask(configurer, BAD, WHY)
    asked = one_recall(approver, number)
    assert (asked.counted.sheets, asked.counted.persons, asked.counted.with_numbers) == (4, 3, 1)
    assert asked.counted.kinds == {"residence": 3, "seal-registration": 1}
    assert asked.counted.terminals == {"kiosk-1": 3, "kiosk-2": 1}
    assert asked.counted.by_person == {1: 2, 2: 1}
    assert (asked.counted.first, asked.counted.last) == (begin, begin + 3 * EVERY_S)
    assert states(server) == [ISSUED] * 5
    # What comes after the question does not count.
    enter(server.database, MUNICIPALITY, [Made(build="0.9.0")], configurer.now(), first=6)
    server.clock.advance(60)
    decided(approver)
    assert states(server) == [RECALLED] * 4 + [ISSUED] * 2
    done = one_recall(approver, number)
    assert (done.outcome, done.asked_by, done.decided_by) == (Outcome.APPROVED, "mihon-an", "mihon-ken")
    noted = {"officer": "mihon-an", "second": "mihon-ken", "about": str(number), "sheets": 4}
    assert ("sheets-recalled", noted) in entries_of(server)
    verified(server)


def test_nothing_is_called_back_by_one_person_or_when_another_declines(
    begin: int, server: ServerForTests, configurer: Desk, approver: Desk
) -> None:
    ask(configurer, BAD, WHY)
    both = a_desk(server, configurer.who.mark, OfficeRole.CONFIGURER, OfficeRole.APPROVER)
    (proposal,) = waiting(both)
    with pytest.raises(NotAllowed):
        decide(both, proposal.proposal_id, approve=True)
    decided(approver, approve=False)
    assert states(server) == [ISSUED] * 5
    assert [each.outcome for each in all_recalls(approver)] == [Outcome.DECLINED]


def test_a_recall_that_nobody_decides_is_over_and_can_be_asked_anew(
    begin: int, server: ServerForTests, configurer: Desk
) -> None:
    first = ask(configurer, BAD, WHY)
    server.clock.advance(WAITS_S)
    assert one_recall(configurer, first).outcome is Outcome.EXPIRED
    assert one_recall(configurer, ask(configurer, BAD, WHY)).outcome is None


@pytest.mark.parametrize(
    ("wanted", "called_back"),
    [
        (Wanted(terminal="kiosk-2"), {2}),
        (Wanted(kind="seal-registration"), {3}),
        (Wanted(terminal="kiosk-1", kind="residence"), {1, 4, 5}),
    ],
)
def test_all_criteria_count_together(
    wanted: Wanted, called_back: set[int], begin: int, server: ServerForTests, configurer: Desk, approver: Desk
) -> None:
    ask(configurer, wanted, WHY)
    decided(approver)
    assert states(server) == [RECALLED if at in called_back else ISSUED for at in range(1, 6)]


def test_a_span_of_time_is_from_its_first_second_to_before_its_last(
    begin: int, server: ServerForTests, configurer: Desk, approver: Desk
) -> None:
    ask(configurer, Wanted(since=begin + EVERY_S, until=begin + 3 * EVERY_S), WHY)
    decided(approver)
    assert states(server) == [ISSUED, RECALLED, RECALLED, ISSUED, ISSUED]


def test_recalls_that_meet_mark_a_sheet_once(
    begin: int, server: ServerForTests, configurer: Desk, approver: Desk
) -> None:
    ask(configurer, Wanted(terminal="kiosk-2"), WHY)
    decided(approver)
    second = ask(configurer, BAD, WHY)
    decided(approver)
    assert one_recall(configurer, second).counted.sheets == 4
    marked = [detail["sheets"] for event, detail in entries_of(server) if event == "sheets-recalled"]
    assert marked == [1, 3]
    with server.database.reading() as connection:
        assert len(connection.execute(select(sheet_marks)).all()) == 4


def test_a_recall_wants_a_criterion_a_reason_and_sheets(begin: int, server: ServerForTests, configurer: Desk) -> None:
    def refused(wanted: Wanted, why: str = WHY) -> WhyNot:
        with pytest.raises(NotDone) as raised:
            ask(configurer, wanted, why)
        return raised.value.why

    assert refused(Wanted()) is WhyNot.NO_CRITERION
    assert refused(BAD, " ") is WhyNot.NO_REASON
    assert refused(Wanted(terminal="kiosk-9")) is WhyNot.NOTHING_ISSUED
    ask(configurer, BAD, WHY)
    assert refused(BAD) is WhyNot.WAITS_ALREADY
    for role in set(OfficeRole) - {OfficeRole.CONFIGURER}:
        with pytest.raises(NotAllowed):
            ask(a_desk(server, "mihon-ta", role), BAD, WHY)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_sheets_are_told_with_a_sign_for_each_person_that_no_other_recall_shares(
    begin: int, server: ServerForTests, configurer: Desk, approver: Desk
) -> None:
    first, second = ask(configurer, BAD, WHY), ask(configurer, Wanted(terminal="kiosk-1"), WHY)
    recall, found = sheets(configurer, first, None, INCIDENT)
    assert [entry.ledger_seq for entry in found.entries] == [4, 3, 2, 1]
    head, *told = rows(sheets_file(configurer, first, 1, INCIDENT))
    assert head == list(HEADINGS)
    assert len(told) == recall.counted.sheets
    persons = [row[1] for row in told]
    assert persons[0] == persons[1]
    assert len(set(persons)) == recall.counted.persons
    assert not set(persons) & {row[1] for row in rows(sheets_file(configurer, second, 1, INCIDENT))}
    views = [detail for event, detail in entries_of(server) if event == "viewed"]
    assert [(view["what"], view["about"]) for view in views] == [
        (f"recall {first}", "1-4"),
        (f"recall {first}", "file 1"),
        (f"recall {second}", "file 1"),
    ]
    with pytest.raises(NotAllowed):
        sheets(approver, first, None, INCIDENT)


def test_many_sheets_fill_many_files(begin: int, configurer: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = ask(configurer, BAD, WHY)
    monkeypatch.setattr(recall_sheets, "MOST_IN_A_FILE", 3)
    assert files_of(one_recall(configurer, number)) == 2
    parts = [rows(sheets_file(configurer, number, part, INCIDENT))[1:] for part in (1, 2)]
    assert [len(part) for part in parts] == [3, 1]
    assert len({row[0] for part in parts for row in part}) == 4


def test_reports_are_due_from_the_day_it_was_asked(begin: int, configurer: Desk) -> None:
    recall: Recall = one_recall(configurer, ask(configurer, BAD, WHY))
    due = deadlines(recall)
    assert [(day - due.known).days for day in (due.first, due.whole, due.whole_of_misuse)] == [5, 30, 60]
    assert due.known.isoformat() == "2026-06-10"


def test_another_municipality_has_no_way_to_a_recall(begin: int, server: ServerForTests, configurer: Desk) -> None:
    number = ask(configurer, BAD, WHY)
    with server.database.writing() as connection:
        found_municipality(connection, "131016")
    elsewhere = a_desk(server, "mihon-ta", OfficeRole.CONFIGURER, municipality="131016")
    assert all_recalls(elsewhere) == ()
    with pytest.raises(NoSuchEntry):
        one_recall(elsewhere, number)
    with pytest.raises(NotDone):
        ask(elsewhere, BAD, WHY)
