"""What every way to the RPCs must give alike: the use cases called without a network, and the gRPC server over mutual
TLS."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from koufu.evidence.challenge import Challenge
from koufu.evidence.words import RefusalReason
from koufu.v1 import issuance_pb2 as wire
from tests.support.server import ServerForTests, WireServer, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL, Line, Visit, refusal


@dataclass(frozen=True)
class Way:
    """A server and a way to it."""

    server: ServerForTests
    way: ServerForTests | WireServer

    def line(self) -> Line:
        return self.way.line()

    def visit(self, resident_id: str) -> Visit:
        return self.way.visit(resident_id)


@pytest.fixture(params=["direct", "wire"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    with a_server(tmp_path, printed=True) as server:
        if request.param == "direct":
            yield Way(server, server)
        else:
            with server.on_the_wire() as wire_server:
                yield Way(server, wire_server)


def test_a_heartbeat_tells_board_and_admission(way: Way) -> None:
    reply = way.line().heartbeat(MUNICIPALITY)
    assert reply.admitted
    assert reply.reason == ""
    assert reply.server_time == int(way.server.clock.now().timestamp())
    assert {row.kind for row in reply.board.rows} == {"residence", "seal-registration"}


def test_a_challenge_names_terminal_and_municipality(way: Way) -> None:
    visit = way.visit("kengo")
    visit.open()
    challenge = Challenge.from_bytes(visit.challenge)
    assert (challenge.municipality, challenge.terminal) == (MUNICIPALITY, "kiosk-1")
    assert challenge.expires_at == int(way.server.clock.now().timestamp()) + 120


def test_a_whole_visit(way: Way) -> None:
    visit = way.visit("kengo")
    issued = visit.issue(HOUSEHOLD, SEAL)
    assert all(document.file.startswith(b"%PDF-") for document in issued)
    assert visit.report() == wire.ReportOutcomeReply()


def test_a_lost_answer_is_given_again(way: Way) -> None:
    visit = way.visit("kengo")
    visit.offer()
    first = visit.prepare(visit.order(RESIDENCE))
    assert visit.prepare() == first
    released = visit.release()
    assert visit.release() == released


def test_refusals_are_values_with_a_window(way: Way) -> None:
    visit = way.visit("misaki")
    visit.offer()
    replies = visit.prepare(visit.order(SEAL))
    assert RefusalReason(refusal(replies)) is RefusalReason.NO_SEAL
    assert replies[0].refusal.line == 0
    assert replies[0].refusal.window.place
