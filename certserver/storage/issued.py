"""Tables of what was decided: ledger, outcomes, audit log and alarms, and the one row a municipality's writers lock.
Rows here are only ever added (the state row and the closing of an alarm excepted)."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from certserver.storage.metadata import metadata

municipality_state = Table(
    "municipality_state",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("settings_revision", Integer, nullable=False, comment="rises with every change of a setting"),
    Column("open_alarms", Integer, nullable=False, comment="no service while it is not 0 (I9)"),
    Column("ledger_seq", BigInteger, nullable=False),
    Column("audit_seq", BigInteger, nullable=False),
    Column("audit_hash", LargeBinary(32), nullable=False),
    comment="Heads of ledger and audit log; its row is the lock under which both are appended",
)

ledger = Table(
    "ledger",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("ledger_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", LargeBinary(16), nullable=False),
    Column("line", Integer, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("document_no", String(16), nullable=False),
    Column("terminal", String(64), nullable=False),
    Column("subject", LargeBinary(32), nullable=False, comment="keyed hash of the X.509's serial"),
    Column("register_version", String(64), nullable=False),
    Column("fee", Integer, nullable=False, comment="yen"),
    Column("statement", LargeBinary, nullable=False, comment="as signed"),
    Column("statement_signature", LargeBinary(64), nullable=False),
    Column("key_id", LargeBinary(8), nullable=False, comment="which key signed it"),
    Column("issued_at", BigInteger, nullable=False),
    Column("scope", String(32), nullable=False, comment="whose data it shows"),
    Column("options", String(256), nullable=False, comment="Option values, comma-separated, sorted"),
    Column("settings_revision", Integer, nullable=True, comment="in force at the release; absent in old entries"),
    Column("terminal_build", String(32), nullable=True, comment="which printed it; absent in old entries"),
    Column("server_build", String(32), nullable=True, comment="which released it; absent in old entries"),
    UniqueConstraint("municipality", "order_id", "line", "copy"),
    UniqueConstraint("municipality", "document_no"),
    # One for each question that officers ask of it: what they find comes in the order of the ledger.
    Index("ix_ledger_kind", "municipality", "kind", "ledger_seq"),
    Index("ix_ledger_server_build", "municipality", "server_build", "ledger_seq"),
    Index("ix_ledger_subject", "municipality", "subject", "ledger_seq"),
    Index("ix_ledger_terminal", "municipality", "terminal", "ledger_seq"),
    Index("ix_ledger_terminal_build", "municipality", "terminal_build", "ledger_seq"),
    comment="Every issued document, once (I7)",
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("document_no", String(16), primary_key=True),
    Column("outcome", String(16), nullable=False, comment="delivered, spoiled, not-printed"),
    Column("sheets_printed", Integer, nullable=False),
    Column("reported_at", BigInteger, nullable=False),
    Column("ledger_seq", BigInteger, nullable=False, comment="of the document: finds what failed in its order"),
    ForeignKeyConstraint(["municipality", "document_no"], ["ledger.municipality", "ledger.document_no"]),
    comment="What became of each issued document",
)
# Nearly all are delivered: those are found by the ledger.
Index(
    "ix_outcomes_failed",
    outcomes.c.municipality,
    outcomes.c.outcome,
    outcomes.c.ledger_seq,
    sqlite_where=outcomes.c.outcome != "delivered",
    postgresql_where=outcomes.c.outcome != "delivered",
)

settlements = Table(
    "settlements",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("order_id", LargeBinary(16), primary_key=True),
    Column("captured", Integer, nullable=False, comment="yen that the municipality keeps"),
    Column("reported_at", BigInteger, nullable=False),
    comment="What was kept of each order's fee",
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("audit_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("event", String(32), nullable=False),
    Column("actor", String(64), nullable=False, comment="a terminal, or operator"),
    Column("detail", Text, nullable=False, comment="JSON of listed fields, no personal data"),
    Column("entry_hash", LargeBinary(32), nullable=False, comment="over the hash before it and this entry"),
    comment="Every decision, chained (I12)",
)

viewed = Table(
    "viewed",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("about", String(64), primary_key=True, comment="number or keyed hash of what was looked at"),
    Column("audit_seq", BigInteger, primary_key=True, autoincrement=False),
    comment="Finds the views of something in the audit log, for whom it is about",
    sqlite_with_rowid=False,
)

alarms = Table(
    "alarms",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("alarm_id", LargeBinary(16), primary_key=True),
    Column("raised_at", BigInteger, nullable=False),
    Column("source", String(64), nullable=False, comment="a terminal, or server"),
    Column("what", String(256), nullable=False),
    Column("closed_at", BigInteger, nullable=True),
    Column("closing_reason", String(256), nullable=True),
    comment="Integrity alarms: service stops until a person closed each (I9)",
)
