"""A refusal for a protective measure can't be told from any other withholding, nor from other refusals of its kind, by
what the server did for it (I14)."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import Connection

from certserver.registers.model import Withholding
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal, write_resident
from koufu.evidence.order import OrderLine, ProvenOrder
from tests.support.heard_statements import statements
from tests.support.register_changes import read_household
from tests.support.server import a_server
from tests.support.server_documents import PlainDocuments
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, SEAL, refusal


def test_i14_measure_hold_and_missing_seal_take_the_same_path(tmp_path: Path) -> None:
    documents = PlainDocuments()
    with a_server(tmp_path, documents=documents) as server:
        server.line().heartbeat(MUNICIPALITY)  # whatever a node is asked first has it read its settings
        paths = {}
        for resident_id in ("yui", "ren", "sora", "umi", "misaki"):
            visit = server.visit(resident_id)
            with statements(server) as offering:
                visit.offer()
            with statements(server) as preparing:
                (reply,) = visit.prepare(visit.order(SEAL))
            paths[resident_id] = (reply.refusal.reason, tuple(offering), tuple(preparing))
        assert documents.made == 0
    assert [paths[name][0] for name in ("yui", "ren", "sora", "umi", "misaki")] == ["withheld"] * 4 + ["no-seal"]
    assert len({path[1:] for path in paths.values()}) == 1


A_HAIR = 0.05
"""Of all calls: some microseconds. One statement more to the database would be twice that share."""


def work(step: Callable[[], object]) -> int:
    """How many functions a step calls: its length, on no clock."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        step()
    finally:
        sys.setprofile(None)
    return calls


def cancelled(connection: Connection) -> None:
    cancel_registered_seal(connection, MUNICIPALITY, "kengo")


def leaves(connection: Connection) -> None:
    snapshot = read_household(connection, MUNICIPALITY, "kengo")
    assert snapshot is not None
    write_resident(connection, MUNICIPALITY, replace(snapshot.members[2], move_out_planned=date(2026, 7, 1)))


def withheld(resident_id: str, *why: Withholding) -> Callable[[Connection], None]:
    return lambda connection: write_withholding(connection, MUNICIPALITY, resident_id, frozenset(why))


WITHHELD = [withheld(resident_id, why) for resident_id in ("kengo", "misaki", "haru") for why in Withholding]


@pytest.mark.parametrize(("line", "otherwise"), [(SEAL, cancelled), (RESIDENCE, leaves)], ids=["seal", "residence"])
def test_i14_a_refusal_takes_no_longer_for_a_measure(
    tmp_path: Path, line: OrderLine, otherwise: Callable[[Connection], None]
) -> None:
    """The work is counted where it begins and ends for a terminal: at the offer, and at the order."""
    with a_server(tmp_path) as server:
        offering, ordering, reasons = [], [], []
        # The first two warm up what is made once for a process.
        for change in (otherwise, WITHHELD[0], *WITHHELD, otherwise):
            with server.database.writing() as connection:
                write_withholding(connection, MUNICIPALITY, "kengo", frozenset())
                write_withholding(connection, MUNICIPALITY, "misaki", frozenset())
                write_withholding(connection, MUNICIPALITY, "haru", frozenset())
                change(connection)
            visit = server.visit("kengo")
            visit.open()
            answer = visit.answer(visit.challenge)
            offering.append(work(partial(visit.answer_challenge, answer)))
            order = visit.order(line)
            visit.proven = ProvenOrder(order.to_bytes(), visit.answer(order.to_bytes()))
            ordering.append(work(visit.prepare))
            reasons.append(refusal(visit.prepare()))
    assert reasons[2:] == ["withheld"] * len(WITHHELD) + [reasons[0]]
    assert reasons[0] != "withheld"
    for counted in (offering[2:], ordering[2:]):
        assert max(counted) - min(counted) <= max(counted) * A_HAIR, counted


@pytest.mark.parametrize("lines", [(RESIDENCE,), (SEAL, RESIDENCE)])
def test_i14_the_reply_is_the_same_byte_for_byte(tmp_path: Path, lines: tuple[OrderLine, ...]) -> None:
    with a_server(tmp_path) as server:
        replies = set()
        for resident_id in ("yui", "ren", "sora", "umi"):
            visit = server.visit(resident_id)
            offer = visit.offer()
            assert {kind.refusal for kind in offer.kinds} == {"withheld"}
            assert list(offer.members) == []
            (reply,) = visit.prepare(visit.order(*lines))
            replies.add(reply.SerializeToString())
    assert len(replies) == 1
