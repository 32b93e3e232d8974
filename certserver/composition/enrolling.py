"""The port on which terminals enrol, beside that of a node: started by one of its workers, with few threads of its own,
so that strangers keep no terminal from being served."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import grpc
import structlog

from certserver.composition.clock import elapsed
from certserver.composition.node import Node
from certserver.composition.server_x509 import TlsOnDisk
from certserver.service.edge import Edge
from certserver.service.server import make_enrolling_server
from certserver.service.terminals import EnrollingService
from certserver.web.pace import Pace

_THREADS = 2
_BURST = 10
_EVERY_S = 10.0
"""Whoever enrols asks once; offices share an address."""


@dataclass(slots=True)
class Enrolling:
    """Where terminals enrol now. `port` is the one it has."""

    server: grpc.Server
    executor: ThreadPoolExecutor
    port: int

    def stop(self) -> None:
        """Takes no more calls; whoever is cut off asks again and gets the same."""
        self.server.stop(None).wait()
        self.executor.shutdown()


def start_enrolling(node: Node, tls: TlsOnDisk, address: str, edge: Edge) -> Enrolling:
    """Lets terminals enrol at `host:port`. Raises `ConfigurationError`."""
    executor = ThreadPoolExecutor(_THREADS)
    pace = Pace(elapsed, burst=_BURST, every_s=_EVERY_S, lock=Lock())
    service = EnrollingService(node.terminal_parts, pace.wait)
    server, port = make_enrolling_server(address, tls.first, executor, service, edge, tls.newer)
    server.start()
    structlog.get_logger().info("enrolling", port=port)
    return Enrolling(server, executor, port)
