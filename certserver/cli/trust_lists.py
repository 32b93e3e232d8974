"""The command of the signed trust list: trust-list export."""

import argparse
import os
from pathlib import Path

from certserver.cli.opened import opened
from certserver.composition.clock import SystemClock
from certserver.composition.stores import open_keys
from certserver.pipeline.settings import SettingsCache
from certserver.pipeline.trust_lists import TrustLists
from certserver.ports import in_japan, unix


def trust_list_export(parsed: argparse.Namespace) -> int:
    """Writes list, signature and the key they are checked with."""
    with opened(parsed) as at_hand:
        keys = open_keys(at_hand.home, at_hand.settings)
        lists = TrustLists(at_hand.database, SettingsCache(), keys.directory, at_hand.municipality)
        exported = lists.in_force(unix(SystemClock().now()))
    out: Path = parsed.folder
    out.mkdir(parents=True, exist_ok=True)
    (out / "trust-list.bin").write_bytes(exported.evidence)
    (out / "trust-list.sig").write_bytes(exported.signature)
    (out / "trust-list.pub").write_text(keys.directory.public_key.public_bytes_raw().hex() + os.linesep)
    until = f"{in_japan(exported.trust_list.expires_at):%Y-%m-%d %H:%M}"
    print(f"{out / 'trust-list.bin'}, .sig and .pub: number {exported.trust_list.number}, good until {until} (Japan).")
    print("Recipients must know the key (.pub) by another way than this folder, or compare it.")
    return 0
