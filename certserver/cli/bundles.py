"""The command of the form bundles: bundles export."""

import argparse
from pathlib import Path

from certserver.cli.opened import Opened, opened
from certserver.composition.neighbours import read_neighbours
from certserver.ledger.state import municipalities
from certserver.pipeline.bundles import kept_bundles
from koufu.evidence.bundle import BUNDLE_SUFFIX


def export(parsed: argparse.Namespace) -> int:
    """Writes every form bundle that documents were drawn with, and its signature, named by its hash."""
    out: Path = parsed.out
    with opened(parsed) as at_hand:
        count = write_bundles(at_hand, out)
    print(f"{count} form bundles in {out}, each as .bundle and .sig under its hash.")
    return 0


def write_bundles(at_hand: Opened, folder: Path) -> int:
    """Writes the bundles of every municipality of a home; how many. Those that neighbours exported are copied."""
    with at_hand.database.reading() as connection:
        kept = [bundle for code in municipalities(connection) for bundle in kept_bundles(connection, code)]
    signed = {bundle.signed.hash: bundle.signed for bundle in kept}
    signed = {bundle.hash: bundle for bundle in read_neighbours(at_hand.home).bundles} | signed
    folder.mkdir(parents=True, exist_ok=True)
    for bundle_hash, bundle in signed.items():
        name = folder / bundle_hash.hex()
        name.with_suffix(BUNDLE_SUFFIX).write_bytes(bundle.evidence)
        name.with_suffix(".sig").write_bytes(bundle.signature)
    return len(signed)
