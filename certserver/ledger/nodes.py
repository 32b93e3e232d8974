"""What a municipality allows its nodes to be (I8). Every change is noted in the audit log."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from certserver.errors import ConfigurationError
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.storage.admission import node_rules
from koufu.evidence.codec import Writer
from koufu.release import BUILD, WIRE_SCHEMA, build_number


@dataclass(frozen=True, slots=True)
class FontFile:
    """A further font for values: its file name, which stands in the PDF, and the SHA-256 of its content."""

    name: str
    content: bytes


def configuration_digest(
    topology: str, centre_key: bytes, secret_check: bytes, terminal_cas: Set[bytes], fonts: Sequence[FontFile] = ()
) -> bytes:
    """What all server nodes of a municipality must share, in 32 bytes: how many they may be, the public key
    of their issuance centre, a fingerprint of their storage secret, the CAs that terminals stand under (SHA-256 of
    each in DER), and the further fonts that a name may be drawn with, in their order. The municipality's own keys stand
    in its database."""
    writer = Writer("koufu/node/4")
    writer.text(topology)
    writer.raw(centre_key)
    writer.raw(secret_check)
    writer.number(len(terminal_cas))
    for ca in sorted(terminal_cas):
        writer.raw(ca)
    writer.number(len(fonts))
    for font in fonts:
        writer.text(font.name)
        writer.raw(font.content)
    return sha256(writer.done()).digest()


def allow_nodes(
    connection: Connection, book: Book, minimum_server: str, minimum_terminal: str, configuration: bytes, at: int
) -> None:
    """Sets what nodes may be from now on. Builds are `1.2.3`. Raises `ConfigurationError` for another form."""
    for build in (minimum_server, minimum_terminal):
        if build_number(build) is None:
            raise ConfigurationError(f"{build} is no build: three numbers with dots are expected, as in {BUILD}")
    municipality = book.state.municipality
    connection.execute(delete(node_rules).where(node_rules.c.municipality == municipality))
    connection.execute(
        insert(node_rules).values(
            municipality=municipality,
            minimum_server_build=minimum_server,
            minimum_terminal_build=minimum_terminal,
            wire_schema=WIRE_SCHEMA,
            configuration=configuration,
        )
    )
    what = f"nodes: server {minimum_server}, terminal {minimum_terminal}, {configuration.hex()}"
    book.note(AuditEntry(at, AuditEvent.CONFIGURED, book.actor, {"what": what}))


def check_node(connection: Connection, municipality: str, configuration: bytes) -> None:
    """Raises `ConfigurationError` unless this build with this configuration may serve the municipality."""
    rules = connection.execute(select(node_rules).where(node_rules.c.municipality == municipality)).first()
    if rules is None:
        raise ConfigurationError(f"municipality {municipality} is not set up here: run `koufu-server init`")
    least, own = build_number(rules.minimum_server_build), build_number(BUILD)
    if least is None or own is None or own < least:
        raise ConfigurationError(
            f"this is build {BUILD}, municipality {municipality} wants {rules.minimum_server_build} or newer: update it"
        )
    if rules.wire_schema != WIRE_SCHEMA:
        raise ConfigurationError(
            f"this build speaks wire schema {WIRE_SCHEMA}, municipality {municipality} allows {rules.wire_schema}"
        )
    if rules.configuration != configuration:
        raise ConfigurationError(
            "keys, secret, CA of terminals, fonts or topology of this node are not those that municipality "
            f"{municipality} allows. "
            "If the change is meant, say so with `koufu-server node allow`"
        )


def set_minimum_terminal(connection: Connection, book: Book, minimum: str, at: int) -> None:
    """Sets the least build of terminals from now on. Raises `ConfigurationError` for what is no build, and where the
    municipality is not set up."""
    if build_number(minimum) is None:
        raise ConfigurationError(f"{minimum} is no build: three numbers with dots are expected, as in {BUILD}")
    set_now = connection.execute(
        update(node_rules)
        .where(node_rules.c.municipality == book.state.municipality)
        .values(minimum_terminal_build=minimum)
    )
    if set_now.rowcount != 1:
        raise ConfigurationError("the municipality is not set up here: run `koufu-server init`")
    book.note(AuditEntry(at, AuditEvent.CONFIGURED, book.actor, {"what": f"nodes: terminal {minimum}"}))
