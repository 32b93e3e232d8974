"""The gRPC server: mutual TLS always, bounded messages, one port that several processes may share."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import grpc

from certserver.errors import ConfigurationError
from certserver.service.applications import ApplicationService
from certserver.service.bounds import MAX_REQUEST
from certserver.service.directory import DirectoryService
from certserver.service.edge import (
    Edge,
    application_handlers,
    directory_handlers,
    enrolment_handlers,
    issuance_handlers,
    staff_handlers,
)
from certserver.service.enrolment import EnrolmentService
from certserver.service.issuance import IssuanceService
from certserver.service.staff import StaffService

MAX_WAITING_CALLS = 64
"""Calls that a worker takes at once; more are told RESOURCE_EXHAUSTED, so that nobody waits without end."""


@dataclass(frozen=True, slots=True, repr=False)
class TlsFiles:
    """PEM bytes: the server's key and X.509 chain, and the CA that terminals' X.509s stand under."""

    key: bytes
    x509_chain: bytes
    client_ca: bytes

    def __repr__(self) -> str:
        return "<TlsFiles>"


@dataclass(frozen=True, slots=True)
class Services:
    """What one server answers."""

    issuance: IssuanceService
    enrolment: EnrolmentService
    directory: DirectoryService
    applications: ApplicationService
    staff: StaffService


def make_server(
    address: str,
    tls: TlsFiles,
    executor: ThreadPoolExecutor,
    services: Services,
    edge: Edge,
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
    credentials = grpc.ssl_server_credentials(
        [(tls.key, tls.x509_chain)], root_certificates=tls.client_ca, require_client_auth=True
    )
    try:
        port = server.add_secure_port(address, credentials)
    except RuntimeError as error:
        raise ConfigurationError(
            f"{address} can't be had: is another server there, or is the TLS key wrong?"
        ) from error
    return server, port
