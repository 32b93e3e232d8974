"""Tables of visits under way: sessions, orders, and prepared documents until their outcome. Nothing here is kept: what
was issued stands in the ledger."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, LargeBinary, String, Table

from certserver.storage.metadata import metadata

sessions = Table(
    "sessions",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("session_id", LargeBinary(16), primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("nonce", LargeBinary(32), nullable=False),
    Column("challenge", LargeBinary, nullable=False, comment="the challenge as sent"),
    Column("challenge_expires_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("subject", LargeBinary(32), nullable=False, comment="keyed hash of the X.509's serial"),
    Column("encrypted_x509", LargeBinary, nullable=False, comment="the user-authentication X.509, encrypted"),
    Column("resident_id", String(64), nullable=True, comment="absent for whoever lives elsewhere"),
    Column("answered_at", BigInteger, nullable=True, comment="when the card answered; a challenge is answered once"),
    Index("ix_sessions_expires_at", "expires_at"),
    comment="Sessions: 15 minutes at most",
)

orders = Table(
    "orders",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("order_id", LargeBinary(16), primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("session_id", LargeBinary(16), nullable=True, comment="absent when closed before it was prepared"),
    Column("token_hash", LargeBinary(32), nullable=False, comment="SHA-256 of the attempt token: the fence"),
    Column("state", String(16), nullable=False),
    Column("generation", Integer, nullable=False, comment="how often it was prepared anew"),
    Column("evidence", LargeBinary, nullable=True, comment="the order as sent"),
    Column("proof", LargeBinary, nullable=True),
    Column("register_version", String(64), nullable=True),
    Column("issued_on", String(10), nullable=True, comment="the day on the paper, ISO, in Japan"),
    Column("expires_at", BigInteger, nullable=False),
    Column("refusal", String(32), nullable=True, comment="why its release was refused, for an attempt that asks again"),
    Column("refusal_line", Integer, nullable=True),
    Index("ix_orders_expires_at", "expires_at"),
    comment="Orders: prepared, stale, released, closed",
)

prepared_documents = Table(
    "prepared_documents",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("order_id", LargeBinary(16), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("copy", Integer, primary_key=True),
    # Early in the row, so that it never spills into a page of its own: see secure_delete in `storage.engine`.
    Column("encrypted_key", LargeBinary, nullable=False, comment="the document's key, encrypted"),
    Column("kind", String(32), nullable=False),
    Column("fee", Integer, nullable=False, comment="yen"),
    Column("document_no", String(16), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("content_hashes", LargeBinary, nullable=False, comment="32 bytes a page"),
    Column("file_hash", LargeBinary(32), nullable=False),
    Column("file_length", Integer, nullable=False),
    Column("binding", LargeBinary(32), nullable=False, comment="MAC that holds the row to its proven order (I1)"),
    Column("encrypted", LargeBinary, nullable=False),
    ForeignKeyConstraint(["municipality", "order_id"], ["orders.municipality", "orders.order_id"], ondelete="CASCADE"),
    comment="Encrypted documents that wait for their release and outcome",
)
