"""The command of the recipients' web page: checking-page."""

import argparse
import json

from certserver.composition.checking import serve_checking_page
from certserver.composition.web import WebPlan


def run_checking_page(parsed: argparse.Namespace) -> int:
    """Serves the page; prints one line of JSON when it can be reached."""

    def ready(port: int) -> None:
        print(json.dumps({"event": "serving", "port": port}), flush=True)

    hosts = parsed.host or ["localhost", "127.0.0.1"]
    return serve_checking_page(WebPlan(parsed.home, parsed.listen, parsed.port, hosts, parsed.proxy), ready)
