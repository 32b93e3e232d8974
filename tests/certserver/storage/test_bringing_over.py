"""What a municipality had set before a migration still counts after it."""

import json
from pathlib import Path

from alembic import command
from sqlalchemy import text

from certserver.ledger.terminals import KnownX509, Way, x509s_of
from certserver.pipeline.setting_rows import read_settings
from certserver.rules.in_force import closures_at, purposes_at
from certserver.storage.migrating import alembic_config, migrate
from koufu.evidence.words import CertificateKind, Option
from tests.support.databases import new_database


def test_views_and_what_failed_are_found_after_it(either_database: None, tmp_path: Path) -> None:
    database = new_database(tmp_path, "former")
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0023_counter_settings")
        for number, document_no in ((1, "A" * 16), (2, "B" * 16)):
            issued = {"number": number, "order": bytes([number]) * 16, "document": document_no, "raw": bytes(64)}
            connection.execute(
                text(
                    "INSERT INTO ledger (municipality, ledger_seq, order_id, line, copy, kind, document_no, terminal,"
                    " subject, register_version, fee, statement, statement_signature, key_id, issued_at, scope,"
                    " options) VALUES ('992011', :number, :order, 0, 0, 'residence', :document, 'kiosk-1', :raw, '1',"
                    " 200, :raw, :raw, :raw, 1790000000, 'self', '')"
                ),
                issued,
            )
            connection.execute(
                text("INSERT INTO outcomes VALUES ('992011', :document, 'spoiled', 1, 1790000030)"), issued
            )
        for number, event, detail in (
            (1, "viewed", {"officer": "aoi", "about": "A" * 16}),
            (2, "issued", {"document_no": "B" * 16}),
            (3, "offer-shown", {"subject": "ab" * 32}),
            (4, "viewed", {"application": "cd" * 16, "about": "x" * 65}),
        ):
            entry = {"number": number, "event": event, "detail": json.dumps(detail), "hash": bytes(32)}
            connection.execute(
                text("INSERT INTO audit_log VALUES ('992011', :number, 0, :event, 'aoi', :detail, :hash)"), entry
            )
    migrate(database)
    with database.reading() as connection:
        failed = connection.execute(text("SELECT document_no, ledger_seq FROM outcomes ORDER BY ledger_seq")).all()
        views = connection.execute(text("SELECT about, audit_seq FROM viewed ORDER BY audit_seq")).all()
    assert [tuple(row) for row in failed] == [("A" * 16, 1), ("B" * 16, 2)]
    assert [tuple(row) for row in views] == [("A" * 16, 1), ("ab" * 32, 3), ("cd" * 16, 4)]


def test_closures_and_purposes_are_brought_over(either_database: None, tmp_path: Path) -> None:
    database = new_database(tmp_path, "former")
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0018_reports")
        connection.execute(
            text(
                "INSERT INTO closures (municipality, since, until, yearly, outlet, kinds, reason, reason_en) VALUES"
                " ('992011', '2026-12-29', '2027-01-03', true, '*', 'residence,koseki-full', '年末年始', 'New Year')"
            )
        )
        for position, code in ((1, "bank"), (0, "licence")):
            connection.execute(
                text(
                    "INSERT INTO purposes (municipality, code, position, kind, scope, options, advice, name, name_en,"
                    " note, note_en) VALUES ('992011', :code, :position, 'residence', 'self', 'domicile', 'order',"
                    " '', '', '', '')"
                ),
                {"code": code, "position": position},
            )
    migrate(database)
    with database.reading() as connection:
        settings = read_settings(connection, "992011", 1)
    (closure,) = closures_at(settings, 0)
    assert (closure.yearly, closure.reason) == (True, "年末年始")
    assert closure.kinds == (CertificateKind.RESIDENCE, CertificateKind.KOSEKI_FULL)
    assert [purpose.code for purpose in purposes_at(settings, 0)] == ["licence", "bank"]
    assert purposes_at(settings, 0)[0].options == (Option.DOMICILE,)


def test_a_terminal_is_served_by_the_x509_it_had(either_database: None, tmp_path: Path) -> None:
    database = new_database(tmp_path, "former")
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0027_application_deadlines")
        row = {"no": False, "hash": b"x" * 32}
        connection.execute(
            text(
                "INSERT INTO terminals (municipality, terminal, outlet, outlet_kind, x509_hash, withdrawn, build,"
                " wire_schema, told_at) VALUES ('992011', 'kiosk-1', 'here', 'municipal', :hash, :no, '1.0.0', 2, 7)"
            ),
            row,
        )
    migrate(database)
    with database.reading() as connection:
        (known,) = x509s_of(connection, "992011", "kiosk-1")
        told = connection.execute(text("SELECT build, seen_at, told FROM terminals")).one()
    assert known == KnownX509(b"x" * 32, None, None, 7, Way.ADMITTED, None)
    assert tuple(told) == ("1.0.0", 0, "{}")
