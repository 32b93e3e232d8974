"""The commands of what the issuance centre signs: directory export, directory add, trust-list export."""

import argparse
import os
from pathlib import Path

from certserver.cli.bundles import write_bundles
from certserver.cli.opened import Opened, changing, note, opened
from certserver.composition.clock import SystemClock
from certserver.composition.neighbours import add_neighbours, read_neighbours
from certserver.composition.stores import open_keys
from certserver.pipeline.settings import SettingsCache
from certserver.pipeline.trust_lists import Export, TrustLists
from certserver.ports import in_japan, unix
from certserver.service.directory import sign_directory
from certserver.signing.municipal import CentreKey
from koufu.evidence.bundle import BUNDLE_FOLDER


def directory_export(parsed: argparse.Namespace) -> int:
    """Writes the directory, and the trust list that belongs to it."""
    out: Path = parsed.out
    with opened(parsed) as at_hand:
        centre = open_keys(at_hand.home, at_hand.settings).centre
        addresses = {at_hand.municipality: at_hand.settings.public_address}
        at = unix(SystemClock().now())
        signed = sign_directory(at_hand.database, SettingsCache(), centre, addresses, (), at)
        out.mkdir(parents=True, exist_ok=True)
        _write_trust_list(at_hand, centre, out)
    (out / "directory.bin").write_bytes(signed.evidence)
    (out / "directory.sig").write_bytes(signed.signature)
    _write_key(out / "directory.pub", centre)
    print(f"{out / 'directory.bin'}, .sig and .pub: good until {_told(signed.expires_at)} (Japan).")
    return 0


def directory_add(parsed: argparse.Namespace) -> int:
    """Names another municipality's server in this home's directory, and its keys in the trust list."""
    with opened(parsed) as at_hand:
        added = add_neighbours(at_hand.home, parsed.folder, unix(SystemClock().now()))
        with changing(at_hand) as (_, book):
            for entry in added.entries:
                note(book, f"in the directory: {entry.municipality} at {entry.address}")
            for signatory in added.signatories:
                ids = ", ".join(key.key_id.hex() for key in signatory.keys)
                note(book, f"in the trust list: {signatory.municipality}, keys {ids}")
    for entry, signatory in zip(added.entries, added.signatories, strict=True):
        print(f"{entry.municipality} {entry.name} at {entry.address}")
        for key in signatory.keys:
            print(f"  key {key.key_id.hex()}: {key.raw.hex()}")
    print("Servers of this home name it once they are started anew; hold the keys against what that municipality says.")
    return 0


def trust_list_export(parsed: argparse.Namespace) -> int:
    """Writes list, signature, the key they are checked with, and every form bundle that the list names."""
    out: Path = parsed.folder
    with opened(parsed) as at_hand:
        centre = open_keys(at_hand.home, at_hand.settings).centre
        out.mkdir(parents=True, exist_ok=True)
        exported = _write_trust_list(at_hand, centre, out)
    _write_key(out / "trust-list.pub", centre)
    number, until = exported.trust_list.number, _told(exported.trust_list.expires_at)
    print(f"{out / 'trust-list.bin'}, .sig and .pub: number {number}, good until {until} (Japan).")
    print(f"{out / BUNDLE_FOLDER}: the form bundles, with which a recipient draws pages again.")
    print("Recipients must know the key (.pub) by another way than this folder, or compare it.")
    return 0


def _write_trust_list(at_hand: Opened, centre: CentreKey, out: Path) -> Export:
    neighbours = read_neighbours(at_hand.home).signatories
    lists = TrustLists(at_hand.database, SettingsCache(), centre, at_hand.municipality, neighbours)
    exported = lists.in_force(unix(SystemClock().now()))
    (out / "trust-list.bin").write_bytes(exported.evidence)
    (out / "trust-list.sig").write_bytes(exported.signature)
    write_bundles(at_hand, out / BUNDLE_FOLDER)
    return exported


def _write_key(file: Path, centre: CentreKey) -> None:
    file.write_text(centre.public_key.public_bytes_raw().hex() + os.linesep)


def _told(at: int) -> str:
    return f"{in_japan(at):%Y-%m-%d %H:%M}"
