"""The command of the form bundles: bundles export."""

import argparse
from pathlib import Path

from certserver.cli.opened import opened
from certserver.pipeline.bundles import kept_bundles


def export(parsed: argparse.Namespace) -> int:
    """Writes every form bundle that documents were drawn with, and its signature, named by its hash."""
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        kept = kept_bundles(connection, at_hand.municipality)
    out: Path = parsed.out
    out.mkdir(parents=True, exist_ok=True)
    for bundle in kept:
        name = out / bundle.signed.hash.hex()
        name.with_suffix(".bundle").write_bytes(bundle.signed.evidence)
        name.with_suffix(".sig").write_bytes(bundle.signed.signature)
    print(f"{len(kept)} form bundles in {out}, each as .bundle and .sig under its hash.")
    return 0
