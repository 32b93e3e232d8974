"""The command that fills a home with the fictional municipality: demo-data."""

import argparse

from certserver.cli.opened import changing, note, opened
from certserver.composition.clock import SystemClock
from certserver.demo.load import load_demo


def demo_data(parsed: argparse.Namespace) -> int:
    """Loads the fictional municipality."""
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        residents = load_demo(connection, at_hand.municipality, SystemClock().now())
        book.settings_changed()
        note(book, f"demonstration data loaded, {residents} residents")
    print(f"{residents} fictional residents, their registered seals, fees, hours and profile are loaded.")
    return 0
