"""A card is written with issuer and card-writing terminal behind gRPC: delays, refusals, failures and silence as they
are ordered, and no PIN on the wire."""

from collections.abc import Iterator
from datetime import timedelta

import grpc
import pytest

from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage
from hardware.card.virtual.certifier import SimulatedCertifier
from hardware.card.virtual.terminal import Noted
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.commands import Beside, Purpose
from hardware.card.writing.model import Case, Standing
from hardware.card.writing.pins import PinSet
from hardware.card.writing.procedure import Counter, Outcome, carry_out
from hardware.card.writing.steps import Goal
from hardware.errors import IssuerAway, IssuerRefused, OperatorRefused
from kiosk.simulators.client import RemoteControl, RemoteDesk, RemoteIssuer, sign_on
from kiosk.simulators.service import METHODS, WRITING, SimulatedParties, make_server
from kiosk.simulators.troubles import Trouble, TroubleKind, Troubles
from koufu.v1 import simulators_pb2 as wire
from tests.support.card_writing import HAS, HOLDER, KNOWS, MUNICIPAL, POSTAL, BreakingLine, WritingBench
from tests.support.cards import NOW, pin, signing_pin
from tests.support.outside import outside_of
from tests.support.pcsc_fake import StepClock
from tests.support.pins_on_cards import reset_by_other_pin
from tests.support.server import HandClock

WITHIN_S = 20.0
ONCE = 1


class Office:
    """A counter whose issuer and terminal are reached by wire alone."""

    def __init__(self, channel: grpc.Channel, bench: WritingBench, clock: StepClock) -> None:
        self.bench = bench
        self.clock = clock
        self.channel = channel
        self.issuer = RemoteIssuer(channel, WITHIN_S)
        self.control = RemoteControl(channel, WITHIN_S)

    def trouble(self, method: str, kind: TroubleKind, *, reason: str = "refused", delay_s: float = 0.0) -> None:
        self.control.set_trouble(method, Trouble(kind, reason, delay_s, ONCE))

    def renew(self, goal: Goal = Goal.NEW_X509) -> Outcome:
        line = BreakingLine(self.bench.card)
        session = JpkiSession(line)
        writer = ApduCardWriter(line, session)
        session.verify(pin())
        counter = Counter(writer, self.issuer, self.desk(), self.bench.entropy)
        return carry_out(goal, Case("case-1", Usage.USER_AUTH, HOLDER), counter)

    def desk(self, operator: str = MUNICIPAL) -> RemoteDesk:
        return sign_on(self.channel, operator, KNOWS, HAS, WITHIN_S)


@pytest.fixture
def office() -> Iterator[Office]:
    bench, clock = WritingBench(), StepClock()
    parties = SimulatedParties(bench.certifier, bench.terminal, outside_of(HandClock()))
    server, port = make_server("127.0.0.1:0", parties, clock, bench.entropy)
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield Office(channel, bench, clock)
    server.stop(None).wait()


def test_a_renewal_by_wire(office: Office) -> None:
    assert office.renew() is Outcome.DONE
    assert office.bench.is_tidy(Usage.USER_AUTH)
    assert office.bench.answers()
    assert office.control.noted() == (Noted(MUNICIPAL, Purpose.X509, "case-1", True),)
    known = office.issuer.of_x509(Usage.USER_AUTH, office.bench.persona.user_auth_x509)
    assert known is not None
    assert (known.case, known.standing) == ("", Standing.REVOKED)


@pytest.mark.parametrize("kind", [TroubleKind.FAIL, TroubleKind.SILENT, TroubleKind.SILENT_BUT_DONE])
@pytest.mark.parametrize("method", sorted(WRITING))
def test_whatever_fails_the_case_goes_on(office: Office, method: str, kind: TroubleKind) -> None:
    office.trouble(method, kind)
    with pytest.raises(IssuerAway):
        office.renew()
    assert office.bench.answers()
    assert office.renew() is Outcome.DONE
    assert office.bench.is_tidy(Usage.USER_AUTH)


def test_a_refusal_leaves_the_card_as_it_was(office: Office) -> None:
    office.trouble("Certify", TroubleKind.REFUSE, reason="resident-record")
    with pytest.raises(IssuerRefused, match="resident-record"):
        office.renew()
    assert office.bench.answers()
    assert office.renew(Goal.AS_BEFORE) is Outcome.DONE
    assert office.bench.is_tidy(Usage.USER_AUTH)
    assert office.bench.in_use(Usage.USER_AUTH) == office.bench.persona.user_auth_x509


@pytest.mark.parametrize("method", sorted(WRITING))
def test_every_method_can_refuse(office: Office, method: str) -> None:
    office.trouble(method, TroubleKind.REFUSE, reason="closed-today")
    with pytest.raises((IssuerRefused, OperatorRefused), match="closed-today"):
        office.renew()
    assert office.renew() is Outcome.DONE
    assert office.bench.is_tidy(Usage.USER_AUTH)


def test_a_refused_revocation_keeps_the_old_x509_beside_until_it_is_revoked(office: Office) -> None:
    office.trouble("RevokeX509", TroubleKind.REFUSE)
    with pytest.raises(IssuerRefused):
        office.renew()
    assert office.bench.answers()
    assert office.bench.card.memory.pairs[Usage.USER_AUTH].beside.state is Beside.PREVIOUS
    assert office.renew() is Outcome.DONE
    assert office.bench.is_tidy(Usage.USER_AUTH)


def test_a_delay_takes_that_long_on_the_simulator_s_clock(office: Office) -> None:
    before = office.clock.monotonic()
    office.trouble("Certify", TroubleKind.NONE, delay_s=90.0)
    assert office.renew() is Outcome.DONE
    assert office.clock.monotonic() - before == 90.0


def test_operators_sign_on_and_do_what_they_may(office: Office) -> None:
    with pytest.raises(OperatorRefused, match="sign-on"):
        sign_on(office.channel, MUNICIPAL, "", HAS, WITHIN_S)
    with pytest.raises(OperatorRefused, match="purpose"):
        office.desk(POSTAL).let_on(bytes(16), Purpose.FACE_AUTH, "case-1")
    with pytest.raises(OperatorRefused, match="sign-on"):
        RemoteDesk(office.channel, bytes(16), WITHIN_S).let_on(bytes(16), Purpose.X509, "case-1")
    with pytest.raises(OperatorRefused, match="purpose"):
        office.desk().let_on(b"short", Purpose.X509, "case-1")


def test_what_is_no_request_is_refused(office: Office) -> None:
    with pytest.raises(IssuerRefused, match="word"):
        office.issuer.certify(Case("", Usage.USER_AUTH, HOLDER), bytes(256))
    with pytest.raises(IssuerRefused, match="bad-key"):
        office.issuer.certify(Case("case-1", Usage.USER_AUTH, HOLDER), bytes(256))
    with pytest.raises(IssuerRefused, match=r"X\.509"):
        office.issuer.of_x509(Usage.USER_AUTH, b"")
    with pytest.raises(IssuerRefused, match="no method"):
        office.trouble("Nothing", TroubleKind.FAIL)
    with pytest.raises(IssuerRefused, match="a delay"):
        office.trouble("Certify", TroubleKind.NONE, delay_s=601.0)
    assert office.issuer.of_key(Usage.SIGNING, bytes(256)) is None
    assert office.issuer.of_x509(Usage.SIGNING, b"garbage") is None


def test_trouble_ends_after_so_many_calls() -> None:
    troubles = Troubles(METHODS)
    troubles.set("Certify", Trouble(TroubleKind.FAIL, times=2))
    kinds = [troubles.next("Certify").kind for _ in range(3)]
    assert kinds == [TroubleKind.FAIL, TroubleKind.FAIL, TroubleKind.NONE]
    troubles.set("Certify", Trouble(TroubleKind.FAIL))
    assert {troubles.next("Certify").kind for _ in range(9)} == {TroubleKind.FAIL}


def test_i11_no_message_has_room_for_a_pin_or_an_individual_number(office: Office) -> None:
    fields = {
        (message.name, field.name)
        for message in wire.DESCRIPTOR.message_types_by_name.values()
        for field in message.fields
    }
    assert fields
    assert not {each for each in fields if {"pin", "individual"} & set(each[1].lower().split("_"))}


def test_i11_a_planted_pin_never_goes_over_the_wire(office: Office) -> None:
    sent: list[bytes] = []

    class Watching(grpc.UnaryUnaryClientInterceptor):
        def intercept_unary_unary(self, continuation, client_call_details, request):  # type: ignore[no-untyped-def]
            sent.append(request.SerializeToString())
            return continuation(client_call_details, request)

    channel = grpc.intercept_channel(office.channel, Watching())
    line = BreakingLine(office.bench.card)
    session = JpkiSession(line)
    writer = ApduCardWriter(line, session)
    desk = sign_on(channel, MUNICIPAL, KNOWS, HAS, WITHIN_S)
    planted = "PLANTED7SECRET99"
    assert reset_by_other_pin(session, writer, desk, "case-1", Usage.SIGNING, pin(), signing_pin(planted)) == PinSet()
    assert len(sent) == 2
    assert not [message for message in sent if planted.encode() in message]
    assert any(planted.encode() in apdu for apdu in line.sent)


def test_an_issuer_that_expired_says_so() -> None:
    bench = WritingBench()
    late = SimulatedCertifier(bench.authority, lambda: NOW + timedelta(days=9999), timedelta(days=1))
    known = late.of_x509(Usage.USER_AUTH, bench.persona.user_auth_x509)
    assert known is not None
    assert known.standing is Standing.EXPIRED
