"""As whom staff sign on to the card-writing terminal: each in their own name, nobody who is not signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.card.writing.commands import OPERATOR_CHALLENGE_BYTES, Purpose
from hardware.errors import OperatorRefused
from kiosk.actions.counter.staff import StaffSession
from kiosk.composition.counter_cards import Operator, Parties, read_operators, simulated_parties
from kiosk.errors import ConfigurationError
from kiosk.simulators.service import SimulatedParties, make_server
from tests.support.card_writing import HAS, KNOWS, MUNICIPAL, POSTAL, WritingBench
from tests.support.outside import outside_of
from tests.support.pcsc_fake import StepClock
from tests.support.server import HandClock

OPERATORS = {"clerk-1": Operator(POSTAL, KNOWS, HAS), "officer-1": Operator(MUNICIPAL, KNOWS, HAS)}


@pytest.fixture
def bench() -> WritingBench:
    return WritingBench()


@pytest.fixture
def session() -> StaffSession:
    return StaffSession()


@pytest.fixture
def parties(bench: WritingBench, session: StaffSession) -> Iterator[Parties]:
    outside = SimulatedParties(bench.certifier, bench.terminal, outside_of(HandClock()))
    server, port = make_server("127.0.0.1:0", outside, StepClock(), bench.entropy)
    server.start()
    yield simulated_parties(f"127.0.0.1:{port}", OPERATORS, session)
    server.stop(None).wait()


def test_the_terminal_notes_whoever_is_signed_in(bench: WritingBench, session: StaffSession, parties: Parties) -> None:
    challenge = bytes(OPERATOR_CHALLENGE_BYTES)
    with pytest.raises(OperatorRefused, match="no-operator"):
        parties.sign_on()
    for mark in ("clerk-1", "officer-1"):
        session.open(b"token", mark)
        parties.sign_on().let_on(challenge, Purpose.X509, "case-1")
    assert [each.operator for each in bench.terminal.noted] == [POSTAL, MUNICIPAL]
    session.open(b"token", "clerk-2")
    with pytest.raises(OperatorRefused, match="no-operator"):
        parties.sign_on()
    session.open(b"token", "clerk-1")
    session.take()
    with pytest.raises(OperatorRefused, match="no-operator"):
        parties.sign_on()


def test_a_line_for_each_member_of_staff(tmp_path: Path) -> None:
    file = tmp_path / "operators"
    file.write_text("clerk-1 postal-1 knows has\n\nofficer-1 municipal-1 knows has\n")
    assert read_operators(file) == {
        "clerk-1": Operator("postal-1", "knows", "has"),
        "officer-1": Operator("municipal-1", "knows", "has"),
    }
    assert "knows" not in repr(read_operators(file))


@pytest.mark.parametrize(
    "lines",
    ["clerk-1 postal-1 knows", "clerk-1 postal-1 a b\nclerk-2 postal-1 a b", "clerk-1 x a b\nclerk-1 y a b"],
)
def test_nobody_signs_on_as_another(tmp_path: Path, lines: str) -> None:
    file = tmp_path / "operators"
    file.write_text(lines)
    with pytest.raises(ConfigurationError):
        read_operators(file)
