"""Preparing: which orders become documents, which are refused, and what an attempt gets that comes again."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.errors import CertServerError
from certserver.pipeline.bundles import kept_bundles
from certserver.pipeline.setting_rows import add_fee
from certserver.ports import JST, unix
from certserver.registers.model import Withholding
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal
from certserver.rules.settings import FeeRow
from certserver.stages import Refused
from certserver.storage.issued import audit_log, ledger
from certserver.storage.visits import orders, prepared_documents
from koufu.evidence.bundle import SignedBundle
from koufu.evidence.challenge import Challenge
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope
from tests.support.server import ServerForTests, a_server
from tests.support.server_documents import BUNDLE, PlainDocuments
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL, Visit, refusal

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


@pytest.fixture
def visit(server: ServerForTests) -> Visit:
    made = server.visit("kengo")
    made.offer()
    return made


def none(_value: object) -> None:
    """For what is done in passing."""


Change = Callable[[Order], Order]

NOT_AS_OFFERED: dict[str, tuple[Change, RefusalReason]] = {
    "another terminal": (lambda order: replace(order, terminal="kiosk-2"), RefusalReason.TERMINAL_NOT_ADMITTED),
    "another municipality": (
        lambda order: replace(order, municipality="131016"),
        RefusalReason.TERMINAL_NOT_ADMITTED,
    ),
    "another session's nonce": (
        lambda order: replace(order, session_nonce=bytes(32)),
        RefusalReason.SESSION_EXPIRED,
    ),
    "expired": (lambda order: replace(order, expires_at=order.expires_at - 900), RefusalReason.SESSION_EXPIRED),
    "for ever": (lambda order: replace(order, expires_at=2**40), RefusalReason.SESSION_EXPIRED),
    "another offer": (lambda order: replace(order, offer_version="0" * 32), RefusalReason.OFFER_CHANGED),
    "a lower fee": (lambda order: replace(order, fee=order.fee - 1), RefusalReason.OFFER_CHANGED),
    "a higher fee": (lambda order: replace(order, fee=order.fee + 1), RefusalReason.OFFER_CHANGED),
    "another printer": (lambda order: replace(order, printer_profile="unheard-of"), RefusalReason.NOT_OFFERED),
    "too many copies": (
        lambda order: replace(order, lines=(replace(RESIDENCE, copies=6),), fee=1200),
        RefusalReason.NOT_OFFERED,
    ),
    "an option that is not offered": (
        lambda order: replace(order, lines=(replace(SEAL, options=frozenset({Option.DOMICILE})),)),
        RefusalReason.NOT_OFFERED,
    ),
    "a kind that is not offered": (
        lambda order: replace(order, lines=(OrderLine(CertificateKind.KOSEKI_FULL, Scope.SELF),)),
        RefusalReason.NOT_OFFERED,
    ),
    "a member of nobody's": (
        lambda order: replace(order, lines=(OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS, members=("0" * 16,)),)),
        RefusalReason.NOT_OFFERED,
    ),
}


@pytest.mark.parametrize("name", [name for name in NOT_AS_OFFERED if name != "another printer"])
def test_an_order_that_is_not_as_offered(visit: Visit, name: str) -> None:
    change, reason = NOT_AS_OFFERED[name]
    assert refusal(visit.prepare(change(visit.order()))) == reason.value


def test_a_form_bundle_is_kept_with_the_first_documents_that_name_it(server: ServerForTests, visit: Visit) -> None:
    def kept() -> list[SignedBundle]:
        with server.database.reading() as connection:
            return [bundle.signed for bundle in kept_bundles(connection, MUNICIPALITY)]

    assert kept() == []
    visit.prepare(visit.order(HOUSEHOLD))
    other = server.visit("misaki", "kiosk-2")
    other.offer()
    other.prepare(other.order(HOUSEHOLD))
    assert kept() == [BUNDLE]


def test_a_printer_profile_that_nobody_calibrated(tmp_path: Path) -> None:
    change, reason = NOT_AS_OFFERED["another printer"]
    with a_server(tmp_path, printed=True) as server:
        visit = server.visit("kengo")
        visit.offer()
        assert refusal(visit.prepare(change(visit.order()))) == reason.value


def test_i1_a_proof_of_another_order_or_card_is_none(server: ServerForTests, visit: Visit) -> None:
    order = visit.order()
    evidence = order.to_bytes()
    stranger = server.visit("taro")
    other = replace(order, order_id=bytes(16)).to_bytes()
    for proof in (visit.answer(other), stranger.answer(evidence), bytes(256), visit.answer(visit.challenge)):
        visit.proven = ProvenOrder(evidence, proof)
        assert refusal(visit.prepare()) == "challenge-failed"


def test_an_order_before_the_card_answered(server: ServerForTests, visit: Visit) -> None:
    unanswered = server.visit("kengo")
    unanswered.open()
    unanswered.offered = visit.offered
    nonce = Challenge.from_bytes(unanswered.challenge).nonce
    order = replace(unanswered.order(), session_nonce=nonce)
    assert refusal(unanswered.prepare(order)) == "session-expired"
    unanswered.answer_challenge()
    assert unanswered.prepare(replace(order, order_id=bytes(16)))[0].HasField("document")


def test_bytes_that_are_no_order(visit: Visit) -> None:
    good = visit.order().to_bytes()
    for bad in (b"garbage", good[:-1], good + b"\0", good.replace(b"residence", b"residence".upper())):
        visit.proven = ProvenOrder(bad, bytes(256))
        with pytest.raises(MalformedEvidence):
            visit.prepare()


@pytest.mark.parametrize(
    ("resident_id", "line", "reason"),
    [
        ("misaki", SEAL, "no-seal"),
        ("taro", SEAL, "seal-cancelled"),
        ("akira", RESIDENCE, "move-out-planned"),
        ("yui", RESIDENCE, "withheld"),
        ("yui", SEAL, "withheld"),
        ("ren", HOUSEHOLD, "withheld"),
        ("sora", RESIDENCE, "withheld"),
    ],
)
def test_a_line_that_this_resident_may_not_have(
    server: ServerForTests, resident_id: str, line: OrderLine, reason: str
) -> None:
    visit = server.visit(resident_id)
    visit.offer()
    (reply,) = visit.prepare(visit.order(line))
    assert (reply.refusal.reason, reply.refusal.line) == (reason, 0)


def test_a_refused_line_refuses_the_order(server: ServerForTests) -> None:
    visit = server.visit("misaki")
    visit.offer()
    (reply,) = visit.prepare(visit.order(RESIDENCE, SEAL))
    assert (reply.refusal.reason, reply.refusal.line) == ("no-seal", 1)
    with server.database.reading() as connection:
        assert connection.execute(select(orders)).first() is None


def test_hours_are_asked_again_at_the_order(server: ServerForTests) -> None:
    server.clock.set(datetime(2026, 6, 10, 22, 50, tzinfo=JST))
    visit = server.visit("kengo")
    visit.offer()
    server.clock.set(datetime(2026, 6, 10, 23, 0, tzinfo=JST))
    assert refusal(visit.prepare(visit.order())) == "closed"


def test_a_fee_holds_until_its_offer_expires(server: ServerForTests) -> None:
    rise = unix(server.clock.now()) + 60
    higher = FeeRow(CertificateKind.RESIDENCE, rise, 300)
    server.configure(lambda connection: add_fee(connection, MUNICIPALITY, higher))
    early, late = server.visit("kengo"), server.visit("kengo")
    assert early.offer().expires_at == rise
    late.offer()
    server.clock.advance(59)
    assert early.prepare(early.order())[0].HasField("document")
    server.clock.advance(1)
    assert refusal(late.prepare(late.order())) == "session-expired"
    overdue = replace(late.order(), expires_at=rise + 60)
    assert refusal(late.prepare(overdue)) == "offer-changed"
    assert server.visit("kengo").offer().kinds[0].fee == 300


def test_a_session_lives_a_quarter_of_an_hour(server: ServerForTests, visit: Visit) -> None:
    server.clock.advance(899)
    assert visit.prepare(visit.order())[0].HasField("document")
    late = server.visit("kengo")
    late.offer()
    server.clock.advance(900)
    assert refusal(late.prepare(late.order())) == "session-expired"


def test_the_same_attempt_gets_the_same_bytes(server: ServerForTests, visit: Visit) -> None:
    visit.prepare(visit.order(HOUSEHOLD, SEAL))
    first = visit.documents
    server.clock.advance(60)
    visit.prepare()
    assert visit.documents == first
    visit.release()
    visit.prepare()
    assert visit.documents == first


def test_i2_another_attempt_is_refused(visit: Visit) -> None:
    visit.prepare(visit.order())
    assert refusal(visit.prepare(token=bytes(16))) == "session-expired"
    assert refusal(visit.release(token=bytes(16))) == "session-expired"
    visit.accept(visit.release())


def test_i2_an_order_id_belongs_to_one_order(visit: Visit) -> None:
    order = visit.order()
    visit.prepare(order)
    assert refusal(visit.prepare(replace(order, lines=(HOUSEHOLD,)))) == "session-expired"


def test_i2_an_order_given_up_while_it_is_prepared_stays_closed(tmp_path: Path) -> None:
    """The terminal's time runs out while the server still draws: what comes late is refused."""
    documents = PlainDocuments()
    with a_server(tmp_path, documents=documents) as server:
        visit = server.visit("kengo")
        visit.offer()
        documents.meanwhile = lambda _made: none(visit.report(""))
        assert refusal(visit.prepare(visit.order())) == "session-expired"
        with server.database.reading() as connection:
            assert connection.execute(select(prepared_documents)).first() is None
        assert refusal(visit.release()) == "session-expired"


def test_two_calls_of_one_attempt_give_the_bytes_of_the_first(tmp_path: Path) -> None:
    """A terminal asks again while the first call still draws: the second to finish takes what the first put away."""
    documents = PlainDocuments()
    with a_server(tmp_path, documents=documents) as server:
        visit = server.visit("kengo")
        visit.offer()
        documents.meanwhile = lambda made: none(visit.prepare()) if made == 1 else None
        visit.prepare(visit.order())
        after_both = visit.documents
        visit.prepare()
        assert documents.made == 2
        assert visit.documents == after_both
        visit.accept(visit.release())


def test_i10_a_character_that_no_font_has_refuses_before_money(tmp_path: Path) -> None:
    refused = Refused(RefusalReason.CHARACTER_MISSING, 0, ("U+8FBB U+E0100",))
    with a_server(tmp_path, documents=PlainDocuments(lambda _made: refused)) as server:
        visit = server.visit("kengo")
        visit.offer()
        (reply,) = visit.prepare(visit.order())
        assert (reply.refusal.reason, reply.refusal.line) == ("character-missing", 0)
        with server.database.reading() as connection:
            (entry,) = (row.detail for row in connection.execute(select(audit_log)) if row.event == "refused")
        assert json.loads(entry)["about"] == "U+8FBB U+E0100"


def test_documents_rest_encrypted_and_their_keys_too(server: ServerForTests, visit: Visit) -> None:
    visit.prepare(visit.order(HOUSEHOLD))
    (issued,) = visit.release()
    with server.database.reading() as connection:
        row = connection.execute(select(prepared_documents)).one()
    kept = b"".join(value for value in row if isinstance(value, bytes))
    assert "見本".encode() not in kept
    assert issued.issued.key not in kept


def test_i3_all_lines_come_from_one_snapshot(tmp_path: Path) -> None:
    """The register moves between two lines: both show what was there before, and the release sees that it moved."""
    documents = PlainDocuments()
    with a_server(tmp_path, documents=documents) as server:

        def move(made: int) -> None:
            if made == 2:
                with server.database.writing() as connection:
                    cancel_registered_seal(connection, MUNICIPALITY, "kengo")

        visit = server.visit("kengo")
        visit.offer()
        documents.meanwhile = move
        assert visit.prepare(visit.order(RESIDENCE, HOUSEHOLD))[0].HasField("document")
        (reply,) = visit.release()
        assert reply.prepare_again
        with server.database.reading() as connection:
            assert connection.execute(select(ledger)).first() is None


def test_a_fault_in_the_making_leaves_nothing_behind(tmp_path: Path) -> None:
    def fault(_made: int) -> None:
        raise CertServerError("the press broke")

    with a_server(tmp_path, documents=PlainDocuments(fault)) as server:
        visit = server.visit("kengo")
        visit.offer()
        with pytest.raises(CertServerError):
            visit.prepare(visit.order())
        with server.database.reading() as connection:
            assert connection.execute(select(orders)).first() is None


def test_a_measure_that_comes_after_the_offer_refuses(server: ServerForTests, visit: Visit) -> None:
    with server.database.writing() as connection:
        write_withholding(connection, MUNICIPALITY, "haru", frozenset({Withholding.PROTECTIVE_MEASURE}))
    assert refusal(visit.prepare(visit.order())) == "withheld"
