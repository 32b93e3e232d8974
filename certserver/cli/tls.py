"""The commands for what the server proves itself by to terminals: tls show, tls renew."""

import argparse

from certserver.composition.clock import SystemClock
from certserver.composition.server_x509 import CA_WARNED_BEFORE, WARNED_BEFORE, Standing, renew, server_x509
from certserver.composition.settings import load_settings

ENDS_SOON = 1


def show(parsed: argparse.Namespace) -> int:
    """Shows it; ends with 1 when something ends soon."""
    standing = server_x509(parsed.home, load_settings(parsed.home))
    now = SystemClock().now()
    _tell(standing)
    soon = [standing.ends_at - now < WARNED_BEFORE, *(end - now < CA_WARNED_BEFORE for end in standing.cas_end_at)]
    if any(soon):
        print("Something of it ends soon: docs/operating/server.md says what to do.")
    return ENDS_SOON if any(soon) else 0


def renew_it(parsed: argparse.Namespace) -> int:
    """Renews it."""
    _tell(renew(parsed.home, load_settings(parsed.home), SystemClock(), tuple(parsed.host)))
    print("Servers that run take it at their next connection.")
    return 0


def _tell(standing: Standing) -> None:
    where = "renewed here" if standing.ca is not None else "brought from elsewhere"
    print(f"The server's X.509 for {', '.join(standing.hosts)} counts until {standing.ends_at.isoformat()}; {where}.")
    for end in standing.cas_end_at:
        print(f"A CA of terminals counts until {end.isoformat()}.")
