"""The command that fills a home with a fictional municipality: demo-data."""

import argparse

from certserver.cli.opened import changing, note, opened
from certserver.composition.clock import SystemClock, system_entropy
from certserver.composition.stores import open_keys
from certserver.demo.load import load_demo
from certserver.demo.neighbour import NEIGHBOUR, load_neighbour
from certserver.registers.numbers import NumberVault


def demo_data(parsed: argparse.Namespace) -> int:
    """Loads the fictional municipality whose home it is: 見本市, or 例示市 next door."""
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        now = SystemClock().now()
        if at_hand.municipality == NEIGHBOUR:
            loaded = f"{load_neighbour(connection, now)} fictional koseki"
        else:
            vault = NumberVault(open_keys(at_hand.home, at_hand.settings).secret, system_entropy)
            residents = load_demo(connection, at_hand.municipality, now, vault)
            loaded = f"{residents} fictional residents with seals, koseki, taxes and damages"
        book.settings_changed()
        note(book, f"demonstration data loaded: {loaded}")
    print(f"{loaded} and all settings are loaded.")
    return 0
