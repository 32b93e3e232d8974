"""Tables of who may take part: terminals with their X.509, and what every node must be like (I8)."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table

from certserver.storage.metadata import metadata

terminals = Table(
    "terminals",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(64), primary_key=True),
    Column("outlet", String(64), nullable=False, comment="where it stands; hours are set by outlet"),
    Column("outlet_kind", String(32), nullable=False, comment="convenience-store, post-office or municipal"),
    Column("x509_hash", LargeBinary(32), nullable=False, comment="SHA-256 of its client X.509"),
    Column("withdrawn", Boolean(create_constraint=False), nullable=False),
    Column("build", String(32), nullable=False, comment="as it said at its last heartbeat; empty before the first"),
    Column("wire_schema", Integer, nullable=False, comment="as it said at its last heartbeat; 0 before the first"),
    Column("told_at", BigInteger, nullable=False, comment="when build and schema were last told differently"),
    comment="Terminals that this municipality admits",
)

node_rules = Table(
    "node_rules",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("minimum_server_build", String(32), nullable=False),
    Column("minimum_terminal_build", String(32), nullable=False),
    Column("wire_schema", Integer, nullable=False),
    Column("configuration", LargeBinary(32), nullable=False, comment="SHA-256 of what every server node must share"),
    comment="What the municipality allows its nodes to be",
)
