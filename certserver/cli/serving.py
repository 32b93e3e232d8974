"""The command that serves: serve."""

import argparse
import json

from certserver.composition.serve import Plan, serve
from certserver.composition.settings import load_settings


def run_server(parsed: argparse.Namespace) -> int:
    """Serves; prints one line of JSON when terminals can come."""
    settings = load_settings(parsed.home)
    address = parsed.listen or settings.listen
    if parsed.port is not None:
        address = f"{address.rpartition(':')[0]}:{parsed.port}"
    workers = parsed.workers or settings.workers

    def ready(port: int) -> None:
        print(json.dumps({"event": "serving", "port": port, "workers": workers}), flush=True)

    return serve(Plan(parsed.home, address, workers, parsed.port), ready)
