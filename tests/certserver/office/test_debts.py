"""Debts on slips: known at the office by the number on the slip, paid back once, by whoever keeps terminals."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from certserver.composition.desks import operators_desk
from certserver.errors import NoSuchEntry, NotAllowed
from certserver.objections import Objected, Objection
from certserver.office.debts import all_debts, pay
from certserver.office.desk import Desk
from certserver.office.rights import Officer, OfficeRole
from certserver.office.terminals.reading import one_terminal
from certserver.pipeline.debts import keep_debt
from tests.support.card_applications import entries_of
from tests.support.server import ServerForTests, a_server


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path, admitted=False) as made:
        yield made


@pytest.fixture
def desk(server: ServerForTests) -> Desk:
    return operators_desk(server.home, server.node.settings, server.database, server.clock)


def told(
    server: ServerForTests, occasion: str, yen: int, reference: str = "4q7-k2m", terminal: str = "kiosk-1"
) -> None:
    keep_debt(server.node.parts, server.node.settings.municipality, terminal, occasion, reference, yen)


def refusal(desk: Desk, yen: int = 600, number: str = "4Q7-K2M", *, looked: bool = False) -> Objection:
    with pytest.raises(Objected) as met:
        pay(desk, number, yen, looked=looked)
    return met.value.why


def test_i7_a_slip_is_paid_back_once_by_the_number_that_stands_on_it(server: ServerForTests, desk: Desk) -> None:
    told(server, "debt", 600)
    told(server, "debt", 600)
    told(server, "fault", 0)
    told(server, "debt", 50, reference="")
    (debt,) = all_debts(desk)
    assert (debt.reference, debt.terminal, debt.due) == ("4Q7-K2M", "kiosk-1", 600)
    assert pay(desk, " 4q7-K2m", 600).due == 600
    assert entries_of(server)[-1] == ("debt-paid", {"terminal": "kiosk-1", "what": "600 yen against slip 4q7-k2m"})
    assert refusal(desk) is Objection.DEBT_PAID
    # A terminal that tells it again opens nothing anew.
    told(server, "debt", 700)
    (debt,) = one_terminal(desk, "kiosk-1").debts
    assert (debt.due, debt.paid, debt.paid_by) == (0, 600, desk.who.mark)
    with pytest.raises(NoSuchEntry):
        pay(desk, "7AB-12C", 600)


def test_i7_what_the_device_does_not_vouch_for_is_compared_first(server: ServerForTests, desk: Desk) -> None:
    told(server, "unconfirmed-debt", 800)
    assert refusal(desk) is Objection.DEBT_UNCONFIRMED
    told(server, "paid-after-all", 300)
    told(server, "paid-after-all", 300)
    assert pay(desk, "4Q7-K2M", 500, looked=True).due == 500


def test_i7_what_the_payment_terminal_can_not_say_yet_is_waited_for(server: ServerForTests, desk: Desk) -> None:
    told(server, "unconfirmed-cashless-debt", 800)
    assert refusal(desk) is Objection.DEBT_CASHLESS
    # Certain now: it will not pay back.
    told(server, "debt", 300)
    assert not all_debts(desk)[0].cashless
    assert pay(desk, "4Q7-K2M", 300).due == 300


def test_i7_what_came_out_after_all_is_not_paid_back_again(server: ServerForTests, desk: Desk) -> None:
    told(server, "unconfirmed-debt", 800)
    told(server, "paid-after-all", 800)
    assert refusal(desk, looked=True) is Objection.DEBT_CAME_OUT
    # Of a fee that counts as kept nobody has a slip.
    told(server, "paid-after-all", 200, reference="7ab-12c")
    assert [debt.reference for debt in all_debts(desk)] == ["4Q7-K2M"]


def test_i7_what_comes_out_though_it_was_paid_back_shows_as_paid_twice(server: ServerForTests, desk: Desk) -> None:
    told(server, "unconfirmed-debt", 800)
    told(server, "debt", 100, reference="7ab-12c")
    pay(desk, "4Q7-K2M", 800, looked=True)
    pay(desk, "7AB-12C", 100)
    told(server, "paid-after-all", 300)
    assert [(debt.reference, debt.due, debt.twice) for debt in all_debts(desk)] == [
        ("4Q7-K2M", 0, 300),
        ("7AB-12C", 0, 0),
    ]
    # All but 100 yen came out, by what is certain now.
    told(server, "debt", 100)
    assert all_debts(desk)[0].twice == 700


def test_i7_a_debt_told_anew_is_all_that_is_owed(server: ServerForTests, desk: Desk) -> None:
    told(server, "unconfirmed-debt", 800)
    told(server, "paid-after-all", 300)
    told(server, "debt", 500)
    assert all_debts(desk)[0].due == 500


def test_i7_who_paid_another_sum_than_is_due_by_now_is_told(server: ServerForTests, desk: Desk) -> None:
    told(server, "unconfirmed-debt", 800)
    told(server, "paid-after-all", 300)
    assert refusal(desk, 800, looked=True) is Objection.DEBT_CHANGED
    assert all_debts(desk)[0].due == 500


def test_one_number_at_two_terminals_is_not_guessed(server: ServerForTests, desk: Desk) -> None:
    told(server, "debt", 600)
    told(server, "debt", 100, terminal="kiosk-2")
    assert refusal(desk) is Objection.DEBT_OF_SEVERAL
    assert pay(desk, "4Q7-K2M", 100, "kiosk-2").due == 100
    assert [(debt.terminal, debt.due) for debt in all_debts(desk)] == [("kiosk-1", 600), ("kiosk-2", 0)]


def test_only_who_keeps_terminals_pays_back(server: ServerForTests, desk: Desk) -> None:
    told(server, "debt", 600)
    sees = replace(desk, who=Officer("sora", frozenset({OfficeRole.VIEWER})))
    assert len(all_debts(sees)) == 1
    with pytest.raises(NotAllowed):
        pay(sees, "4Q7-K2M", 600)
