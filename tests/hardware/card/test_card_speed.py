"""A whole session in process stays under its budget of processor time."""

import time

from hardware.card.jpki import JpkiSession
from hardware.card.model import Answered, Verified
from hardware.card.virtual.reader import VirtualReader
from tests.support.cards import card, pin
from tests.support.pcsc_fake import StepClock

BUDGET_S = 0.015


def test_facts_pin_and_answer_take_under_15_ms_of_processor_time() -> None:
    reader = VirtualReader(StepClock())
    reader.insert(card())
    spent = []
    for _ in range(15):
        before = time.process_time()
        session = JpkiSession(reader.connect())
        session.facts()
        assert session.verify(pin()) == Verified()
        assert isinstance(session.answer(b"order"), Answered)
        spent.append(time.process_time() - before)
    assert sorted(spent)[len(spent) // 2] < BUDGET_S
