"""Whoever holds a sheet learns what became of it; whoever has only its number, or another content, learns nothing."""

from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.pipeline.sheet_status import SheetState, SheetStatus, sheet_status
from certserver.storage.issued import ledger, outcomes
from koufu.evidence.statement import Statement
from tests.support.server import ServerForTests, a_server
from tests.support.server_visit import HOUSEHOLD

pytestmark = pytest.mark.usefixtures("either_database")


def statuses(server: ServerForTests) -> list[SheetStatus | None]:
    """Of the one document, by each of its pages, then by a wrong hash and by a wrong number."""
    with server.database.reading() as connection:
        statement = Statement.from_bytes(connection.execute(select(ledger.c.statement)).scalar_one())
        number, pages = statement.document_no, statement.content_hashes
        told = [sheet_status(connection, number, page) for page in pages]
        return [*told, sheet_status(connection, number, bytes(32)), sheet_status(connection, "0" * 16, pages[0])]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("", SheetState.ISSUED),
        ("delivered", SheetState.ISSUED),
        ("spoiled", SheetState.SPOILED),
        ("not-printed", SheetState.VOIDED),
    ],
)
def test_a_sheet_is_what_the_ledger_and_the_report_say(outcome: str, state: SheetState, tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        visit = server.visit("kengo")
        visit.issue(HOUSEHOLD)
        if outcome:
            server.clock.advance(60)
            visit.report(outcome)
        *pages, other_content, other_number = statuses(server)
        assert (other_content, other_number) == (None, None)
        assert pages
        with server.database.reading() as connection:
            issued_at = connection.execute(select(ledger.c.issued_at)).scalar_one()
            reported_at = connection.execute(select(outcomes.c.reported_at)).scalar() or 0
        at = issued_at if state is SheetState.ISSUED else reported_at
        assert set(pages) == {SheetStatus(state, at)}
