"""What a municipality had set before a migration still counts after it."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import LargeBinary, bindparam, insert, text

from certserver.applications.places import Procedure
from certserver.ledger.terminals import KnownX509, Way, x509s_of
from certserver.office.settings.counter_parts import commission_part
from certserver.office.settings.parts import Subjects
from certserver.pipeline.card_applications.commissions import all_commissions
from certserver.pipeline.setting_rows import read_settings
from certserver.ports import JST, unix
from certserver.rules.in_force import closures_at, purposes_at
from certserver.storage.applications import application_moves, applications
from certserver.storage.engine import Database
from certserver.storage.migrating import alembic_config, migrate
from koufu.evidence.words import CertificateKind, Option
from tests.support.databases import new_database

WEDNESDAY = unix(datetime(2026, 6, 10, 12, tzinfo=JST))


@pytest.fixture
def former(either_database: None, tmp_path: Path) -> Database:
    return new_database(tmp_path, "former")


def upgrade(database: Database, revision: str) -> None:
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


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


def test_a_terminal_keeps_the_newest_x509_where_the_schema_goes_back(former: Database) -> None:
    upgrade(former, "0028_terminals")
    known = text(
        "INSERT INTO terminal_x509s (municipality, terminal, x509_hash, added_at, way, revoked_at)"
        " VALUES ('992011', 'kiosk-1', :hash, :at, 'admitted', :revoked)"
    ).bindparams(bindparam("hash", type_=LargeBinary))
    with former.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO terminals (municipality, terminal, outlet, outlet_kind, withdrawn, build, wire_schema,"
                " told_at) VALUES ('992011', 'kiosk-1', 'here', 'municipal', :no, '1.0.0', 2, 7)"
            ),
            {"no": False},
        )
        for digest, at, revoked in ((b"z" * 32, 1, None), (b"a" * 32, 2, None), (b"y" * 32, 3, 4)):
            connection.execute(known, {"hash": digest, "at": at, "revoked": revoked})
    with former.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0027_application_deadlines")
    with former.reading() as connection:
        assert bytes(connection.execute(text("SELECT x509_hash FROM terminals")).scalar_one()) == b"a" * 32


def test_commissions_that_no_setting_can_say_are_left_behind_and_the_rest_stands(former: Database) -> None:
    upgrade(former, "0029_procedure_retention")
    entered = (
        ("north", "post-office-intake", "card-application x509-issue", None, "契約" * 150),
        ("south", "post-office-x509", "pin-change x509-issue", "2027-03-31", "契約2\n追補"),
        ("hall", "municipal-counter", "card-application", None, "契約3"),
        ("east", "post-office-support", "card-application", None, "契約4"),
        ("west", "post-office-intake", "card-application", "2026-04-30", "契約5"),
        ("", "field-support", "form-support", None, "契約6"),
    )
    with former.writing() as connection:
        for office, place, procedures, until, cited in entered:
            connection.execute(
                text(
                    "INSERT INTO commissions (municipality, office, place, since, until, procedures, contract_cited,"
                    " contract_day) VALUES ('992011', :office, :place, '2026-05-01', :until, :procedures, :cited,"
                    " '2026-04-01')"
                ),
                {"office": office, "place": place, "until": until, "procedures": procedures, "cited": cited},
            )
    migrate(former)
    with former.reading() as connection:
        ((since, stood),) = all_commissions(connection, "992011").rows
    parts = Subjects(commissions=tuple(map(commission_part, stood))).commissions or ()
    assert since == 0
    assert [(each.office, each.procedures, each.until) for each in parts] == [
        ("north", (Procedure.CARD_APPLICATION,), None),
        ("south", (Procedure.X509_ISSUE, Procedure.PIN_CHANGE), date(2027, 3, 31)),
    ]
    papers = [each.contract.cited for each in parts if each.contract is not None]
    assert papers == ["契約" * 99 + "契…", "契約2 追補"]


def test_what_was_under_way_before_deadlines_gets_its_own(former: Database) -> None:
    upgrade(former, "0030_refusal_texts")
    day = 86_400
    of_all = {
        "municipality": "992011",
        "version": 3,
        "reception_municipality": "992011",
        "outlet": "here",
        "route": "counter",
        "face_auth": False,
        "form_complete": True,
        "photo": "fit",
        "pin_form_sealed": False,
        "old_card": "none",
        "activated": False,
        "record_checked_at": 0,
        "touched_at": WEDNESDAY + 9 * day,
    }
    under_way = (
        ("sent-to-municipality", False, WEDNESDAY, date(2026, 6, 17)),
        ("sent-to-municipality", True, WEDNESDAY, date(2026, 6, 11)),
        ("under-review", False, WEDNESDAY + 2 * day, date(2026, 6, 17)),
        ("card-at-municipality", False, WEDNESDAY, date(2026, 6, 17)),
        ("set-up", False, WEDNESDAY, date(2026, 6, 17)),
        ("arrival-notice", True, WEDNESDAY, date(2026, 6, 20)),
        ("returned-to-sender", True, WEDNESDAY, date(2026, 6, 17)),
        ("approved", False, WEDNESDAY, None),
    )
    with former.writing() as connection:
        for number, (state, express, moved_at, _) in enumerate(under_way):
            row = {"application": str(number), "state": state, "express": express, "moved_at": moved_at}
            connection.execute(insert(applications).values(**of_all, **row))
        step = {"municipality": "992011", "application": "2", "actor": "officer-1", "role": "officer"}
        for version, before, after, at in (
            (1, "captured", "sent-to-municipality", WEDNESDAY),
            (2, "sent-to-municipality", "sent-to-municipality", WEDNESDAY + day),
            (3, "sent-to-municipality", "under-review", WEDNESDAY + 2 * day),
        ):
            moved = {"version": version, "event": "any", "before": before, "after": after, "at": at}
            connection.execute(insert(application_moves).values(**step, **moved))
    migrate(former)
    with former.reading() as connection:
        rows = connection.execute(applications.select().order_by(applications.c.application)).all()
    assert [row.due_on for row in rows] == [due for *_, due in under_way]
