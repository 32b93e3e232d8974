"""When the terminal may change its X.509: while nobody is served, and nobody elsewhere waits for an outcome."""

from contextlib import nullcontext

import pytest

from kiosk.actions.attempt import Attempts
from kiosk.actions.counter.staff import StaffSession
from kiosk.actions.journal import Journal
from kiosk.actions.quiet import Quiet
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import OutcomeReport
from tests.support.sim_log import SimLog, a_moment

HOME, ELSEWHERE = "992011", "992020"


@pytest.fixture
def quiet() -> Quiet:
    return Quiet(Attempts(), Journal(SimLog(), nullcontext(), a_moment), None)


def report_to(municipality: str) -> OutcomeReport:
    return OutcomeReport(municipality, b"o" * 16, b"t" * 16, (), 0, None)


def test_i7_it_is_not_free_from_a_visits_first_moment_to_its_last(quiet: Quiet) -> None:
    assert quiet.free()
    quiet.attempts.open(1, "4Q7-K2M")
    assert not quiet.free()
    quiet.attempts.open(2, "7AB-12C").erase()
    assert quiet.free()
    quiet.attempts.open(3, "4Q7-K2M")
    quiet.attempts.erase(3)
    assert quiet.free()


def test_a_counter_is_free_while_nobody_is_signed_in(quiet: Quiet) -> None:
    session = StaffSession()
    counter = Quiet(quiet.attempts, quiet.journal, session)
    assert counter.free()
    session.open(b"token", "clerk")
    assert not counter.free()


def test_i7_an_outcome_is_owed_elsewhere_from_its_order_until_it_was_taken(quiet: Quiet) -> None:
    journal = quiet.journal
    visit = SavedVisit(attempt=1, reference="4Q7-K2M", municipality=ELSEWHERE, order_id="6f" * 16, token="74" * 16)
    assert not quiet.owes(HOME)
    journal.begin(visit)
    assert quiet.owes(HOME)
    assert not quiet.owes(ELSEWHERE)
    journal.report(report_to(ELSEWHERE))
    journal.report(report_to(HOME))
    assert quiet.owes(HOME)
    journal.told(report_to(ELSEWHERE))
    assert not quiet.owes(HOME)
