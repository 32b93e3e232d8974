"""Tables of who may take part: terminals with their X.509s and what they last told, codes by which one enrols, and what
every node must be like (I8). No code is here as it is typed, and no key but public ones' hashes."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text

from certserver.storage.metadata import metadata

terminals = Table(
    "terminals",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(64), primary_key=True),
    Column("outlet", String(64), nullable=False, comment="where it stands; hours are set by outlet"),
    Column("outlet_kind", String(32), nullable=False, comment="convenience-store, post-office or municipal"),
    Column("withdrawn", Boolean(create_constraint=False), nullable=False),
    Column("build", String(32), nullable=False, comment="as it said at its last heartbeat; empty before the first"),
    Column("wire_schema", Integer, nullable=False, comment="as it said at its last heartbeat; 0 before the first"),
    Column("told_at", BigInteger, nullable=False, comment="when build and schema were last told differently"),
    Column("seen_at", BigInteger, nullable=False, comment="its last heartbeat, to a minute; 0 before the first"),
    Column("told", Text, nullable=False, comment="JSON of what it last told of devices and debts"),
    comment="Terminals that this municipality admits",
)

terminal_x509s = Table(
    "terminal_x509s",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(64), primary_key=True),
    Column("x509_hash", LargeBinary(32), primary_key=True, comment="SHA-256 of the client X.509"),
    Column("key_hash", LargeBinary(32), nullable=True, comment="SHA-256 of its public key; absent in old rows"),
    Column("ends_at", BigInteger, nullable=True, comment="after which TLS takes it no more; absent in old rows"),
    Column("added_at", BigInteger, nullable=False),
    Column("way", String(16), nullable=False, comment="admitted, enrolled, renewed or introduced"),
    Column("revoked_at", BigInteger, nullable=True),
    Column("x509", LargeBinary, nullable=True, comment="DER, of those made here"),
    comment="By what each terminal proves itself: the next one counts beside the one before it",
)

terminal_codes = Table(
    "terminal_codes",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(64), primary_key=True),
    Column("code_hash", LargeBinary(32), nullable=False, comment="SHA-256 of the random one-time code"),
    Column("outlet", String(64), nullable=False),
    Column("outlet_kind", String(32), nullable=False),
    Column("anew", Boolean(create_constraint=False), nullable=False, comment="in place of what it had"),
    Column("made_by", String(64), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=True),
    Column("key_hash", LargeBinary(32), nullable=True, comment="of the public key that it was used for"),
    comment="One-time codes: a terminal gets its X.509 by one",
)

terminal_logs = Table(
    "terminal_logs",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(64), primary_key=True),
    Column("asked_at", BigInteger, nullable=False),
    Column("asked_by", String(64), nullable=False),
    Column("sent_at", BigInteger, nullable=True, comment="absent until the terminal has sent it"),
    Column("lines", Text, nullable=False, comment="JSON of lines with listed fields; nothing personal"),
    comment="The log that an officer last asked a terminal for",
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
