"""How long officers' questions of a long ledger take, on SQLite and on PostgreSQL: `python -m tests.benchmarks.ledger
[--documents N]`. CPU time of this process, and on PostgreSQL the wall's, for the median and the slowest question."""

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import insert, text, update

from certserver.ledger.state import found_municipality
from certserver.office.issued.recalls import count
from certserver.office.issued.searching import page
from certserver.office.issued.wanted import EndedAs, Wanted
from certserver.storage.engine import Database, open_database
from certserver.storage.issued import ledger, municipality_state, outcomes
from certserver.storage.migrating import migrate
from koufu.evidence.words import CertificateKind
from tests.benchmarks import results
from tests.support.databases import Kind, new_url, on

MUNICIPALITY = "992011"
BEGIN, EVERY_S = 1_767_200_000, 30
TERMINALS, PEOPLE = 300, 250_000
_AT_ONCE = 20_000
_TIMES = 7
_KINDS = tuple(CertificateKind)

Row = dict[str, object]


def main() -> int:
    """Measures everything; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=30_000, metavar="N")
    asked = parser.parse_args()
    rows: list[Row] = []
    for kind in Kind:
        with TemporaryDirectory() as folder, on(kind):
            database = open_database(new_url(Path(folder), "ledger"))
            fill(database, asked.documents)
            rows += _measured(database, kind, asked.documents)
            database.close()
    results.keep(rows)
    return 0


def fill(database: Database, documents: int) -> None:
    """Documents of many terminals: nearly all are delivered, the last ones have no report yet; a build changes after
    each tenth of them."""
    migrate(database)
    with database.writing() as connection:
        found_municipality(connection, MUNICIPALITY)
    pairs = _rows(documents)
    while portion := list(islice(pairs, _AT_ONCE)):
        with database.writing() as connection:
            connection.execute(insert(ledger), [issued for issued, _ in portion])
            ends = [ended for _, ended in portion if ended is not None]
            if ends:
                connection.execute(insert(outcomes), ends)
    with database.writing() as connection:
        connection.execute(update(municipality_state).values(ledger_seq=documents))
    with database.unlocked() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _rows(documents: int) -> Iterator[tuple[Row, Row | None]]:
    chance = Random(6)
    for number in range(1, documents + 1):
        document_no, at = f"{number:016}", BEGIN + number * EVERY_S
        kind = CertificateKind.DISASTER_VICTIM if number % 5_000 == 7 else chance.choice(_KINDS[:6])
        issued: Row = {
            "municipality": MUNICIPALITY,
            "ledger_seq": number,
            "order_id": number.to_bytes(16, "big"),
            "line": 0,
            "copy": 0,
            "kind": kind.value,
            "scope": "self",
            "options": "",
            "document_no": document_no,
            "terminal": f"kiosk-{chance.randrange(TERMINALS):03}",
            "subject": chance.randrange(PEOPLE).to_bytes(32, "big"),
            "register_version": "1",
            "fee": 200,
            "statement": bytes(300),
            "statement_signature": bytes(64),
            "key_id": bytes(8),
            "issued_at": at,
            "settings_revision": 1,
            "terminal_build": f"1.{number * 10 // (documents + 1)}.0",
            "server_build": "1.0.0",
        }
        if number > documents - 20:
            yield issued, None
            continue
        outcome = "spoiled" if chance.random() < 0.002 else "delivered"
        told: Row = {"municipality": MUNICIPALITY, "document_no": document_no, "outcome": outcome}
        yield issued, {**told, "sheets_printed": 1, "reported_at": at + 30, "ledger_seq": number}


def _questions(documents: int) -> dict[str, Wanted]:
    middle = BEGIN + documents // 2 * EVERY_S
    return {
        "the newest": Wanted(),
        "a terminal": Wanted(terminal="kiosk-007"),
        "a terminal, a kind, a day": Wanted(
            terminal="kiosk-007", kind="residence", since=middle, until=middle + 86_400
        ),
        "a kind that is rare": Wanted(kind="disaster-victim"),
        "a build that ended long ago": Wanted(terminal_build="1.0.0"),
        "a build and a kind that is not": Wanted(terminal_build="1.0.0", kind="non-taxation"),
        "spoiled": Wanted(ended=EndedAs.SPOILED),
        "spoiled at a terminal": Wanted(ended=EndedAs.SPOILED, terminal="kiosk-007"),
        "delivered": Wanted(ended=EndedAs.DELIVERED),
        "not reported": Wanted(ended=EndedAs.UNREPORTED),
        "not printed": Wanted(ended=EndedAs.NOT_PRINTED),
        "called back": Wanted(ended=EndedAs.RECALLED),
        "a day": Wanted(since=middle, until=middle + 86_400),
    }


def _measured(database: Database, kind: Kind, documents: int) -> list[Row]:
    rows: list[Row] = []
    for name, wanted in _questions(documents).items():

        def ask(wanted: Wanted = wanted) -> None:
            with database.reading() as connection:
                page(connection, MUNICIPALITY, wanted)

        rows.append(_row(f"ledger: {name}", kind, documents, ask, _TIMES))

    def recall() -> None:
        with database.reading() as connection:
            count(connection, MUNICIPALITY, Wanted(terminal_build="1.0.0", up_to=documents))

    rows.append(_row("ledger: counting a recall of a tenth", kind, documents, recall, 1))
    return rows


def _row(name: str, kind: Kind, documents: int, ask: Callable[[], None], times: int) -> Row:
    spent = []
    for _ in range(times):
        cpu, wall = time.process_time(), time.perf_counter()
        ask()
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpus, walls = ([round(each[at] * 1000, 1) for each in spent] for at in (0, 1))
    row: Row = {"name": f"{name} ({kind.value})", "documents": documents, "cpu_ms": median(cpus), "slowest": max(walls)}
    print(f"{row['name']:<60} {median(cpus):8.1f} ms CPU  {max(walls):8.1f} ms wall, the slowest")
    return row


if __name__ == "__main__":
    raise SystemExit(main())
