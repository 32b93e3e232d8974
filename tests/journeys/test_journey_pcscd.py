"""The common journey with a card in the virtual reader of a real PC/SC daemon."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.card.virtual.card import VirtualCard
from kiosk.flow import scenes as at
from tests.support.cards import seeded
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


def test_the_common_journey_through_a_pcsc_daemon(
    municipality: Municipality, tmp_path: Path, daemon: PcscDaemon
) -> None:
    slot = Slot(daemon)
    card = VirtualCard(municipality.persona("tsuji-kengo"), seeded())
    try:
        with a_journey(municipality, tmp_path, reader=slot.reader) as j:
            j.arrives()
            slot.puts(j, card)
            j.sees("入れられるのはあと3回", "3 tries left")
            j.types_pin("9999")
            j.sees("あと2回入れられます", "2 tries left")
            j.types_pin("1234")
            j.chooses()
            slot.pulls(j)
            assert j.shows(at.Confirm)
            j.touches("primary")
            j.sees("同じカードを、もう一度置いてください")
            slot.puts(j, card)
            j.types_pin()
            j.sees("カードをお取りください")
            slot.pulls(j)
            j.pays()
            j.sees("証明書をお取りください")
            j.takes_everything()
            j.touches("primary")
            j.ends_at_start()
            assert (j.issued, j.delivered, card.tries_left) == (1, 1, 3)
    finally:
        slot.close()
    assert slot.reader.contexts_held == 0
