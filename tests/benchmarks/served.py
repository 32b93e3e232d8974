"""A server over the demonstration's site, and one terminal and one card of it for visits on the wire."""

from collections.abc import Iterator
from contextlib import contextmanager

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from kiosk.demo.stage.processes import Running, running_server
from kiosk.demo.stage.site import MAIN_CARD, MUNICIPALITY, TERMINAL, DemoSite
from koufu.release import BUILD, WIRE_SCHEMA
from koufu.v1 import issuance_pb2 as wire
from koufu.v1.issuance_pb2_grpc import IssuanceStub
from tests.benchmarks.visit import DEADLINE_S, Holder, Station


def holder_of(site: DemoSite) -> Holder:
    """Whose card it is that every visit comes with."""
    folder = site.cards / "cards" / MAIN_CARD.name
    key = load_pem_private_key((folder / "user-auth.key").read_bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    leaf = x509.load_pem_x509_certificate((folder / "user-auth.pem").read_bytes())
    return Holder(key, leaf.public_bytes(Encoding.DER))


def admitted_at(site: DemoSite, server: Running) -> Station:
    """The site's terminal at its server, admitted. Raises `RuntimeError` when it is not."""
    station = Station(
        f"localhost:{server.port}",
        TERMINAL,
        MUNICIPALITY,
        site.terminal / "ca.pem",
        site.terminal / "terminal.pem",
        site.terminal / "terminal.key",
    )
    with station.channel() as channel:
        beat = wire.HeartbeatRequest(municipality=MUNICIPALITY, build=BUILD, schema=WIRE_SCHEMA)
        answer = IssuanceStub(channel).Heartbeat(beat, timeout=DEADLINE_S)
        if not answer.admitted:
            raise RuntimeError(f"not admitted: {answer.reason}")
    return station


@contextmanager
def served(site: DemoSite, workers: int) -> Iterator[tuple[Running, Station]]:
    """Its server, and the terminal at which visits begin. Raises `RuntimeError` when it is not admitted."""
    with running_server(site.home, site.folder / "server.log", workers=workers) as server:
        yield server, admitted_at(site, server)
