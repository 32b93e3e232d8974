"""One worker: a gRPC server over a node, and the work that comes round by the clock."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import grpc
import structlog

from certserver.composition.clock import elapsed, rest
from certserver.composition.enrolling import Enrolling, start_enrolling
from certserver.composition.metrics import CallMetrics
from certserver.composition.node import Node
from certserver.composition.server_x509 import TlsOnDisk, renew_when_due
from certserver.errors import StorageError
from certserver.ledger.anchors import keep_anchor
from certserver.ledger.audit import AuditHead
from certserver.ledger.state import read_state
from certserver.office.reports.following import follow_logs
from certserver.pipeline.card_applications.erasing import erase_on_schedule
from certserver.pipeline.card_applications.following import Follower
from certserver.pipeline.card_applications.procedure_rows import forget_procedures
from certserver.pipeline.card_applications.records import follow_records
from certserver.pipeline.card_applications.stepping import forget_requests
from certserver.pipeline.debts import keep_debt
from certserver.pipeline.enrol import let_lapse
from certserver.pipeline.purge import purge
from certserver.pipeline.staff.sessions import forget_staff
from certserver.pipeline.staff_calls import keep_staff_call
from certserver.ports import unix
from certserver.service.edge import Edge
from certserver.service.pace import Pace
from certserver.service.server import Services, make_server
from certserver.service.simulated_parties import simulated_parties

PORTIONS_A_ROUND = 2
"""How much is added to the sums of reports in one round: more than a round brings."""

GRACE_S = 10.0
"""How long calls under way may take when the server stops."""


@dataclass(slots=True)
class Worker:
    """A worker that serves. `port` is the one it has."""

    node: Node
    server: grpc.Server
    executor: ThreadPoolExecutor
    port: int
    enrolling: Enrolling | None = None
    """Where terminals enrol: one worker of a node does that."""

    def stop(self, grace: float = GRACE_S) -> None:
        """Takes no more calls, lets those under way end, and keeps the audit log's head."""
        if self.enrolling is not None:
            self.enrolling.stop()
        self.server.stop(grace).wait()
        self.executor.shutdown()
        keep_head(self.node)
        self.node.close()


def start_worker(node: Node, address: str, number: int = 0) -> Worker:
    """A worker of a node at `host:port`. Raises `ConfigurationError`."""
    settings = node.settings
    metrics = CallMetrics()
    log = structlog.get_logger().bind(worker=number)

    def call_ended(*, method: str, terminal: str, status: str, seconds: float, fault: str) -> None:
        metrics.call_ended(method, status, seconds)
        fields = {"method": method, "terminal": terminal, "status": status, "seconds": round(seconds, 4)}
        if fault:
            log.error("fault", fault=fault, **fields)
        elif method != "Heartbeat" or status != "OK":
            log.info("call", **fields)

    def staff_called(*, terminal: str, occasion: str, reference: str, yen: int) -> None:
        # First of all: one that is not kept fails the heartbeat, and the terminal tells it again.
        keep_debt(node.parts, settings.municipality, terminal, occasion, reference, yen)
        metrics.staff_called(terminal, occasion)
        log.warning("staff called", terminal=terminal, occasion=occasion, reference=reference)
        try:
            keep_staff_call(node.parts, settings.municipality, terminal, occasion)
        except StorageError as error:
            # Whoever is on duty was told; only the report will lack it.
            log.error("staff call not kept", fault=type(error).__name__)

    executor = ThreadPoolExecutor(settings.threads)
    services = Services(
        node.issuance, node.enrolment, node.directory, node.applications, node.staff, node.terminal_x509s
    )
    edge = Edge(Pace(elapsed, rest), call_ended, staff_called)
    tls = TlsOnDisk(node.home, settings)
    server, port = make_server(address, tls.first, executor, services, edge, tls.newer)
    enrolling = None
    if number == 0 and settings.enrolment_listen:
        # It reads them for itself: what one server has seen the other one has not.
        enrolling = start_enrolling(node, TlsOnDisk(node.home, settings), settings.enrolment_listen, edge)
    server.start()
    if settings.metrics:
        host, _, first = settings.metrics.rpartition(":")
        metrics.serve(host, int(first) + number)
    return Worker(node, server, executor, port, enrolling)


def keep_house(node: Node) -> None:
    """What comes round by the clock: forgets what ran out, keeps the audit log's head."""
    purge(node.parts)
    let_lapse(node.parts)
    forget_requests(node.application_parts)
    forget_procedures(node.application_parts)
    follow_records(node.application_parts)
    erase_on_schedule(node.application_parts)
    forget_staff(node.staff_parts)
    follow_logs(node.parts.database, node.settings.municipality, PORTIONS_A_ROUND)
    keep_head(node)


def keep_x509(node: Node) -> None:
    """Renews what a node's servers prove themselves by near its end, where that can be done here. Raises
    `ConfigurationError`."""
    if renew_when_due(node.home, node.settings, node.parts.clock) is not None:
        structlog.get_logger().info("server X.509 renewed")


@contextmanager
def following(node: Node, number: int = 0) -> Iterator[Callable[[], None]]:
    """What goes on with approved applications, round by round, at the simulators that the settings name. One worker of
    a node does it; nobody does where none are named."""
    address = node.settings.simulated_parties
    if number or not address:
        yield lambda: None
        return
    log = structlog.get_logger().bind(worker=number)
    with simulated_parties(address) as parties:
        follower = Follower(node.application_parts, parties)

        def go_on() -> None:
            done = follower.round()
            for party in sorted(done.away, key=lambda each: each.value):
                log.warning("simulated party away", party=party.value)
            for party in sorted(done.refused, key=lambda each: each.value):
                log.warning("simulated party refused", party=party.value)

        yield go_on


def keep_head(node: Node) -> None:
    """Signs the head of the audit log and keeps it apart from the database."""
    code = node.settings.municipality
    with node.parts.database.reading() as connection:
        state = read_state(connection, code)
        if state is None:
            return
        key = node.parts.keys.in_force(connection, state, unix(node.parts.clock.now()))
    # Without a key nothing is issued; the next head is signed by the next key.
    if key is not None:
        head = AuditHead(code, state.audit_seq, state.audit_hash)
        keep_anchor(node.home / node.settings.audit_heads, head, key)
