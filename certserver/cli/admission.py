"""The commands that say which terminals are served and what the nodes of the municipality may be: terminal, node."""

import argparse

from certserver.cli.opened import changing, opened, read_file
from certserver.composition.clock import SystemClock
from certserver.composition.home import add_terminal, admit
from certserver.composition.stores import node_digest, open_keys
from certserver.ledger.nodes import allow_nodes, withdraw_terminal
from certserver.outlets import Outlet, OutletKind
from certserver.ports import unix


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
    with opened(parsed) as at_hand:
        admit(at_hand.home, at_hand.settings, parsed.name, _outlet(parsed), read_file(parsed.x509), SystemClock())
    print(f"{parsed.name} is admitted.")
    return 0


def terminal_withdraw(parsed: argparse.Namespace) -> int:
    """Withdraws a terminal."""
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        withdraw_terminal(connection, book, parsed.name, unix(SystemClock().now()))
    print(f"{parsed.name} is served no more.")
    return 0


def allow(parsed: argparse.Namespace) -> int:
    """Allows this node as it is."""
    with opened(parsed) as at_hand:
        digest = node_digest(at_hand.home, at_hand.settings, open_keys(at_hand.home, at_hand.settings))
        with changing(at_hand) as (connection, book):
            at = unix(SystemClock().now())
            allow_nodes(connection, book, parsed.minimum_server, parsed.minimum_terminal, digest, at)
    builds = f"servers from {parsed.minimum_server}, terminals from {parsed.minimum_terminal}"
    print(f"Allowed: {builds}, these keys and fonts.")
    return 0


def _outlet(parsed: argparse.Namespace) -> Outlet:
    return Outlet(parsed.outlet, OutletKind(parsed.outlet_kind))
