"""Which terminals are served, and what the nodes of the municipality may be."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from certserver.errors import ConfigurationError
from certserver.ledger.nodes import allow_nodes
from certserver.ledger.terminals import admit_terminal, withdraw_terminal
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.outlets import Outlet
from certserver.storage.admission import terminals


def outlets(desk: Desk) -> frozenset[str]:
    """Where terminals stand, by name."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        of_it = select(terminals.c.outlet).where(terminals.c.municipality == desk.municipality)
        return frozenset(connection.scalars(of_it.distinct()))


def admit(desk: Desk, name: str, outlet: Outlet, x509_pem: bytes) -> None:
    """Admits a terminal by its X.509 (PEM), in place of one of that name. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_TERMINALS)
    try:
        der = x509.load_pem_x509_certificate(x509_pem).public_bytes(Encoding.DER)
    except ValueError as error:
        raise ConfigurationError("this is no X.509 in PEM") from error
    with desk.changing() as (connection, book):
        admit_terminal(connection, book, name, outlet, der, desk.now())


def withdraw(desk: Desk, name: str) -> None:
    """Serves a terminal no more, from now on. Raises `ConfigurationError` when there is none of that name."""
    desk.demand(Right.KEEP_TERMINALS)
    with desk.changing() as (connection, book):
        withdraw_terminal(connection, book, name, desk.now())


def allow(desk: Desk, minimum_server: str, minimum_terminal: str, configuration: bytes) -> None:
    """Sets the least builds, and that nodes are configured as this one (its digest). Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_TERMINALS)
    with desk.changing() as (connection, book):
        allow_nodes(connection, book, minimum_server, minimum_terminal, configuration, desk.now())
