"""However long the ledger, a page of it is found by an index, on both databases: nothing is read from one end to the
other. SQLite never sorts; PostgreSQL may, where it knows that the index answers with few."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Select, insert, text

from certserver.ledger.state import found_municipality
from certserver.office.issued import searching
from certserver.office.issued.searching import edge_query, page_query
from certserver.office.issued.wanted import EndedAs, Wanted
from certserver.storage.engine import Database
from certserver.storage.issued import ledger, outcomes
from certserver.storage.metadata import metadata
from certserver.storage.recalls import sheet_marks
from koufu.evidence.words import CertificateKind
from tests.support.databases import Kind, copied_database, kind
from tests.support.ledger_entries import Made, entries
from tests.support.server_people import MUNICIPALITY

pytestmark = pytest.mark.usefixtures("either_database")

MANY = 6_000
KINDS = tuple(CertificateKind)

INDEX_OF = {
    Wanted(): "pk_ledger",
    Wanted(kind="residence"): "ix_ledger_kind",
    Wanted(terminal="kiosk-7"): "ix_ledger_terminal",
    Wanted(terminal="kiosk-7", kind="residence", server_build="1.0.0"): "ix_ledger_terminal",
    Wanted(terminal_build="1.0.3"): "ix_ledger_terminal_build",
    Wanted(server_build="1.0.0"): "ix_ledger_server_build",
    Wanted(ended=EndedAs.SPOILED): "ix_outcomes_failed",
    Wanted(ended=EndedAs.NOT_PRINTED, terminal="kiosk-7"): "ix_outcomes_failed",
    Wanted(ended=EndedAs.RECALLED): "pk_sheet_marks",
    Wanted(ended=EndedAs.UNREPORTED): "pk_ledger",
    Wanted(ended=EndedAs.DELIVERED, kind="residence"): "ix_ledger_kind",
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with copied_database(tmp_path, "ledger", fill).writing() as connection:
        yield connection


def fill(database: Database) -> None:
    """Entries of many terminals, kinds and builds; one in a hundred failed, half are marked."""
    metadata.create_all(database.engine)
    made = [Made(KINDS[at % len(KINDS)], f"kiosk-{at % 97}", f"1.0.{at % 5}", at % 900) for at in range(MANY)]
    rows, ends, marks = [], [], []
    for number, entry in enumerate(entries(made, 1_790_000_000, municipality=MUNICIPALITY), start=1):
        rows.append(
            {
                "municipality": MUNICIPALITY,
                "ledger_seq": number,
                "order_id": entry.order_id,
                "line": 0,
                "copy": 0,
                "kind": entry.kind.value,
                "scope": entry.scope.value,
                "options": "",
                "document_no": entry.document_no,
                "terminal": entry.terminal,
                "subject": entry.subject,
                "register_version": "1",
                "fee": 200,
                "statement": entry.signed.evidence,
                "statement_signature": entry.signed.signature,
                "key_id": entry.key_id,
                "issued_at": entry.issued_at,
                "settings_revision": 1,
                "terminal_build": entry.terminal_build,
                "server_build": f"1.0.{number % 7}",
            }
        )
        if number % 50:
            outcome = "delivered" if number % 100 != 99 else "spoiled"
            told = {"municipality": MUNICIPALITY, "document_no": entry.document_no, "outcome": outcome}
            ends.append({**told, "sheets_printed": 1, "reported_at": entry.issued_at + 30, "ledger_seq": number})
        if number % 2:
            standing = "recalled" if number % 60 == 1 else "voided"
            mark = {"municipality": MUNICIPALITY, "standing": standing, "ledger_seq": number, "at": entry.issued_at}
            marks.append({**mark, "marked_by": "aoi", "recall_no": 1, "why": None})
    with database.writing() as connection:
        found_municipality(connection, MUNICIPALITY)
        connection.execute(insert(ledger), rows)
        connection.execute(insert(outcomes), ends)
        connection.execute(insert(sheet_marks), marks)


def plan(connection: Connection, statement: Select[*tuple[Any, ...]]) -> list[str]:
    """The steps of a statement as the database would take them."""
    asked = statement.compile(connection.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if kind() is Kind.SQLITE else "EXPLAIN (COSTS OFF)"
    return [str(row[-1]).strip() for row in connection.exec_driver_sql(f"{explain} {asked}")]


@pytest.mark.parametrize("statistics", [False, True], ids=["never analyzed", "analyzed"])
def test_a_page_is_found_by_an_index_in_its_order(
    connection: Connection, statistics: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A small part of this ledger, as of any that is long.
    monkeypatch.setattr(searching, "LOOKED_AT", 100)
    if kind() is Kind.POSTGRESQL and not statistics:
        pytest.skip("PostgreSQL is always analyzed: by itself")
    if statistics:
        connection.execute(text("ANALYZE"))
    for wanted, index in INDEX_OF.items():
        edge = connection.scalar(edge_query(MUNICIPALITY, wanted, 1, MANY)) or 1
        for statement in (edge_query(MUNICIPALITY, wanted, 1, MANY), page_query(MUNICIPALITY, wanted, edge, MANY)):
            steps = "\n".join(plan(connection, statement))
            assert "SCAN" not in steps, (wanted, steps)
            assert "Seq Scan" not in steps, (wanted, steps)
            assert "ORDER BY" not in steps, (wanted, steps)
            found = re.sub("sqlite_autoindex_ledger_1", "pk_ledger", steps)
            found = re.sub("sqlite_autoindex_sheet_marks_1", "pk_sheet_marks", found)
            assert index in found, (wanted, steps)
