"""Sums by day follow ledger and audit log: in whatever portions, they are those of the rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.office.reports import following
from certserver.office.reports.following import follow_logs
from certserver.office.reports.issued_queries import by_day_and_outlet, by_outlet, by_terminal, copies_by_choice
from certserver.office.reports.recounting import issued_sums, outlet_sums
from certserver.office.reports.service_queries import visits
from certserver.office.reports.visit_steps import Measure
from certserver.ports import in_japan, unix
from certserver.storage.reports import report_marks
from koufu.evidence.order import OrderLine
from koufu.evidence.words import Option
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def played(server: ServerForTests) -> None:
    """Two days with visits that end in every way."""
    whole = server.visit("kengo")
    whole.issue(HOUSEHOLD, replace(RESIDENCE, options=frozenset({Option.DOMICILE, Option.RELATIONSHIP})))
    server.clock.advance(70)
    whole.report()
    spoiled = server.visit("kengo", "kiosk-2")
    spoiled.issue(SEAL)
    server.clock.advance(20)
    spoiled.report("spoiled")
    server.visit("kengo").open()
    unpaid = server.visit("kengo")
    unpaid.offer()
    unpaid.prepare(unpaid.order(RESIDENCE))
    server.clock.advance(24 * 3600)
    server.refresh_crl()
    browsing = server.visit("kengo")
    browsing.offer()
    refused = server.visit("kengo", "kiosk-2")
    refused.open()
    refused.answer_challenge(b"wrong")
    unprinted = server.visit("kengo")
    unprinted.issue(RESIDENCE)
    unprinted.report("")
    server.visit("kengo").open()
    server.visit("kengo", "kiosk-2").open()


def both(server: ServerForTests) -> None:
    """The sums are those of the rows."""
    with server.database.reading() as connection:
        for kept, reckoned in (issued_sums(connection, MUNICIPALITY), outlet_sums(connection, MUNICIPALITY)):
            assert kept == reckoned
            assert kept


@pytest.mark.parametrize("portion", [1, 7, 2000])
def test_in_any_portions_the_sums_are_those_of_the_rows(
    server: ServerForTests, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "PORTION", portion)
    played(server)
    assert follow_logs(server.database, MUNICIPALITY, 1).behind == (0 if portion > 100 else pytest.approx(60, abs=60))
    followed = follow_logs(server.database, MUNICIPALITY)
    assert followed.behind == 0
    both(server)
    again = follow_logs(server.database, MUNICIPALITY)
    assert again == followed
    both(server)


def test_every_end_of_a_visit_is_counted_once(server: ServerForTests) -> None:
    played(server)
    follow_logs(server.database, MUNICIPALITY)
    first = in_japan(unix(server.clock.now())).date() - timedelta(days=1)
    with server.database.reading() as connection:
        ended = visits(connection, MUNICIPALITY, Measure.ENDED, first, first + timedelta(days=1))
        paper = visits(connection, MUNICIPALITY, Measure.PAPER_WITHIN, first, first + timedelta(days=1))
        refused = visits(connection, MUNICIPALITY, Measure.REFUSED, first, first + timedelta(days=1))
    # The last visit of each terminal is not counted yet.
    assert ended == {"delivered": 1, "no-answer": 1, "no-order": 1, "not-paid": 1, "not-printed": 2, "refused": 1}
    assert paper == {"0075": 1}
    assert refused == {"answer/challenge-failed": 1}


def test_what_was_ordered_stands_in_the_sums(server: ServerForTests) -> None:
    played(server)
    follow_logs(server.database, MUNICIPALITY)
    today = in_japan(unix(server.clock.now())).date()
    with server.database.reading() as connection:
        choices = copies_by_choice(connection, MUNICIPALITY, today - timedelta(days=1), today)
        outlets = by_day_and_outlet(connection, MUNICIPALITY, today - timedelta(days=1), today)
        terminals = by_terminal(connection, MUNICIPALITY, today - timedelta(days=1), today)
    told = {(choice.kind.value, choice.scope, choice.options): copies for choice, copies in choices.items()}
    household = tuple(sorted(option.value for option in HOUSEHOLD.options))
    assert told["residence", "self", ("domicile", "relationship")] == 1
    assert told["residence", "household", household] == 1
    assert sum(told.values()) == 4
    assert {place.outlet for _, place in outlets} == {"post-office"}
    assert [terminals["kiosk-1"].delivered, terminals["kiosk-1"].not_printed, terminals["kiosk-2"].spoiled] == [2, 1, 1]


def test_a_copy_more_in_the_ledger_is_a_copy_more_in_the_sums(server: ServerForTests) -> None:
    server.visit("kengo").issue(RESIDENCE)
    follow_logs(server.database, MUNICIPALITY)
    server.visit("kengo").issue(OrderLine(RESIDENCE.kind, RESIDENCE.scope, copies=2))
    followed = follow_logs(server.database, MUNICIPALITY)
    both(server)
    with server.database.reading() as connection:
        mark = connection.execute(select(report_marks)).one()
    assert (mark.ledger_seq, mark.audit_seq) == (3, followed.mark.audit_seq)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (0, 1), (1, 1), (-9, 20), (-9, 0), (1, 20), (-40, 40)])
def test_any_days_of_an_outlet_add_up_from_months_and_days(server: ServerForTests, first: int, last: int) -> None:
    played(server)
    follow_logs(server.database, MUNICIPALITY)
    begun = in_japan(unix(server.clock.now())).date() - timedelta(days=1)
    span = begun + timedelta(days=first), begun + timedelta(days=last)
    with server.database.reading() as connection:
        (of_outlet,) = by_outlet(connection, MUNICIPALITY, *span).values()
        by_day = by_day_and_outlet(connection, MUNICIPALITY, *span).values()
    assert of_outlet.delivered == sum(each.delivered for each in by_day)
    assert of_outlet.captured == sum(each.captured for each in by_day)
    assert of_outlet.issued == sum(each.issued for each in by_day)
