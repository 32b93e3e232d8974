"""Writing a card on every reader: the virtual one in this process, and the real one over a running PC/SC daemon, with
keys that the card really makes."""

from collections.abc import Iterator

import pytest

from hardware.card.jpki import JpkiSession
from hardware.card.model import SlotEvent, Usage, Verified
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.normal_again import SwitchedBack, switch_back
from hardware.card.writing.pins import PinSet
from hardware.card.writing.procedure import Outcome
from hardware.card.writing.steps import Goal
from hardware.errors import CardError
from tests.support.card_writing import HAS, KNOWS, MUNICIPAL, WritingBench
from tests.support.cards import pin, signing_pin
from tests.support.pcsc_bench import ReaderBench, pcsc_bench, virtual_bench
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon
from tests.support.pins_on_cards import change, reset_by_other_pin

INSERTED, REMOVED = SlotEvent.INSERTED, SlotEvent.REMOVED


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


def put_in(bench: ReaderBench, counter: WritingBench) -> None:
    bench.slot.insert(counter.card)
    bench.expect(INSERTED)


def at_card(bench: ReaderBench) -> tuple[JpkiSession, ApduCardWriter]:
    connection = bench.reader.connect()
    session = JpkiSession(connection)
    return session, ApduCardWriter(connection, session)


@pytest.mark.parametrize("usage", list(Usage))
def test_a_renewal(bench: ReaderBench, usage: Usage) -> None:
    counter = WritingBench(real_keys=True)
    bench.reader.watch(bench.told.put)
    put_in(bench, counter)
    before = counter.in_use(usage)
    assert counter.carry_out(Goal.NEW_X509, usage, bench.reader.connect()) is Outcome.DONE
    bench.slot.pull()
    bench.expect(REMOVED)
    assert counter.in_use(usage) != before
    assert counter.is_tidy(usage)
    assert counter.answers(usage)


@pytest.mark.parametrize("answers", [12, 19, 27])
def test_a_card_pulled_in_the_middle_of_a_renewal_goes_on_when_it_is_back(bench: ReaderBench, answers: int) -> None:
    counter = WritingBench()
    bench.reader.watch(bench.told.put)
    put_in(bench, counter)
    connection = bench.reader.connect()
    bench.slot.pull_after(answers)
    with pytest.raises(CardError):
        counter.carry_out(Goal.NEW_X509, Usage.USER_AUTH, connection)
    bench.slot.pull()
    bench.expect(REMOVED)
    assert counter.answers()
    put_in(bench, counter)
    assert counter.carry_out(Goal.NEW_X509, Usage.USER_AUTH, bench.reader.connect()) is Outcome.DONE
    assert counter.is_tidy(Usage.USER_AUTH)


def test_pins_are_changed_and_reset(bench: ReaderBench) -> None:
    counter = WritingBench()
    bench.reader.watch(bench.told.put)
    put_in(bench, counter)
    session, writer = at_card(bench)
    assert change(session, Usage.USER_AUTH, pin(), pin("8305")) == PinSet()
    desk = counter.terminal.sign_on(MUNICIPAL, KNOWS, HAS)
    outcome = reset_by_other_pin(session, writer, desk, "case-1", Usage.SIGNING, pin("8305"), signing_pin("NEWPIN9"))
    assert outcome == PinSet()
    assert session.verify(signing_pin("NEWPIN9"), Usage.SIGNING) == Verified()


def test_face_authentication_there_and_back(bench: ReaderBench) -> None:
    counter = WritingBench()
    bench.reader.watch(bench.told.put)
    put_in(bench, counter)
    assert counter.carry_out(Goal.FACE_AUTH, Usage.SIGNING, bench.reader.connect()) is Outcome.DONE
    assert counter.is_tidy(Usage.SIGNING)
    desk = counter.terminal.sign_on(MUNICIPAL, KNOWS, HAS)
    writer = at_card(bench)[1]
    assert switch_back(writer, counter.certifier, desk, "case-2", pin("8305")) is SwitchedBack.DONE
    again = at_card(bench)[0]
    assert again.verify(pin("8305")) == Verified()
