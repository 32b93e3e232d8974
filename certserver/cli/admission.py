"""The commands that say which terminals are served and what the nodes of the municipality may be: terminal, node."""

import argparse

from certserver.cli.opened import at_desk, opened, read_file
from certserver.composition.clock import SystemClock
from certserver.composition.home import add_terminal
from certserver.composition.stores import node_digest, open_keys
from certserver.office.terminals import changing as terminals
from certserver.outlets import Outlet, OutletKind


def terminal_add(parsed: argparse.Namespace) -> int:
    """Admits a terminal under the development CA."""
    with opened(parsed) as at_hand:
        bundle = add_terminal(at_hand.home, at_hand.settings, parsed.name, _outlet(parsed), SystemClock())
    print(f"{parsed.name} is admitted. Bring these files to it, its key by a safe way:")
    for file in (bundle.key, bundle.x509, bundle.server_ca, bundle.directory_key):
        print(f"  {file}")
    return 0


def terminal_admit(parsed: argparse.Namespace) -> int:
    """Admits a terminal with an X.509 from elsewhere."""
    with at_desk(parsed) as desk:
        terminals.admit(desk, parsed.name, _outlet(parsed), read_file(parsed.x509))
    print(f"{parsed.name} is admitted.")
    return 0


def terminal_withdraw(parsed: argparse.Namespace) -> int:
    """Withdraws a terminal."""
    with at_desk(parsed) as desk:
        terminals.withdraw(desk, parsed.name)
    print(f"{parsed.name} is served no more.")
    return 0


def allow(parsed: argparse.Namespace) -> int:
    """Allows this node as it is."""
    with opened(parsed) as at_hand:
        digest = node_digest(at_hand.home, at_hand.settings, open_keys(at_hand.home, at_hand.settings))
        terminals.allow(at_hand.desk(), parsed.minimum_server, parsed.minimum_terminal, digest)
    builds = f"servers from {parsed.minimum_server}, terminals from {parsed.minimum_terminal}"
    print(f"Allowed: {builds}, these keys, CAs of terminals and fonts.")
    return 0


def _outlet(parsed: argparse.Namespace) -> Outlet:
    return Outlet(parsed.outlet, OutletKind(parsed.outlet_kind))
