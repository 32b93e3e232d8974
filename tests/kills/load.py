"""Another terminal that orders at the same server all the while, one document after the other, straight at its port:
what is under way when a worker is killed is tried again under the same attempt. `python -m tests.kills.load SITE PORT
FILE`: a line of JSON for each order that was begun, and for each that was answered."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO, TypeVar

import grpc
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hardware.card.virtual.folder import CardFolder
from kiosk.demo.stage.site import MUNICIPALITY, DemoSite
from koufu.v1.issuance_pb2_grpc import IssuanceStub
from tests.support.server_visit import SEAL, Visit, WireLine

TERMINAL = "kiosk-2"
PACE_S = 0.5
AGAIN_S = 0.3

T = TypeVar("T")


class Gone(Exception):
    """The server forgot the session, or refuses: the visit begins anew. Says what it said."""


def insisting(call: Callable[[], T]) -> T:
    """Asks until there is an answer."""
    while True:
        try:
            return call()
        except grpc.RpcError:
            time.sleep(AGAIN_S)


def visit(line: WireLine, site: DemoSite, resident: str, told: TextIO) -> None:
    """One order up to its outcome."""
    # Nobody looks into these documents, so nobody holds a statement against a key.
    key = Ed25519PrivateKey.generate().public_key()
    at = Visit(line, key, TERMINAL, CardFolder(site.cards).card(resident), MUNICIPALITY)
    # A server serves nobody who has not said what they are.
    insisting(lambda: line.heartbeat(MUNICIPALITY))
    opened = insisting(at.open)
    if not opened.HasField("opened"):
        raise Gone(opened)
    answered = insisting(at.answer_challenge)
    if not answered.HasField("offer"):
        raise Gone(answered)
    order = at.order(SEAL)
    say(told, {"begun": order.order_id.hex()})
    prepared = insisting(lambda: at.prepare(order))
    if not at.documents:
        raise Gone(prepared)
    released = insisting(at.release)
    if not released[0].HasField("issued"):
        raise Gone(released)
    say(told, {"order": order.order_id.hex(), "documents": [each.document_no for each in at.documents]})
    insisting(at.report)
    say(told, {"reported": order.order_id.hex()})


def say(told: TextIO, what: dict[str, object]) -> None:
    """A line."""
    told.write(json.dumps(what) + "\n")
    told.flush()


def main(site: DemoSite, port: int, file: Path) -> None:
    """Until it is killed."""
    tls = site.home / "terminals" / TERMINAL
    ca, own_key, own = ((tls / name).read_bytes() for name in ("ca.pem", "terminal.key", "terminal.pem"))
    residents = sorted(each.name for each in (site.cards / "cards").iterdir())
    channel = grpc.secure_channel(f"localhost:{port}", grpc.ssl_channel_credentials(ca, own_key, own))
    line = WireLine(IssuanceStub(channel))
    number = 0
    with file.open("a") as told:
        while True:
            number += 1
            try:
                visit(line, site, residents[number % len(residents)], told)
            except Gone as gone:
                say(told, {"gone": str(gone)})
            time.sleep(PACE_S)


if __name__ == "__main__":
    main(DemoSite(Path(sys.argv[1])), int(sys.argv[2]), Path(sys.argv[3]))
