"""Orders under any sequence of events: terminals that ask again, give up or come late, registers that move, measures
that come and go, time that passes. An independent model knows little, and that is enough: what was accepted stands in
the ledger once, a statement is only ever for the bytes that were prepared last, a closed order stays closed, and no
household with a protective measure is issued anything."""

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from certserver.errors import BadRequest
from certserver.ledger.audit import verify
from certserver.pipeline.purge import purge
from certserver.registers.model import Withholding
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import write_registered_seal
from certserver.storage.issued import ledger
from certserver.storage.visits import prepared_documents
from koufu.evidence.order import OrderLine
from tests.support.registers import make_seal
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL, Visit

PEOPLE = ("kengo", "taro", "misaki")
HOUSEHOLDS = {"kengo": {"kengo", "misaki"}, "misaki": {"kengo", "misaki"}, "taro": {"taro"}}
LINES = st.lists(st.sampled_from([RESIDENCE, HOUSEHOLD, SEAL]), min_size=1, max_size=3)


@dataclass(eq=False)
class Tracked:
    """A visit and what the model knows of it."""

    person: str
    visit: Visit
    closed: bool = False
    released: list[bytes] = field(default_factory=list)
    """The statements it got; every later release must give the same."""


class Orders(RuleBasedStateMachine):
    """The server and its terminals."""

    visits = Bundle("visits")

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="koufu-machine-"))
        self.server: ServerForTests = self.stack.enter_context(a_server(Path(folder)))
        self.tracked: list[Tracked] = []
        self.withheld: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    @rule(target=visits, person=st.sampled_from(PEOPLE), terminal=st.sampled_from(["kiosk-1", "kiosk-2"]), lines=LINES)
    def order(self, person: str, terminal: str, lines: list[OrderLine]) -> Tracked:
        return self._ordered(person, terminal, lines)

    def _ordered(self, person: str, terminal: str, lines: list[OrderLine]) -> Tracked:
        self.server.refresh_crl()
        tracked = Tracked(person, self.server.visit(person, terminal))
        if tracked.visit.open().HasField("opened") and tracked.visit.answer_challenge().HasField("offer"):
            tracked.visit.prepare(tracked.visit.order(*lines))
        else:
            tracked.closed = True
        self.tracked.append(tracked)
        return tracked

    @rule(target=visits, person=st.sampled_from(PEOPLE), lines=LINES)
    def order_and_release(self, person: str, lines: list[OrderLine]) -> Tracked:
        tracked = self._ordered(person, "kiosk-1", lines)
        self.release(tracked)
        return tracked

    @rule(tracked=visits)
    def ask_again(self, tracked: Tracked) -> None:
        if tracked.visit.proven is None:
            return
        before = tracked.visit.documents
        replies = tracked.visit.prepare()
        if tracked.closed:
            assert replies[0].HasField("refusal")
        if tracked.released and not replies[0].HasField("refusal"):
            assert tracked.visit.documents == before

    @rule(tracked=visits)
    def release(self, tracked: Tracked) -> None:
        if tracked.visit.proven is None:
            return
        replies = tracked.visit.release()
        if not replies[0].HasField("issued"):
            return
        assert not tracked.closed
        assert tracked.released or not self.withheld & HOUSEHOLDS[tracked.person]
        statements = [reply.issued.statement for reply in replies]
        assert tracked.released in ([], statements)
        tracked.released = statements
        for issued in tracked.visit.accept(replies):
            assert tracked.person.encode() in issued.file

    @rule(tracked=visits, token=st.binary(min_size=16, max_size=16))
    def come_with_another_token(self, tracked: Tracked, token: bytes) -> None:
        if tracked.visit.proven is None or token == tracked.visit.attempt_token:
            return
        assert tracked.visit.release(token=token)[0].HasField("refusal")
        if self.stored(tracked):
            assert tracked.visit.prepare(token=token)[0].HasField("refusal")

    @rule(tracked=visits, outcome=st.sampled_from(["delivered", "spoiled", "not-printed", ""]))
    def report(self, tracked: Tracked, outcome: str) -> None:
        if tracked.visit.proven is None:
            return
        try:
            tracked.visit.report(outcome if tracked.released else "", captured=0)
        except BadRequest:
            return
        tracked.closed = True

    @rule(seconds=st.sampled_from([1, 10, 60, 119, 400]))
    def time_passes(self, seconds: int) -> None:
        self.server.clock.advance(seconds)
        purge(self.server.node.parts)

    @rule(person=st.sampled_from(PEOPLE), imprint=st.binary(min_size=1, max_size=2))
    def register_moves(self, person: str, imprint: bytes) -> None:
        with self.server.database.writing() as connection:
            write_registered_seal(connection, MUNICIPALITY, make_seal(person, imprint))

    @rule(person=st.sampled_from(PEOPLE))
    def a_measure_comes(self, person: str) -> None:
        self.measure(person, on=True)

    @precondition(lambda self: self.withheld)
    @rule()
    def measures_go(self) -> None:
        for person in sorted(self.withheld):
            self.measure(person, on=False)

    def measure(self, person: str, *, on: bool) -> None:
        measure = frozenset({Withholding.PROTECTIVE_MEASURE} if on else ())
        with self.server.database.writing() as connection:
            write_withholding(connection, MUNICIPALITY, person, measure)
        self.withheld = self.withheld | {person} if on else self.withheld - {person}

    def stored(self, tracked: Tracked) -> bool:
        with self.server.database.reading() as connection:
            found = select(prepared_documents.c.line).where(prepared_documents.c.order_id == tracked.visit.order_id)
            return connection.execute(found).first() is not None

    @invariant()
    def the_ledger_holds_what_was_accepted_once(self) -> None:
        if not hasattr(self, "server"):
            return
        with self.server.database.reading() as connection:
            rows = connection.execute(select(ledger)).all()
            verify(connection, MUNICIPALITY)
        places = [(row.order_id, row.line, row.copy) for row in rows]
        assert len(places) == len(set(places))
        assert [row.ledger_seq for row in sorted(rows, key=lambda row: row.ledger_seq)] == list(range(1, len(rows) + 1))
        accepted = [statement for tracked in self.tracked for statement in tracked.released]
        assert sorted(accepted) == sorted(row.statement for row in rows)


Orders.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestOrders = Orders.TestCase
