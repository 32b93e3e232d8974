"""The commands of the signed directory: directory export, directory add."""

import argparse
import os
from datetime import datetime
from pathlib import Path

from certserver.cli.opened import changing, note, opened
from certserver.composition.clock import SystemClock
from certserver.composition.neighbours import add_neighbours
from certserver.composition.stores import open_keys
from certserver.pipeline.settings import SettingsCache
from certserver.ports import JST, unix
from certserver.service.directory import sign_directory


def directory_export(parsed: argparse.Namespace) -> int:
    """Writes the directory."""
    with opened(parsed) as at_hand:
        keys = open_keys(at_hand.home, at_hand.settings)
        code, address = at_hand.municipality, at_hand.settings.public_address
        at = unix(SystemClock().now())
        signed = sign_directory(
            at_hand.database, SettingsCache(), {code: keys.municipal}, keys.directory, {code: address}, (), at
        )
    out: Path = parsed.out
    out.mkdir(parents=True, exist_ok=True)
    (out / "directory.bin").write_bytes(signed.evidence)
    (out / "directory.sig").write_bytes(signed.signature)
    (out / "directory.pub").write_text(keys.directory.public_key.public_bytes_raw().hex() + os.linesep)
    until = datetime.fromtimestamp(signed.expires_at, JST)
    print(f"{out / 'directory.bin'}, .sig and .pub: good until {until:%Y-%m-%d %H:%M} (Japan).")
    return 0


def directory_add(parsed: argparse.Namespace) -> int:
    """Names another municipality's server in this home's directory."""
    with opened(parsed) as at_hand:
        added = add_neighbours(at_hand.home, parsed.folder, unix(SystemClock().now()))
        with changing(at_hand) as (_, book):
            for entry in added:
                note(book, f"in the directory: {entry.municipality} at {entry.address}")
    for entry in added:
        print(f"{entry.municipality} {entry.name} at {entry.address}, key {entry.statement_key.hex()[:16]}…")
    print("Servers of this home name it once they are started anew; hold the key against what that municipality says.")
    return 0
