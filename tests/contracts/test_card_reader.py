"""What every card reader does: the virtual one in this process, and the real one over a running PC/SC daemon."""

from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from hardware.card.jpki import JpkiSession, read_facts
from hardware.card.model import Answered, CardConnection, CardKind, PinAgain, SlotEvent, Verified, WrongPin
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.persona import PersonaKind
from hardware.errors import CardError, CardGone, CardMute, ReaderGone
from tests.support.cards import card, cards, pin, seeded
from tests.support.pcsc_bench import ReaderBench, pcsc_bench, virtual_bench
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon

SELECT_MASTER_FILE = bytes.fromhex("00a4000c023f00")
INSERTED, REMOVED = SlotEvent.INSERTED, SlotEvent.REMOVED
LOST, BACK = SlotEvent.READER_LOST, SlotEvent.READER_BACK


@pytest.fixture(scope="module")
def daemon() -> Iterator[PcscDaemon]:
    with pcsc_daemon() as running:
        yield running


@pytest.fixture(params=["virtual", pytest.param("pcsc", marks=pytest.mark.xdist_group("pcscd"))])
def bench(request: pytest.FixtureRequest) -> Iterator[ReaderBench]:
    if request.param == "virtual":
        with virtual_bench() as made:
            yield made
    else:
        with pcsc_bench(request.getfixturevalue("daemon")) as made:
            yield made


def insert(bench: ReaderBench, virtual: VirtualCard | None = None) -> CardConnection:
    """Watches, puts a card in and opens it."""
    bench.reader.watch(bench.told.put)
    bench.slot.insert(virtual or card())
    bench.expect(INSERTED)
    return bench.reader.connect()


def test_cards_are_told_as_they_come_and_go(bench: ReaderBench) -> None:
    bench.reader.watch(bench.told.put)
    bench.slot.insert(card())
    bench.expect(INSERTED)
    bench.slot.pull()
    bench.expect(REMOVED)
    bench.slot.insert(card())
    bench.expect(INSERTED)
    bench.expect_nothing()


def test_a_card_that_lies_there_is_told_at_once(bench: ReaderBench) -> None:
    bench.slot.insert(card())
    bench.reader.watch(bench.told.put)
    bench.expect(INSERTED)


def test_without_a_card_there_is_nothing_to_open(bench: ReaderBench) -> None:
    with pytest.raises(CardGone):
        bench.reader.connect()


def test_a_whole_session(bench: ReaderBench) -> None:
    session = JpkiSession(insert(bench))
    facts = session.facts()
    assert (facts.kind, facts.tries_left) == (CardKind.STANDARD, 3)
    assert session.verify(pin("0000")) == WrongPin(2)
    assert session.verify(pin()) == Verified()
    answered = session.answer(b"order")
    assert isinstance(answered, Answered)
    assert facts.user_auth_x509 is not None
    key = x509.load_der_x509_certificate(facts.user_auth_x509).public_key()
    assert isinstance(key, RSAPublicKey)
    key.verify(answered.answer, b"order", PKCS1v15(), SHA256())


@pytest.mark.parametrize("kind", list(PersonaKind))
def test_every_kind_of_card_is_read(bench: ReaderBench, kind: PersonaKind) -> None:
    expected = {
        PersonaKind.LOCKED: CardKind.LOCKED,
        PersonaKind.FACE_AUTH: CardKind.LOCKED_OR_FACE_AUTH,
        PersonaKind.ANDROID: CardKind.ANDROID,
        PersonaKind.FOREIGN: CardKind.FOREIGN,
    }
    assert read_facts(insert(bench, card(kind))).kind is expected.get(kind, CardKind.STANDARD)


def test_closing_makes_the_card_forget_its_pin_but_not_its_tries(bench: ReaderBench) -> None:
    connection = insert(bench)
    session = JpkiSession(connection)
    assert session.verify(pin("0000")) == WrongPin(2)
    session.verify(pin())
    session.verify(pin("0000"))
    connection.close()
    connection.close()
    with pytest.raises(CardGone):
        connection.transmit(b"\x00\x20\x00\x80")
    again = JpkiSession(bench.reader.connect())
    assert again.answer(b"order") == PinAgain()
    assert again.tries_left() == 2


def test_i11_a_command_with_a_secret_is_overwritten_sent_or_not(bench: ReaderBench) -> None:
    connection = insert(bench)
    sent, late = bytearray(SELECT_MASTER_FILE), bytearray(SELECT_MASTER_FILE)
    connection.transmit(sent)
    connection.close()
    with pytest.raises(CardGone):
        connection.transmit(late)
    assert sent == late == bytes(len(SELECT_MASTER_FILE))


def test_opening_again_closes_the_connection_before(bench: ReaderBench) -> None:
    first = insert(bench)
    second = bench.reader.connect()
    with pytest.raises(CardGone):
        first.transmit(b"\x00\x20\x00\x80")
    assert read_facts(second).kind is CardKind.STANDARD
    bench.expect_nothing()


def test_a_second_person_s_card_never_inherits_the_session(bench: ReaderBench) -> None:
    connection = insert(bench)
    session = JpkiSession(connection)
    first = session.facts().user_auth_x509
    session.verify(pin())
    bench.slot.insert(VirtualCard(cards().issue(), seeded("second")))
    bench.expect(REMOVED, INSERTED)
    with pytest.raises(CardError):
        session.answer(b"order")
    again = JpkiSession(bench.reader.connect())
    assert again.facts().user_auth_x509 != first
    assert again.answer(b"order") == PinAgain()


def test_the_same_card_back_again_is_a_new_connection(bench: ReaderBench) -> None:
    virtual = card()
    connection = insert(bench, virtual)
    bench.slot.insert(virtual)
    bench.expect(REMOVED, INSERTED)
    with pytest.raises(CardError):
        connection.transmit(b"\x00\x20\x00\x80")
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD


def test_a_card_pulled_while_it_answers(bench: ReaderBench) -> None:
    session = JpkiSession(insert(bench))
    session.facts()
    session.verify(pin())
    bench.slot.pull_after(1)
    with pytest.raises(CardGone):
        session.answer(b"order")
    bench.expect(REMOVED)
    with pytest.raises(CardGone):
        bench.reader.connect()
    bench.slot.insert(card())
    bench.expect(INSERTED)
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD


def test_a_mute_card_is_given_up_and_the_next_card_works(bench: ReaderBench) -> None:
    connection = insert(bench)
    bench.slot.mute()
    with pytest.raises(CardMute):
        read_facts(connection)
    connection.close()
    with pytest.raises(CardMute):
        bench.reader.connect()
    bench.slot.pull()
    bench.expect(REMOVED)
    bench.slot.insert(card())
    bench.expect(INSERTED)
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD


def test_a_slow_card_is_waited_for(bench: ReaderBench) -> None:
    session = JpkiSession(insert(bench))
    session.facts()
    bench.slot.slow(0.2)
    assert session.verify(pin()) == Verified()


def test_the_reader_goes_and_comes_back_with_its_card(bench: ReaderBench) -> None:
    connection = insert(bench)
    bench.lose()
    bench.expect(LOST)
    with pytest.raises(CardError):
        connection.transmit(b"\x00\x20\x00\x80")
    with pytest.raises(ReaderGone):
        bench.reader.connect()
    bench.restore()
    bench.expect(BACK, INSERTED)
    assert read_facts(bench.reader.connect()).kind is CardKind.STANDARD


def test_a_card_taken_while_the_reader_was_away_is_told_when_it_is_back(bench: ReaderBench) -> None:
    insert(bench)
    bench.lose()
    bench.expect(LOST)
    bench.slot.pull()
    bench.restore()
    bench.expect(BACK, REMOVED)
    bench.slot.insert(card())
    bench.expect(INSERTED)


def test_stopping_ends_everything_and_may_be_repeated(bench: ReaderBench) -> None:
    connection = insert(bench)
    bench.reader.stop()
    bench.reader.stop()
    with pytest.raises(CardError):
        connection.transmit(b"\x00\x20\x00\x80")
    with pytest.raises(ReaderGone):
        bench.reader.connect()
    bench.slot.pull()
    bench.expect_nothing()
