"""The commands of the municipality's console: console, admin create."""

import argparse
import json
from urllib.parse import urlencode

from certserver.cli.demo_office import make_demo_office
from certserver.cli.opened import at_desk
from certserver.composition.console import serve_console
from certserver.composition.web import WebPlan
from certserver.office.people import create_administrator
from certserver.office.signing_in.ways_in import LIVES_S


def run_console(parsed: argparse.Namespace) -> int:
    """Serves the console; prints one line of JSON when it can be reached, and for a demonstration where to go."""
    if parsed.demo:
        make_demo_office(parsed.home)

    def ready(port: int) -> None:
        print(json.dumps({"event": "serving", "port": port}), flush=True)
        if parsed.demo:
            print(f"Open http://localhost:{port}/demo in a browser; stop with Ctrl+C.", flush=True)

    hosts = parsed.host or ["localhost", "127.0.0.1"]
    return serve_console(WebPlan(parsed.home, parsed.listen, parsed.port, hosts, parsed.proxy), ready, demo=parsed.demo)


def admin_create(parsed: argparse.Namespace) -> int:
    """Enters an administrator."""
    with at_desk(parsed) as desk:
        code = create_administrator(desk, parsed.mark, parsed.name)
    print(f"{parsed.mark} is an administrator. Their one-time way in, good for {LIVES_S // 3600} hours:")
    print(f"  {code}")
    print("They type it on this page; it stands in no address, since browsers and proxies keep those:")
    print(f"  {parsed.address}/enter?{urlencode({'mark': parsed.mark})}")
    return 0
