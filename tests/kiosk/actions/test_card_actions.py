"""The card's side of a visit, on the virtual reader: only the PIN pad's PIN goes to the card, once, and only bytes that
are what they claim to be go under its key."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from hardware.card.virtual.persona import PersonaKind
from hardware.card.virtual.reader import VirtualReader
from hardware.keypad.pin import Pin
from kiosk.actions.attempt import AttemptOver, Attempts
from kiosk.actions.card import CardActions
from kiosk.actions.server import Session
from kiosk.errors import ChallengeRejected
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.values.order import Line
from koufu.evidence.challenge import Challenge
from koufu.evidence.order import Order, ProvenOrder
from koufu.evidence.words import CertificateKind, Scope
from tests.support.cards import card, pin, seeded
from tests.support.kiosk_actions import ORDER, SITE, Heard
from tests.support.kiosk_samples import OFFER, PENSION_LINE

CHALLENGE = Challenge(SITE.municipality, SITE.terminal, bytes(32), 1_800_000_000).to_bytes()


class Unhurried:
    """A clock on which waiting takes no time."""

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float) -> None: ...


class Bench:
    """A desk at a reader with a card on it, in the first attempt."""

    def __init__(self, kind: PersonaKind = PersonaKind.NORMAL) -> None:
        self.reader = VirtualReader(Unhurried())
        self.reader.insert(card(kind))
        self.attempts = Attempts()
        self.attempt = self.attempts.open(1, "4Q7-K2M")
        self.attempt.municipality = SITE.municipality
        self.desk = CardActions(self.reader, self.attempts, SITE, seeded())
        self.heard = Heard()

    def read(self) -> on.Event:
        self.desk.read(do.ReadCard(1), self.heard)
        return self.heard.last

    def verify(self, digits: str = "1234") -> on.Event:
        self.desk.verify(do.VerifyPin(1), pin(digits), self.heard)
        return self.heard.last

    def answer(self, challenge: bytes = CHALLENGE) -> on.Event:
        self.attempt.session = Session(b"session", challenge)
        self.desk.answer_challenge(do.AnswerChallenge(1), self.heard)
        return self.heard.last

    def prove(self, *lines: Line) -> on.Event:
        self.desk.prove(do.ProveOrder(1, lines or (PENSION_LINE,), 200, OFFER), self.heard)
        return self.heard.last


def answered(bench: Bench, message: bytes, answer: bytes | None) -> bool:
    """Whether the card on the reader answered these bytes."""
    assert bench.attempt.user_auth_x509 is not None
    key = x509.load_der_x509_certificate(bench.attempt.user_auth_x509).public_key()
    assert isinstance(key, RSAPublicKey)
    key.verify(answer or b"", message, PKCS1v15(), hashes.SHA256())
    return True


def wiped(shown: Pin) -> bool:
    with pytest.raises(ValueError, match="wiped"):
        shown.view()
    return True


def test_a_card_is_read_verified_and_proves_its_order() -> None:
    bench = Bench()
    assert isinstance(bench.read(), on.CardRead)
    assert bench.verify() == on.PinRight(1, None)
    assert bench.answer() == on.ChallengeAnswered(1)
    assert answered(bench, CHALLENGE, bench.attempt.answer)
    proven = bench.prove()
    assert isinstance(proven, on.OrderProven)
    assert isinstance(bench.attempt.proven, ProvenOrder)
    order = Order.from_bytes(bench.attempt.proven.evidence)
    assert answered(bench, bench.attempt.proven.evidence, bench.attempt.proven.proof)
    assert (order.order_id, order.fee, order.municipality) == (proven.order_id, 200, SITE.municipality)
    assert (order.terminal, order.session_nonce, order.offer_version) == (SITE.terminal, bytes(32), OFFER.version)
    assert [(line.kind, line.scope) for line in order.lines] == [(CertificateKind.RESIDENCE, Scope.HOUSEHOLD)]


def test_i4_every_order_and_token_is_random() -> None:
    first, second = Bench(), Bench()
    second.desk = CardActions(second.reader, second.attempts, SITE, seeded("another"))
    ids = set()
    for bench in (first, second):
        bench.read()
        bench.verify()
        for _ in range(2):
            bench.prove()
            assert bench.attempt.order is not None
            ids |= {bench.attempt.order.order_id, bench.attempt.token}
    assert len(ids) == 8


def test_a_phone_shows_its_x509_with_the_pin() -> None:
    bench = Bench(PersonaKind.ANDROID)
    read = bench.read()
    assert isinstance(read, on.CardRead)
    assert read.facts.user_auth_x509 is None
    right = bench.verify()
    assert isinstance(right, on.PinRight)
    assert right.user_auth_x509 == bench.attempt.user_auth_x509 is not None


def test_a_wrong_pin_tells_the_tries_left() -> None:
    bench = Bench()
    bench.read()
    assert [bench.verify("0000") for _ in range(3)] == [on.PinWrong(1, left) for left in (2, 1, 0)]


@pytest.mark.parametrize("digits", ["1234", "0000"])
def test_i11_a_pin_is_wiped_whatever_the_card_says(digits: str) -> None:
    bench = Bench()
    bench.read()
    shown = pin(digits)
    bench.desk.verify(do.VerifyPin(1), shown, bench.heard)
    assert wiped(shown)


def test_i11_a_pin_is_wiped_when_there_is_no_card_and_when_the_visit_is_over() -> None:
    bench = Bench()
    shown = pin()
    bench.desk.verify(do.VerifyPin(1), shown, bench.heard)
    assert bench.heard.last == on.CardFailed(1, on.CardProblem.GONE)
    assert wiped(shown)
    late = pin()
    with pytest.raises(AttemptOver):
        bench.desk.verify(do.VerifyPin(7), late, bench.heard)
    assert wiped(late)


def test_a_card_that_was_reset_wants_its_pin_again() -> None:
    bench = Bench()
    bench.read()
    bench.verify()
    assert bench.reader.card is not None
    bench.reader.card.reset()
    bench.read()
    assert bench.prove() == on.PinForgotten(1)
    assert bench.answer() == on.PinForgotten(1)


@pytest.mark.parametrize(
    ("trouble", "problem"),
    [
        (lambda reader: reader.pull(), on.CardProblem.GONE),
        (lambda reader: reader.mute(), on.CardProblem.UNREADABLE),
        (lambda reader: reader.lose(), on.CardProblem.READER_GONE),
        (lambda reader: reader.pull_after(1), on.CardProblem.GONE),
    ],
)
def test_trouble_with_the_card_is_told_and_the_card_let_go(
    trouble: Callable[[VirtualReader], None], problem: on.CardProblem
) -> None:
    for step in ("read", "verify", "answer", "prove"):
        bench = Bench()
        if step != "read":
            bench.read()
        if step in ("answer", "prove"):
            bench.verify()
        trouble(bench.reader)
        assert getattr(bench, step)() == on.CardFailed(1, problem), step


NOT_FOR_THIS_CARD = {
    "an order": ORDER.to_bytes(),
    "garbage": b"garbage",
    "nothing": b"",
    "for another terminal": Challenge(SITE.municipality, "kiosk-9", bytes(32), 1).to_bytes(),
    "of another municipality": Challenge("990001", SITE.terminal, bytes(32), 1).to_bytes(),
}


@pytest.mark.parametrize("name", NOT_FOR_THIS_CARD)
def test_nothing_but_the_own_challenge_goes_under_the_cards_key(name: str) -> None:
    bench = Bench()
    bench.read()
    bench.verify()
    with pytest.raises(ChallengeRejected):
        bench.answer(NOT_FOR_THIS_CARD[name])
    assert bench.attempt.answer is None


def test_i2_a_card_step_of_an_attempt_that_is_over_does_nothing() -> None:
    bench = Bench()
    bench.attempts.open(2, "7AB-12C")
    for step in (bench.read, bench.prove):
        with pytest.raises(AttemptOver):
            step()
    assert not bench.heard.events


def test_an_order_with_chosen_members_names_them() -> None:
    bench = Bench()
    bench.read()
    bench.verify()
    bench.prove(replace(PENSION_LINE, scope=Scope.MEMBERS, members=("m-1", "m-3")))
    assert bench.attempt.order is not None
    assert bench.attempt.order.lines[0].members == ("m-1", "m-3")
