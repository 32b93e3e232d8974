"""A municipality's ledger as a recipient meets it: an HTTP server on this machine that gives one answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any


@dataclass(slots=True)
class Ledger:
    """Where it is, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def answering(answer: object, status: int = 200, location: str | None = None) -> Iterator[Ledger]:
    """Answers every question with this; bytes as they are, everything else as JSON."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            ledger.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            if location is not None:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    ledger = Ledger(f"http://127.0.0.1:{server.server_port}/status")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield ledger
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
