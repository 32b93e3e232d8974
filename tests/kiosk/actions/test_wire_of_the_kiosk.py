"""The kiosk's edge to the wire: over the real server with mutual TLS, and over garbage."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.composition.desks import operators_desk
from certserver.objections import Objected
from certserver.office.debts import pay
from certserver.office.terminals.changing import let_serve, withdraw
from certserver.ports import unix
from kiosk.actions.directory import REFRESH_S, SignedDirectory
from kiosk.actions.server import OutcomeReport, PrepareAgain, ServerRefusal, Session
from kiosk.actions.wire import LONG_S, SHORT_S, GrpcTransport, WireServer
from kiosk.errors import MunicipalityNotServed, NotAdmittedThere, RequestRejected, ServerAway, ServerFault
from kiosk.flow.documents import Delivery, Outcome, WaitingDocument
from kiosk.flow.effects import CallStaff
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.offer import Advice, Matter, Member, Offer, Purpose, Suggestion
from kiosk.flow.values.service import OutOfService
from koufu.evidence.directory import Directory
from koufu.evidence.order import Order, OrderLine, ProvenOrder
from koufu.evidence.trustlist import Signatory, open_statement_of
from koufu.evidence.words import CertificateKind, Circle, Option, RefusalReason, Scope
from koufu.release import WIRE_SCHEMA
from koufu.v1 import issuance_pb2 as wire
from tests.support.directory_entries import an_entry
from tests.support.kiosk_actions import PROVEN, ScriptedTransport
from tests.support.server import START, ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.trust_lists import a_signatory, a_trust_list

ENTRY = an_entry()


def keys(municipality: str, *, anew: bool = False) -> Signatory:
    return a_signatory(municipality)


def over(*answers: bytes | list[bytes] | Exception) -> tuple[WireServer, ScriptedTransport]:
    transport = ScriptedTransport(list(answers))
    return WireServer("992011", lambda _: ENTRY, keys, lambda _: transport), transport


@dataclass
class Line:
    """The kiosk's client and the server it talks to."""

    client: WireServer
    server: ServerForTests
    transport: GrpcTransport
    directory: SignedDirectory


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with a_server(tmp_path_factory.mktemp("wire")) as server, server.on_the_wire() as running:
        bundle = running.bundle()
        transport = GrpcTransport(
            running.address,
            bundle.server_ca.read_bytes(),
            bundle.x509.read_bytes(),
            bundle.key.read_bytes(),
        )
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(bundle.directory_key.read_text().strip()))
        directory = SignedDirectory(transport, key, lambda: unix(server.clock.now()))
        yield Line(
            WireServer(MUNICIPALITY, directory.entry, directory.signatory, lambda _: transport),
            server,
            transport,
            directory,
        )
        transport.close()


def test_i7_a_debt_that_staff_were_called_for_is_paid_back_against_the_number_on_its_slip(line: Line) -> None:
    call = CallStaff(Occasion.DEBT, "4Q7-K2M", 600)
    line.client.heartbeat({}, [call])
    line.client.heartbeat({}, [call])
    server = line.server
    desk = operators_desk(server.home, server.node.settings, server.database, server.clock)
    assert pay(desk, call.reference, 600).due == 600
    with pytest.raises(Objected):
        pay(desk, call.reference, 600)


def test_i7_a_stopped_terminal_is_not_told_that_its_debt_is_known(line: Line) -> None:
    """Somebody is at it while an officer stops it: what it owes them must not be lost."""
    server = line.server
    desk = operators_desk(server.home, server.node.settings, server.database, server.clock)
    call = CallStaff(Occasion.DEBT, "9XR-H2A", 600)
    withdraw(desk, "kiosk-1", "現金処理機の点検")
    try:
        assert not line.client.heartbeat({}, [call]).took_calls
    finally:
        let_serve(desk, "kiosk-1")
    assert line.client.heartbeat({}, [call]).took_calls
    assert pay(desk, call.reference, 600).due == 600


def test_a_whole_visit_over_mutual_tls(line: Line) -> None:
    pulse = line.client.heartbeat({"printer": "ready"})
    assert pulse.not_admitted is None
    assert pulse.board is not None
    assert {row.kind for row in pulse.board.rows} >= {CertificateKind.RESIDENCE}
    visit = line.server.visit("kengo")
    opened = line.client.open_session(visit.persona.user_auth_x509, "standard")
    assert isinstance(opened, Session)
    offer = line.client.answer_challenge(opened.session_id, visit.answer(opened.challenge))
    assert isinstance(offer, Offer)
    order = Order(
        municipality=MUNICIPALITY,
        terminal="kiosk-1",
        order_id=b"an order of mine",
        session_nonce=offer.session_nonce,
        lines=(OrderLine(CertificateKind.RESIDENCE, Scope.HOUSEHOLD),),
        offer_version=offer.version,
        fee=200,
        printer_profile="standard",
        expires_at=offer.expires_at,
    )
    proven = ProvenOrder(order.to_bytes(), visit.answer(order.to_bytes()))
    prepared = line.client.prepare(opened.session_id, b"my attempt token", proven)
    assert isinstance(prepared, tuple)
    (document,) = prepared
    assert line.client.prepare(opened.session_id, b"my attempt token", proven) == (document,)
    answer = line.client.release(order.order_id, b"my attempt token")
    assert isinstance(answer, tuple)
    (released,) = answer
    assert line.client.release(order.order_id, b"my attempt token") == (released,)
    assert open_statement_of(line.client.signatory(), released.statement).order_id == order.order_id
    waiting = WaitingDocument(0, 0, CertificateKind.RESIDENCE, document.document_no, document.pages)
    report = OutcomeReport(
        MUNICIPALITY,
        order.order_id,
        b"my attempt token",
        (Delivery(waiting, Outcome.DELIVERED, document.pages),),
        200,
        None,
    )
    line.client.report_outcome(report)
    line.client.report_outcome(report)
    late = line.client.release(order.order_id, b"my attempt token")
    assert isinstance(late, ServerRefusal)
    with pytest.raises(RequestRejected):
        line.client.report_outcome(replace(report, attempt_token=b"another's  token"))


def test_i9_a_report_that_is_not_taken_of_this_terminal_is_not_called_wrong(line: Line) -> None:
    stranger = replace(line.client, municipality="131016", entry=lambda _: ENTRY)
    report = OutcomeReport("131016", bytes(16), bytes(16), (), 0, "proof")
    with pytest.raises(NotAdmittedThere):
        stranger.report_outcome(report)


def test_a_refusal_comes_with_the_window_that_can_help(line: Line) -> None:
    persona = line.server.authority.issue()
    refusal = line.client.open_session(persona.user_auth_x509, "standard")
    assert isinstance(refusal, ServerRefusal)
    assert refusal.reason is RefusalReason.X509_UNKNOWN
    assert refusal.window is not None
    assert refusal.window.place


def test_nobody_at_the_address_is_told_as_away(line: Line) -> None:
    transport = GrpcTransport("localhost:1", b"", b"", b"")
    client = WireServer(MUNICIPALITY, lambda _: ENTRY, keys, lambda _: transport)
    for call in _calls(client):
        with pytest.raises(ServerAway):
            call()
    transport.close()


def test_every_call_has_a_deadline() -> None:
    client, transport = over(*[ServerAway("away")] * 6)
    for call in _calls(client):
        with pytest.raises(ServerAway):
            call()
    deadlines = {method.rpartition("/")[2]: deadline for method, _, deadline in transport.sent}
    assert deadlines == {
        "Heartbeat": SHORT_S,
        "OpenSession": SHORT_S,
        "AnswerChallenge": SHORT_S,
        "Prepare": LONG_S,
        "Release": LONG_S,
        "ReportOutcome": SHORT_S,
    }


def _calls(client: WireServer) -> tuple[Callable[[], object], ...]:
    report = OutcomeReport("992011", bytes(16), bytes(16), (), 0, None)
    return (
        lambda: client.heartbeat({}),
        lambda: client.open_session(b"x509", "standard"),
        lambda: client.answer_challenge(bytes(16), b"answer"),
        lambda: client.prepare(bytes(16), bytes(16), PROVEN),
        lambda: client.release(bytes(16), bytes(16)),
        lambda: client.report_outcome(report),
    )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 5))
def test_garbage_is_a_fault_and_never_a_value(garbage: bytes, which: int) -> None:
    streamed = which in (3, 4)
    client, _ = over([garbage] if streamed else garbage)
    with suppress(ServerFault):
        answer = _calls(client)[which]()
        assert answer is None or not isinstance(answer, tuple)


def document(content: bytes = b"encrypted", **changes: Any) -> list[bytes]:
    fields: dict[str, Any] = {
        "line": 0,
        "copy": 0,
        "document_no": "0000000000000000",
        "pages": 1,
        "encrypted_hash": sha256(content).digest(),
        "encrypted_length": len(content),
    }
    announced = wire.PreparedDocument(**{**fields, **changes})
    return [wire.PrepareReply(document=announced).SerializeToString(), chunk(content)]


def chunk(content: bytes) -> bytes:
    return wire.PrepareReply(chunk=content).SerializeToString()


BAD_STREAMS = {
    "nothing": [],
    "a chunk of nothing": [chunk(b"encrypted")],
    "another hash": document(encrypted_hash=bytes(32)),
    "too short": document(encrypted_length=100),
    "too long": document(encrypted_length=3),
    "too long for any document": document(encrypted_length=1 << 40),
    "no length": document(encrypted_length=0),
    "no pages": document(pages=0),
    "too many pages": document(pages=1000),
    "another number": document(document_no="0000000000000001"),
    "an empty part": [b""],
    "too many documents": document() * 60,
}


@pytest.mark.parametrize("name", BAD_STREAMS)
def test_documents_that_are_not_what_was_announced_never_arrive(name: str) -> None:
    client, _ = over(BAD_STREAMS[name])
    with pytest.raises(ServerFault):
        client.prepare(bytes(16), bytes(16), PROVEN)


def test_documents_arrive_in_chunks() -> None:
    content = b"first half, second half"
    first, whole = document(content)
    client, _ = over([first, chunk(content[:10]), chunk(content[10:]), *document()])
    documents = client.prepare(bytes(16), bytes(16), PROVEN)
    assert isinstance(documents, tuple)
    one, other = documents
    assert (one.encrypted, other.encrypted) == (content, b"encrypted")
    assert whole


def test_a_register_that_moved_is_told() -> None:
    client, _ = over([wire.ReleaseReply(prepare_again=True).SerializeToString()])
    assert client.release(bytes(16), bytes(16)) == PrepareAgain()


@pytest.mark.parametrize(
    "reply",
    [
        [],
        [b""],
        [wire.ReleaseReply(issued=wire.IssuedDocument(key=b"short")).SerializeToString()],
        [wire.ReleaseReply(issued=wire.IssuedDocument(key=bytes(32))).SerializeToString()] * 60,
    ],
)
def test_a_release_that_is_none_is_a_fault(reply: list[bytes]) -> None:
    client, _ = over(reply)
    with pytest.raises(ServerFault):
        client.release(bytes(16), bytes(16))


OFFER = wire.Offer(
    offer_version="1",
    session_nonce=bytes(32),
    expires_at=1,
    kinds=[wire.OfferedKind(kind="residence", fee=200, scopes=["self"], max_copies=5)],
)
BAD_OFFERS: dict[str, list[tuple[str, str, Any]]] = {
    "an unknown kind": [("kinds", "kind", "licence")],
    "an unknown scope": [("kinds", "scopes", ["everybody"])],
    "nobody": [("kinds", "scopes", [])],
    "an unknown option": [("kinds", "options", ["number"])],
    "an unknown refusal": [("kinds", "refusal", "because")],
    "a fee beyond all": [("kinds", "fee", 4_000_000)],
}


@pytest.mark.parametrize("name", BAD_OFFERS)
def test_an_offer_in_other_words_is_a_fault(name: str) -> None:
    offer = wire.Offer()
    offer.CopyFrom(OFFER)
    for _, field, value in BAD_OFFERS[name]:
        if isinstance(value, list):
            del getattr(offer.kinds[0], field)[:]
            getattr(offer.kinds[0], field).extend(value)
        else:
            setattr(offer.kinds[0], field, value)
    client, _ = over(wire.AnswerChallengeReply(offer=offer).SerializeToString())
    with pytest.raises(ServerFault):
        client.answer_challenge(bytes(16), b"answer")


YEAR = wire.Matter(reference="2026", label="令和8年度", label_en="FY2026", refusal="undeclared")
TAX = wire.OfferedKind(kind="income-tax", fee=200, scopes=["self"], max_copies=5, matters=[YEAR])
BANK = wire.Purpose(code="bank", kind="residence", scope="self", options=["domicile"], advice="window-better", note="n")
NOTHING = wire.Purpose(code="own", advice="paper-not-needed", name="名前")
SON = wire.Member(reference="m2", name="見本 太郎", circle="koseki")


def _offered(**parts: list[Any]) -> Offer | ServerRefusal:
    offer = wire.Offer()
    offer.CopyFrom(OFFER)
    for field, values in parts.items():
        getattr(offer, field).extend(values)
    client, _ = over(wire.AnswerChallengeReply(offer=offer).SerializeToString())
    return client.answer_challenge(bytes(16), b"answer")


def test_matters_circles_and_purposes_are_read_as_they_were_sent() -> None:
    offer = _offered(kinds=[TAX], members=[SON], purposes=[BANK, NOTHING])
    assert isinstance(offer, Offer)
    assert offer.kinds[1].matters == (Matter("2026", "令和8年度", "FY2026", RefusalReason.UNDECLARED),)
    assert offer.members == (Member("m2", "見本 太郎", is_self=False, circle=Circle.KOSEKI),)
    residence, nothing = offer.purposes
    suggested = Suggestion(CertificateKind.RESIDENCE, Scope.SELF, frozenset({Option.DOMICILE}))
    assert residence == Purpose("bank", suggested, Advice.WINDOW_BETTER, note="n")
    assert nothing == Purpose("own", None, Advice.PAPER_NOT_NEEDED, name="名前")
    assert "見本" not in repr(offer)
    assert "令和" not in repr(offer)


def _changed(message: Any, **fields: Any) -> Any:
    changed = type(message)()
    changed.CopyFrom(message)
    for name, value in fields.items():
        changed.ClearField(name)
        changed.MergeFrom(type(message)(**{name: value}))
    return changed


@pytest.mark.parametrize(
    "parts",
    [
        {"members": [_changed(SON, circle="street")]},
        {"members": [_changed(SON, circle="")]},
        {"members": [SON] * 65},
        {"purposes": [_changed(BANK, advice="")]},
        {"purposes": [_changed(BANK, advice="never")]},
        {"purposes": [_changed(BANK, kind="licence")]},
        {"purposes": [_changed(BANK, scope="")]},
        {"purposes": [_changed(BANK, note="n" * 2000)]},
        {"purposes": [_changed(BANK, code="c" * 65)]},
        {"purposes": [_changed(NOTHING, advice="order")]},
        {"purposes": [_changed(NOTHING, scope="self")]},
        {"purposes": [_changed(NOTHING, options=["domicile"])]},
        {"kinds": [_changed(TAX, matters=[])]},
        {"kinds": [_changed(TAX, kind="residence")]},
        {"kinds": [_changed(TAX, matters=[_changed(YEAR, reference="")])]},
        {"kinds": [_changed(TAX, matters=[_changed(YEAR, reference="y" * 65)])]},
        {"kinds": [_changed(TAX, matters=[_changed(YEAR, label="y" * 2000)])]},
        {"kinds": [_changed(TAX, matters=[_changed(YEAR, refusal="because")])]},
        {"kinds": [_changed(TAX, matters=[YEAR] * 65)]},
    ],
)
def test_a_matter_person_or_purpose_in_other_words_is_a_fault(parts: dict[str, list[Any]]) -> None:
    with pytest.raises(ServerFault):
        _offered(**parts)


def test_an_offer_with_another_nonce_length_is_a_fault() -> None:
    offer = wire.Offer()
    offer.CopyFrom(OFFER)
    offer.session_nonce = b"short"
    client, _ = over(wire.AnswerChallengeReply(offer=offer).SerializeToString())
    with pytest.raises(ServerFault):
        client.answer_challenge(bytes(16), b"answer")


@pytest.mark.parametrize(
    ("reason", "told"),
    [("suspended", OutOfService.SUSPENDED), ("build", OutOfService.NOT_ADMITTED), ("", OutOfService.NOT_ADMITTED)],
)
def test_i8_a_terminal_that_is_not_admitted_is_told_why(reason: str, told: OutOfService) -> None:
    client, transport = over(wire.HeartbeatReply(admitted=False, reason=reason).SerializeToString())
    assert client.heartbeat({}).not_admitted is told
    request = wire.HeartbeatRequest.FromString(transport.sent[0][1])
    assert (request.municipality, bool(request.build), request.schema) == ("992011", True, WIRE_SCHEMA)


CENTRE = Ed25519PrivateKey.from_private_bytes(bytes(32))
NOW = unix(START)


def a_directory(issued_at: int = NOW, lifetime: int = 7 * 86400, municipality: str = "992011") -> bytes:
    entries = (replace(ENTRY, municipality=municipality, address=f"server:{issued_at}"),)
    return Directory(entries, issued_at, issued_at + lifetime).to_bytes()


def a_list(
    number: int = 7, issued_at: int = NOW - 10, expires_at: int = NOW + 30 * 86400, raw: bytes = bytes(32)
) -> bytes:
    trust_list = a_trust_list(a_signatory("992011", raw), number=number, issued_at=issued_at, expires_at=expires_at)
    return trust_list.to_bytes()


def reply(evidence: bytes, key: Ed25519PrivateKey = CENTRE, trusting: bytes | None = None) -> bytes:
    trust_list = trusting or a_list()
    return wire.GetDirectoryReply(
        evidence=evidence,
        signature=key.sign(evidence),
        trust_list=trust_list,
        trust_list_signature=key.sign(trust_list),
    ).SerializeToString()


class Directories:
    """A signed directory over a scripted transport, on a clock of its own."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.now = NOW
        self.transport = ScriptedTransport(list(answers))
        self.directory = SignedDirectory(self.transport, CENTRE.public_key(), lambda: self.now)

    def address(self) -> str:
        return self.directory.entry("992011").address


def test_the_directory_is_fetched_once_and_again_after_hours() -> None:
    bench = Directories(reply(a_directory()), reply(a_directory(NOW + 60)))
    assert [bench.address() for _ in range(3)] == [f"server:{NOW}"] * 3
    bench.now += REFRESH_S
    assert bench.address() == f"server:{NOW + 60}"


@pytest.mark.parametrize("why", [ServerAway("away"), reply(b"garbage"), reply(a_directory(NOW - 3600))])
def test_a_directory_at_hand_is_kept_while_no_newer_one_is_to_be_had(why: bytes | Exception) -> None:
    bench = Directories(reply(a_directory()), why, why)
    bench.address()
    bench.now += REFRESH_S
    assert bench.address() == f"server:{NOW}"


@pytest.mark.parametrize(
    "answer",
    [
        reply(a_directory(), Ed25519PrivateKey.from_private_bytes(bytes(range(32)))),
        reply(a_directory(lifetime=-1)),
        reply(a_directory(NOW + 86400)),
        b"\xff",
    ],
)
def test_a_directory_that_is_not_valid_is_never_used(answer: bytes) -> None:
    with pytest.raises(ServerFault):
        Directories(answer).address()


def test_a_directory_without_this_municipality_says_so_and_is_fetched_again() -> None:
    bench = Directories(reply(a_directory(municipality="990001")), ServerAway("away"), reply(a_directory(NOW + 60)))
    for _ in range(2):
        with pytest.raises(MunicipalityNotServed):
            bench.address()
    assert bench.address() == f"server:{NOW + 60}"


def test_a_directory_that_ran_out_is_not_used_any_more() -> None:
    bench = Directories(reply(a_directory(lifetime=3600)), ServerAway("away"))
    bench.address()
    bench.now += 3600
    with pytest.raises(ServerAway):
        bench.address()


@pytest.mark.parametrize(
    "trusting",
    [b"garbage", a_list(expires_at=NOW), a_list(issued_at=NOW + 301)],
)
def test_a_trust_list_that_is_not_valid_is_never_used(trusting: bytes) -> None:
    with pytest.raises(ServerFault):
        Directories(reply(a_directory(), trusting=trusting)).address()


def test_a_trust_list_that_another_signed_is_never_used() -> None:
    answer = wire.GetDirectoryReply.FromString(reply(a_directory()))
    answer.trust_list_signature = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).sign(answer.trust_list)
    with pytest.raises(ServerFault):
        Directories(answer.SerializeToString()).address()


def test_an_older_trust_list_is_not_taken_and_a_newer_one_can_be_asked_for() -> None:
    one, two, three = (reply(a_directory(), trusting=a_list(n, raw=bytes([n]) * 32)) for n in (1, 2, 3))
    bench = Directories(two, one, three)
    assert [key.raw[0] for key in bench.directory.signatory("992011").keys] == [2]
    assert [key.raw[0] for key in bench.directory.signatory("992011", anew=True).keys] == [2]
    assert [key.raw[0] for key in bench.directory.signatory("992011", anew=True).keys] == [3]


def test_a_municipality_without_keys_is_not_served() -> None:
    bench = Directories(reply(a_directory(municipality="990001")))
    with pytest.raises(MunicipalityNotServed):
        bench.directory.signatory("990001")


def test_the_real_directory_names_this_municipality(line: Line, tmp_path: Path) -> None:
    entry = line.directory.entry(MUNICIPALITY)
    assert entry.municipality == MUNICIPALITY
    (key,) = line.directory.signatory(MUNICIPALITY).keys
    assert key.raw == line.server.municipal_key.raw_public_key
