"""`python -m tests.benchmarks.reports`: what it costs to bring the sums of reports up to issued documents, and what
each report costs over the sums of a fiscal year with a million of them, on SQLite and PostgreSQL. Reports read sums
alone; they are filled up to every terminal, day and kind that a million documents reach. CPU time, that of the
database's own processes too."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import psutil
from sqlalchemy import Table, delete, func, insert, select, text, update

from certserver.ledger.audit import AuditEntry, AuditEvent, AuditHead, chained
from certserver.ledger.state import found_municipality, read_state
from certserver.office.reports.catalogue import REPORTS, Asked
from certserver.office.reports.following import follow_logs
from certserver.office.reports.visit_steps import WITHIN_S, Ended
from certserver.office.reports.words import Language, words_in
from certserver.ports import JST, unix
from certserver.storage.adding import add_to
from certserver.storage.admission import terminals
from certserver.storage.bulk import BulkDatabase
from certserver.storage.engine import Database, open_database
from certserver.storage.issued import audit_log, ledger, municipality_state, outcomes, settlements
from certserver.storage.migrating import migrate
from certserver.storage.reports import (
    card_counts,
    card_months,
    issued_days,
    outlet_days,
    outlet_months,
    outlet_totals,
    visit_days,
)
from koufu.evidence.numbers import document_number
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope
from tests.benchmarks import results
from tests.support.databases import Kind, new_url, on

MUNICIPALITY = "992011"
TERMINALS = 300
OUTLET_KINDS = ("convenience-store",) * 8 + ("post-office", "municipal")
FIRST = date(2025, 4, 1)
LAST = date(2026, 3, 31)
_DAYS = 365
_AT_ONCE = 5_000
_OF_MONTH = ("municipality", "counted", "age_from", "sex", "month", "times")
_MONTH = func.substr(card_counts.c.day, 1, 7).label("month")
_BY_MONTH = (
    select(*(card_counts.c[name] for name in _OF_MONTH[:4]), _MONTH, func.sum(card_counts.c.times))
    .where(card_counts.c.counted != "population")
    .group_by(*(card_counts.c[name] for name in _OF_MONTH[:4]), "month")
)
_CHOICES = (
    (CertificateKind.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
    (CertificateKind.RESIDENCE, Scope.SELF, ()),
    (CertificateKind.RESIDENCE, Scope.SELF, (Option.DOMICILE,)),
    (CertificateKind.SEAL_REGISTRATION, Scope.SELF, ()),
    (CertificateKind.SEAL_REGISTRATION, Scope.SELF, ()),
    (CertificateKind.KOSEKI_FULL, Scope.KOSEKI, ()),
    (CertificateKind.INCOME_TAX, Scope.SELF, ()),
    (CertificateKind.RESIDENCE_ITEMS, Scope.SELF, ()),
    (CertificateKind.KOSEKI_SUPPLEMENT, Scope.SELF, ()),
)


def main() -> int:
    """Measures everything; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=30_000, metavar="N")
    asked = parser.parse_args()
    rows: list[dict[str, object]] = []
    for kind in Kind:
        with TemporaryDirectory() as folder, on(kind):
            database = open_database(new_url(Path(folder), "reports"))
            fill(database, asked.documents)
            rows += _measured(database, kind, asked.documents)
            database.close()
    results.keep(rows)
    return 0


def fill(database: Database, documents: int) -> None:
    """A new database with a fiscal year of visits at 300 terminals."""
    migrate(database)
    with database.writing() as connection:
        found_municipality(connection, MUNICIPALITY)
    issue(database, documents)


def issue(database: Database, documents: int) -> None:
    """Goes on from what a municipality's book holds with a fiscal year of visits at 300 terminals; the audit log stays
    chained."""
    writer = BulkDatabase(database)
    with writer.writing() as connection:
        began = read_state(connection, MUNICIPALITY)
        if began is None:
            raise RuntimeError("found the municipality first")
        places = [f"outlet-{at:03}" for at in range(TERMINALS)]
        connection.execute(
            insert(terminals),
            [
                {
                    "municipality": MUNICIPALITY,
                    "terminal": f"kiosk-{at:03}",
                    "outlet": place,
                    "outlet_kind": OUTLET_KINDS[at % len(OUTLET_KINDS)],
                    "withdrawn": False,
                    "build": "",
                    "wire_schema": 0,
                    "told_at": 0,
                    "seen_at": 0,
                    "told": "{}",
                }
                for at, place in enumerate(places)
            ],
        )
        connection.execute(insert(card_counts), _cards())
        # They are sums of the days: of what was counted before too.
        connection.execute(delete(card_months))
        connection.execute(insert(card_months).from_select(_OF_MONTH, _BY_MONTH))
    head, issued = AuditHead(MUNICIPALITY, began.audit_seq, began.audit_hash), 0
    visits = _visits(Random(6), documents, began.ledger_seq)
    while portion := [next(visits) for _ in range(min(_AT_ONCE, documents - issued)) if issued < documents]:
        entries, documents_of, ends, money = [], [], [], []
        for told, made, ended, captured in portion:
            entries += told
            documents_of += made
            ends += ended
            money.append(captured)
        noted, head = chained(head, entries)
        with writer.writing() as connection:
            connection.execute(insert(audit_log), noted)
            connection.execute(insert(ledger), documents_of)
            connection.execute(insert(outcomes), ends)
            connection.execute(insert(settlements), money)
            issued += len(documents_of)
            connection.execute(
                update(municipality_state).values(
                    ledger_seq=began.ledger_seq + issued, audit_seq=head.audit_seq, audit_hash=head.audit_hash
                )
            )
        writer.settle()
    writer.close()


Told = tuple[list[AuditEntry], list[dict[str, object]], list[dict[str, object]], dict[str, object]]


def number_of(made: int) -> str:
    """The number of the document that was made as the how-manieth."""
    return document_number(((1 << 60 | made) << 5).to_bytes(10, "big"))


def _visits(chance: Random, documents: int, before: int) -> Iterator[Told]:
    """Visits in the order of time, each of one or two documents; now and then somebody leaves or is refused before.
    The ledger had `before` entries."""
    begins = unix(datetime.combine(FIRST, datetime.min.time(), JST)) + 7 * 3600
    made, number = 0, 0
    while True:
        # Spread over the days, and over the hours from 7 to 22 of each.
        day, within = divmod(made * _DAYS * 54_000 // max(documents, 1), 54_000)
        at = begins + day * 86_400 + within
        terminal, order = f"kiosk-{number % TERMINALS:03}", (1 << 127 | number).to_bytes(16, "big")
        number += 1
        entries = [AuditEntry(at, AuditEvent.SESSION_OPENED, terminal, {"subject": "ab" * 32})]
        if chance.random() < 0.05:
            entries.append(AuditEntry(at + 9, AuditEvent.REFUSED, terminal, {"reason": "no-seal", "step": "prepare"}))
        entries.append(AuditEntry(at + 10, AuditEvent.OFFER_SHOWN, terminal, {"subject": "ab" * 32}))
        entries.append(AuditEntry(at + 30, AuditEvent.PREPARED, terminal, {"order": order.hex()}))
        copies, fee = chance.choice((1, 1, 1, 2)), 200
        rows, ends = [], []
        for copy in range(copies):
            made += 1
            document_no = number_of(made)
            kind, scope, options = chance.choice(_CHOICES)
            rows.append(
                {
                    "municipality": MUNICIPALITY,
                    "ledger_seq": before + made,
                    "order_id": order,
                    "line": 0,
                    "copy": copy,
                    "kind": kind.value,
                    "scope": scope.value,
                    "options": ",".join(sorted(option.value for option in options)),
                    "document_no": document_no,
                    "terminal": terminal,
                    "subject": bytes(32),
                    "register_version": "1",
                    "fee": fee,
                    "statement": bytes(300),
                    "statement_signature": bytes(64),
                    "key_id": bytes(8),
                    "issued_at": at + 40,
                }
            )
            detail: dict[str, str | int] = {"document_no": document_no, "kind": kind.value, "order": order.hex()}
            entries.append(AuditEntry(at + 40, AuditEvent.ISSUED, terminal, detail))
            outcome = "spoiled" if chance.random() < 0.002 else "delivered"
            told = {"municipality": MUNICIPALITY, "document_no": document_no, "outcome": outcome}
            ends.append({**told, "sheets_printed": 1, "reported_at": at + 70, "ledger_seq": before + made})
            ended: dict[str, str | int] = {"document_no": document_no, "outcome": outcome, "sheets": 1}
            entries.append(AuditEntry(at + 70, AuditEvent.OUTCOME, terminal, ended))
        captured: dict[str, str | int] = {"order": order.hex(), "captured": fee * copies}
        entries.append(AuditEntry(at + 70, AuditEvent.OUTCOME, terminal, captured))
        money = {"municipality": MUNICIPALITY, "order_id": order, "captured": fee * copies, "reported_at": at + 70}
        yield entries, rows, ends, money


def _cards() -> list[dict[str, object]]:
    """Ten years of counts of cards by day, in every band and sex that a day of a large city has."""
    chance = Random(7)
    days = [date.fromordinal(at).isoformat() for at in range(LAST.toordinal() - 3650, LAST.toordinal() + 1)]
    rows = [
        _card(counted, day, cell, chance.randint(1, 20))
        for day in days
        for counted in ("applied", "delivered", "ended")
        for cell in chance.sample(range(34), 20)
    ]
    return rows + [_card("population", days[0], cell, 100_000) | {"as_of": days[0]} for cell in range(34)]


def _sums() -> list[tuple[Table, list[dict[str, object]]]]:
    """What a million documents add: a row for each terminal and day, outlet, month and kind, choice, and way that a
    visit goes."""
    days = [date.fromordinal(FIRST.toordinal() + at).isoformat() for at in range(_DAYS)]
    names = ("orders", "issued", "fee", "captured", "delivered", "spoiled", "not_printed", "sheets")
    outlets: list[dict[str, object]] = []
    months: list[dict[str, object]] = []
    totals: list[dict[str, object]] = []
    for at in range(TERMINALS):
        place = {"outlet": f"outlet-{at:03}", "outlet_kind": OUTLET_KINDS[at % len(OUTLET_KINDS)]}
        own: dict[str, object] = {"municipality": MUNICIPALITY, **place}
        outlets += [own | {"day": day, "terminal": f"kiosk-{at:03}"} | dict.fromkeys(names, 8) for day in days]
        for month in sorted({day[:7] for day in days}):
            totals.append(own | {"month": month} | dict.fromkeys(names, 240))
            months += [own | {"month": month, "kind": kind.value, "copies": 30} for kind in CertificateKind]
    issued: list[dict[str, object]] = [
        {"municipality": MUNICIPALITY, "day": day, "source": "here", "kind": kind.value, "scope": scope.value}
        | {"options": ",".join(sorted(option.value for option in options)), "copies": 60, "fee": 12_000}
        for day in days
        for kind in CertificateKind
        for scope in Scope
        for options in ((), (Option.DOMICILE,), (Option.RELATIONSHIP,), (Option.DOMICILE, Option.RELATIONSHIP))
    ]
    words = [("ended", each.value) for each in Ended] + [("paper-within", f"{bound:04}") for bound in WITHIN_S]
    words += [("refused", f"{step}/{each.value}") for step in ("prepare", "release") for each in RefusalReason]
    visited: list[dict[str, object]] = [
        {"municipality": MUNICIPALITY, "measure": measure, "day": day, "word": word, "times": 9}
        for day in days
        for measure, word in words
    ]
    return [
        (outlet_days, outlets),
        (outlet_months, months),
        (outlet_totals, totals),
        (issued_days, issued),
        (visit_days, visited),
    ]


def _card(counted: str, day: str, cell: int, times: int) -> dict[str, object]:
    band, sex = divmod(cell, 2)
    return {
        "municipality": MUNICIPALITY,
        "counted": counted,
        "source": "here",
        "day": day,
        "age_from": band * 5,
        "sex": ("male", "female")[sex],
        "as_of": None,
        "times": times,
    }


def _measured(database: Database, kind: Kind, documents: int) -> list[dict[str, object]]:
    with _cpu(database) as spent:
        follow_logs(database, MUNICIPALITY)
    rows = [_row(f"reports: sums brought up to a document, {kind.value}", spent() / documents * 1e6, "µs")]
    with database.writing() as connection:
        for table, more in _sums():
            for at in range(0, len(more), _AT_ONCE):
                add_to(connection, table, more[at : at + _AT_ONCE])
    for name, make in REPORTS.items():
        # A row for each day and outlet: it is asked for by the month.
        first, span = (LAST.replace(day=1), "month") if name == "fees" else (FIRST, "fiscal year")
        asked = Asked(MUNICIPALITY, first, LAST, words_in(Language.JAPANESE), small_numbers=False)

        def once(make: Callable[..., object] = make, asked: Asked = asked) -> None:
            with database.reading() as connection:
                make(connection, asked)

        once()
        with _cpu(database) as spent:
            for _ in range(5):
                once()
        rows.append(_row(f"reports: {name} of a {span}, {kind.value}", spent() / 5 * 1000, "ms"))
    return rows


def _row(name: str, value: float, unit: str) -> dict[str, object]:
    print(f"{name}: {value:.1f} {unit}", flush=True)
    return {"name": name, "value": round(value, 3), "unit": unit}


@contextmanager
def _cpu(database: Database) -> Iterator[Callable[[], float]]:
    """CPU seconds since it began, of this process and of the database's."""
    begun = _spent(database)
    yield lambda: _spent(database) - begun


def _spent(database: Database) -> float:
    own = time.process_time()
    if database.engine.dialect.name != "postgresql":
        return own
    with database.reading() as connection:
        backend = psutil.Process(int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one()))
    processes = [backend, *(backend.parent() or backend).children()]
    theirs = {process.pid: process.cpu_times() for process in processes}
    return own + sum(float(times.user + times.system) for times in theirs.values())


if __name__ == "__main__":
    sys.exit(main())
