"""One document's story: how it went, what counted, and who looked; nothing of its content and nobody's name."""

import pytest
from sqlalchemy import select

from certserver.errors import NoSuchEntry, NotAllowed
from certserver.office.desk import Desk
from certserver.office.issued.marking import mark
from certserver.office.issued.refusing import NotDone, WhyNot
from certserver.office.issued.story import story
from certserver.office.purposes import Purpose, Reason
from certserver.office.rights import OfficeRole
from certserver.pipeline.sheet_status import SheetState, SheetStatus, sheet_status
from certserver.storage.issued import ledger
from koufu.evidence.numbers import printed
from koufu.evidence.statement import Statement
from koufu.release import BUILD
from tests.support.card_applications import entries_of, verified
from tests.support.office import a_desk
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE

INQUIRY = Purpose(Reason.INQUIRY, "2026-17")
WHY = "にじんで読めない。"


def test_a_document_is_told_from_preparation_to_report(server: ServerForTests, registrar: Desk) -> None:
    server.visit("taro").issue()
    visit = server.visit("kengo")
    document, other = visit.issue(HOUSEHOLD, RESIDENCE)
    issued_at = registrar.now()
    server.clock.advance(40)
    visit.report("delivered")
    told = story(registrar, printed(document.statement.document_no), INQUIRY)
    assert (told.kind, told.scope, told.options) == ("residence", "household", ("relationship",))
    assert (told.terminal, told.terminal_build, told.server_build) == ("kiosk-1", BUILD, BUILD)
    assert (told.issued_at, told.reported_at, told.outcome) == (issued_at, issued_at + 40, "delivered")
    assert told.settings_revision is not None
    assert told.key is not None
    assert told.key.key_id == server.municipal_key.key_id
    assert told.key_speaks
    assert told.captured == 400
    assert [step.event for step in told.steps] == ["prepared", "issued", "outcome", "outcome"]
    assert other.statement.document_no not in str(told.steps)
    assert told.views == ()
    again = story(registrar, document.statement.document_no, INQUIRY)
    assert [view.detail["officer"] for view in again.views] == ["mihon-roku"]
    assert ("viewed", again.views[0].detail) in entries_of(server)
    verified(server)


def test_a_document_of_the_future_settings_says_what_counted_at_its_release(
    server: ServerForTests, registrar: Desk
) -> None:
    (before,) = server.visit("kengo").issue()
    server.configure(lambda _connection: None)
    (after,) = server.visit("kengo").issue()
    revisions = [story(registrar, each.statement.document_no, INQUIRY).settings_revision for each in (before, after)]
    assert revisions[0] is not None
    assert revisions[1] == revisions[0] + 1


@pytest.mark.parametrize("number", ["0000-0000-0000-0000", "x", "見本　葵", ""])
def test_where_nothing_was_issued_nothing_is_told_or_noted(
    number: str, server: ServerForTests, registrar: Desk
) -> None:
    with pytest.raises(NoSuchEntry):
        story(registrar, number, INQUIRY)
    assert "viewed" not in [event for event, _ in entries_of(server)]


def status_of(server: ServerForTests, number: str) -> SheetStatus | None:
    with server.database.reading() as connection:
        evidence = connection.scalar(select(ledger.c.statement).where(ledger.c.document_no == number))
        assert evidence is not None
        return sheet_status(connection, number, Statement.from_bytes(evidence).content_hashes[0])


def test_whoever_holds_a_marked_sheet_is_told_from_then_on(server: ServerForTests, registrar: Desk) -> None:
    visit = server.visit("kengo")
    (document,) = visit.issue()
    visit.report("delivered")
    number = document.statement.document_no
    server.clock.advance(60)
    mark(registrar, number, SheetState.SPOILED, WHY)
    assert status_of(server, number) == SheetStatus(SheetState.SPOILED, registrar.now())
    server.clock.advance(60)
    mark(registrar, number, SheetState.VOIDED, "返された。")
    assert status_of(server, number) == SheetStatus(SheetState.VOIDED, registrar.now())
    marks = story(registrar, number, INQUIRY).marks
    assert [(each.standing, each.marked_by, each.why) for each in marks] == [
        ("spoiled", "mihon-roku", WHY),
        ("voided", "mihon-roku", "返された。"),
    ]
    noted = {"officer": "mihon-roku", "what": "spoiled", "document_no": number}
    assert ("sheet-marked", noted) in entries_of(server)
    assert WHY not in str(entries_of(server))


def test_a_mark_wants_a_reason_a_right_and_no_mark_before(server: ServerForTests, registrar: Desk) -> None:
    (document,) = server.visit("kengo").issue()
    number = document.statement.document_no

    def refused(standing: SheetState, why: str) -> WhyNot:
        with pytest.raises(NotDone) as raised:
            mark(registrar, number, standing, why)
        return raised.value.why

    assert refused(SheetState.SPOILED, "  ") is WhyNot.NO_REASON
    assert refused(SheetState.SPOILED, "x" * 257) is WhyNot.NO_REASON
    assert refused(SheetState.RECALLED, WHY) is WhyNot.NOT_BY_ONE
    assert refused(SheetState.ISSUED, WHY) is WhyNot.NOT_BY_ONE
    with pytest.raises(NotAllowed):
        mark(a_desk(server, "mihon-ta", OfficeRole.AUDITOR), number, SheetState.SPOILED, WHY)
    mark(registrar, number, SheetState.SPOILED, WHY)
    assert refused(SheetState.SPOILED, WHY) is WhyNot.MARKED_ALREADY
    with pytest.raises(NoSuchEntry):
        mark(
            a_desk(server, "mihon-roku", OfficeRole.REGISTRAR, municipality=MUNICIPALITY),
            "0" * 16,
            SheetState.SPOILED,
            WHY,
        )
