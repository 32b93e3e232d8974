"""The gRPC servers: mutual TLS, bounded messages, one port that several processes may share; and beside it the one port
where terminals enrol that have no X.509 yet."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import cast

import grpc

from certserver.errors import ConfigurationError
from certserver.service.applications import ApplicationService
from certserver.service.bounds import MAX_REQUEST
from certserver.service.directory import DirectoryService
from certserver.service.edge import (
    Edge,
    application_handlers,
    directory_handlers,
    enrolling_handlers,
    enrolment_handlers,
    issuance_handlers,
    staff_handlers,
    terminal_x509_handlers,
)
from certserver.service.enrolment import EnrolmentService
from certserver.service.issuance import IssuanceService
from certserver.service.staff import StaffService
from certserver.service.terminals import EnrollingService, TerminalX509Service

MAX_WAITING_CALLS = 64
"""Calls that a worker takes at once; more are told RESOURCE_EXHAUSTED, so that nobody waits without end."""


MAX_ENROLLING_CALLS = 8
MAX_ENROLLING_REQUEST = 8 * 1024
"""Bytes of one request message."""


@dataclass(frozen=True, slots=True, repr=False)
class TlsFiles:
    """PEM bytes: the server's key and X.509 chain, and the CA that terminals' X.509s stand under."""

    key: bytes
    x509_chain: bytes
    client_ca: bytes

    def __repr__(self) -> str:
        return "<TlsFiles>"


Newer = Callable[[], TlsFiles | None]
"""Asked with each connection: what took the place of what a server proves itself by, None while nothing did."""


@dataclass(frozen=True, slots=True)
class Services:
    """What one server answers."""

    issuance: IssuanceService
    enrolment: EnrolmentService
    directory: DirectoryService
    applications: ApplicationService
    staff: StaffService
    terminal_x509s: TerminalX509Service


def make_server(
    address: str,
    tls: TlsFiles,
    executor: ThreadPoolExecutor,
    services: Services,
    edge: Edge,
    newer: Newer,
) -> tuple[grpc.Server, int]:
    """A server that is not started yet, and the port it has. `address` is `host:port`, port 0 for any. Raises
    `ConfigurationError` when the port can't be had."""
    server = grpc.server(
        executor,
        handlers=[
            issuance_handlers(services.issuance, edge),
            enrolment_handlers(services.enrolment, edge),
            directory_handlers(services.directory, edge),
            application_handlers(services.applications, edge),
            staff_handlers(services.staff, edge),
            terminal_x509_handlers(services.terminal_x509s, edge),
        ],
        maximum_concurrent_rpcs=MAX_WAITING_CALLS,
        options=(
            ("grpc.so_reuseport", 1),
            ("grpc.max_receive_message_length", MAX_REQUEST),
            ("grpc.max_metadata_size", 8 * 1024),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
            ("grpc.http2.max_ping_strikes", 4),
            ("grpc.max_connection_age_ms", 3_600_000),
        ),
    )
    return server, _port(server, address, _credentials(tls, newer, mutual=True))


def make_enrolling_server(
    address: str, tls: TlsFiles, executor: ThreadPoolExecutor, service: EnrollingService, edge: Edge, newer: Newer
) -> tuple[grpc.Server, int]:
    """The one server that asks for no client X.509: it enrols terminals and does nothing else, few and small calls at
    once. Not started yet; with the port it has. Raises `ConfigurationError` when the port can't be had."""
    server = grpc.server(
        executor,
        handlers=[enrolling_handlers(service, edge)],
        maximum_concurrent_rpcs=MAX_ENROLLING_CALLS,
        options=(
            ("grpc.so_reuseport", 0),
            ("grpc.max_receive_message_length", MAX_ENROLLING_REQUEST),
            ("grpc.max_metadata_size", 4 * 1024),
            ("grpc.max_concurrent_streams", 2),
            ("grpc.max_connection_age_ms", 60_000),
            ("grpc.max_connection_age_grace_ms", 5_000),
        ),
    )
    return server, _port(server, address, _credentials(tls, newer, mutual=False))


def _credentials(tls: TlsFiles, newer: Newer, *, mutual: bool) -> grpc.ServerCredentials:
    """With a CA of clients where TLS is `mutual`; whatever is newer takes its place without a new start."""

    def configuration(files: TlsFiles) -> grpc.ServerCertificateConfiguration:
        return grpc.ssl_server_certificate_configuration(
            [(files.key, files.x509_chain)], root_certificates=files.client_ca if mutual else None
        )

    def fetch() -> grpc.ServerCertificateConfiguration | None:
        found = newer()
        return None if found is None else configuration(found)

    # The library takes None for no change, which its stubs leave out.
    fetching = cast("Callable[[], grpc.ServerCertificateConfiguration]", fetch)
    return grpc.dynamic_ssl_server_credentials(configuration(tls), fetching, require_client_authentication=mutual)


def _port(server: grpc.Server, address: str, credentials: grpc.ServerCredentials) -> int:
    try:
        return server.add_secure_port(address, credentials)
    except RuntimeError as error:
        raise ConfigurationError(
            f"{address} can't be had: is another server there, or is the TLS key wrong?"
        ) from error
