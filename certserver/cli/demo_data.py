"""The command that fills a home with the fictional municipality: demo-data."""

import argparse

from certserver.cli.opened import changing, note, opened
from certserver.composition.clock import SystemClock, system_entropy
from certserver.composition.stores import open_keys
from certserver.demo.load import load_demo
from certserver.registers.numbers import NumberVault


def demo_data(parsed: argparse.Namespace) -> int:
    """Loads the fictional municipality."""
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        vault = NumberVault(open_keys(at_hand.home, at_hand.settings).secret, system_entropy)
        residents = load_demo(connection, at_hand.municipality, SystemClock().now(), vault)
        book.settings_changed()
        note(book, f"demonstration data loaded, {residents} residents")
    print(f"{residents} fictional residents with seals, koseki, taxes and damages, and all settings are loaded.")
    return 0
