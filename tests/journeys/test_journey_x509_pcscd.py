"""A renewal at the counter with the card in the virtual reader of a real PC/SC daemon, pulled once in the middle."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.card.model import Usage
from kiosk.counter.x509_pin import scenes as at
from tests.support.journey_cards import CardClerk, open_counters, simulators
from tests.support.journey_pcscd import Slot
from tests.support.journey_server import Municipality
from tests.support.journey_steps import a_journey
from tests.support.pcsc_bench import wait_until_empty
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon

pytestmark = pytest.mark.xdist_group("pcscd")


@pytest.fixture
def daemon() -> Iterator[PcscDaemon]:
    with pcsc_daemon() as running:
        wait_until_empty(running)
        yield running


def test_a_renewal_through_a_pcsc_daemon(municipality: Municipality, tmp_path: Path, daemon: PcscDaemon) -> None:
    slot = Slot(daemon)
    try:
        with simulators() as outside, a_journey(municipality, tmp_path, reader=slot.reader) as j:
            j.arrives()
            open_counters(j, outside)
            clerk = CardClerk(j, outside, reader=slot.reader)
            clerk.opens()
            clerk.asks_for("renew")
            clerk.and_the_resident_agree()
            slot.puts(j, outside.bench.card)
            clerk.until(lambda: isinstance(clerk.case.scene, at.Typing), "the PIN")
            slot.pulls(j)
            j.sees("途中で止まりました", "It stopped midway")
            j.sees("カードには、まだ何も書きこんでいません", "Nothing was written")
            slot.puts(j, outside.bench.card)
            clerk.resident_types_all()
            j.sees("終わりました", "Done")
            assert outside.bench.is_tidy(Usage.USER_AUTH)
            slot.pulls(j)
            clerk.presses("primary")
            clerk.until(lambda: clerk.desk.case is None, "the case to be closed")
            assert outside.bench.answers(Usage.USER_AUTH)
    finally:
        slot.close()
    assert slot.reader.contexts_held == 0
