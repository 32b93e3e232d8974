"""What was chosen from the calibration sheet stands in the next order that a card proves, and on the paper."""

from pathlib import Path

from kiosk.cli import main
from kiosk.composition.devices import printer_profile
from kiosk.composition.settings import load_settings
from kiosk.flow import scenes as at
from koufu.evidence.order import Order
from tests.support.calibration import settings_file
from tests.support.journey_server import Municipality
from tests.support.journey_steps import a_journey


def test_the_stored_choice_is_what_the_card_proves(municipality: Municipality, tmp_path: Path) -> None:
    file = settings_file(tmp_path)
    assert main(["calibrate", "--settings", str(file), "--choose", "12"]) == 0
    chosen = printer_profile(load_settings(file))
    assert chosen == "600-12"
    with a_journey(municipality, tmp_path, printer_profile=chosen) as j:
        j.comes_to(at.Pay)
        proven = j.kiosk.attempts.opened[-1].proven
        assert proven is not None
        assert Order.from_bytes(proven.evidence).printer_profile == chosen
        j.pays()
        assert j.issued == 1
