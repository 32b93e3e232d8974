"""The command of the form bundles: bundles export."""

import argparse
from pathlib import Path

from certserver.cli.opened import Opened, opened
from certserver.composition.bundle_files import BundleFiles
from certserver.composition.neighbours import read_bundles


def export(parsed: argparse.Namespace) -> int:
    """Writes every form bundle that documents were drawn with, and its signature, named by its hash."""
    out: Path = parsed.out
    with opened(parsed) as at_hand:
        count = write_bundles(at_hand, out)
    print(f"{count} form bundles in {out}, each as .bundle and .sig under its hash.")
    return 0


def write_bundles(at_hand: Opened, folder: Path) -> int:
    """Writes the bundles of every municipality of a home; how many. Those that neighbours exported are copied."""
    files = BundleFiles(folder)
    files.add_kept(at_hand.database)
    files.add(read_bundles(at_hand.home))
    return len(files)
