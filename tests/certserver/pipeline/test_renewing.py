"""From which day X.509s are renewed: the server's word, by its own day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import Counter, an_application_server, at_counter
from tests.support.server import ServerForTests


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


def asked(counter: Counter, *last_days: str) -> wire.AskRenewalReply:
    reply: wire.AskRenewalReply = counter.call.AskRenewal(
        wire.AskRenewalRequest(desk=counter.desk, last_days=last_days)
    )
    return reply


@pytest.mark.parametrize(
    ("last_day", "stage", "first_day"),
    [
        ("2026-09-14", "too-early", "2026-06-15"),
        ("2026-09-13", "renewal", "2026-06-14"),
        ("2026-06-14", "renewal", "2026-03-15"),
        ("2026-06-13", "new-issue", "2026-03-14"),
        ("2027-05-31", "too-early", "2027-03-01"),
    ],
)
def test_the_first_day_is_the_day_after_the_one_three_months_before(
    server: ServerForTests, last_day: str, stage: str, first_day: str
) -> None:
    # Midnight in Japan has just passed.
    server.clock.set(datetime(2026, 6, 13, 15, 0, 1, tzinfo=UTC))
    clerk = at_counter(server)
    (answer,) = asked(clerk, last_day).renewals
    assert (answer.last_day, answer.stage, answer.first_day) == (last_day, stage, first_day)


def test_nobody_is_answered_who_is_not_signed_in(server: ServerForTests) -> None:
    clerk = at_counter(server)
    nobody = wire.Desk(municipality=clerk.desk.municipality, session=bytes(32))
    reply = clerk.call.AskRenewal(wire.AskRenewalRequest(desk=nobody, last_days=["2026-09-14"]))
    assert reply.refusal.reason == "not-signed-in"
