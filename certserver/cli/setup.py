"""The commands that make a home and keep its database at this build's schema: init, migrate."""

import argparse
from pathlib import Path

from certserver.composition.clock import SystemClock
from certserver.composition.home import make_home
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.storage.migrating import migrate


def init(parsed: argparse.Namespace) -> int:
    """Makes a home."""
    home: Path = parsed.folder or parsed.home
    make_home(home, parsed.municipality, SystemClock())
    print(f"{home} is the home of a server for municipality {parsed.municipality}.")
    print("Its development CA is good for ten years, the X.509 of this machine (localhost) under it for one;")
    print("the server renews that by itself.")
    return 0


def bring_up_to_date(parsed: argparse.Namespace) -> int:
    """Migrates."""
    database = open_storage(parsed.home, load_settings(parsed.home))
    migrate(database)
    database.close()
    print("The database has the schema of this build.")
    return 0
