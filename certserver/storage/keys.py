"""Tables of the municipality's keys, public halves alone, and of the trust lists that named them."""

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table

from certserver.storage.metadata import metadata

municipal_keys = Table(
    "municipal_keys",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("key_id", LargeBinary(8), primary_key=True, comment="first bytes of the SHA-256 of the public key"),
    Column("public_key", LargeBinary(32), nullable=False, comment="Ed25519, raw; the private half is never here"),
    Column("since", BigInteger, nullable=False, comment="it signs from then on"),
    Column("until", BigInteger, nullable=True, comment="it signs no more from then on; absent: no end was set yet"),
    Column("revoked_at", BigInteger, nullable=True),
    Column("revocation_reason", String(16), nullable=True, comment="ceased, lost, compromised"),
    comment="Every key that ever signed for the municipality: old paper needs them",
)

trust_lists = Table(
    "trust_lists",
    metadata,
    Column("municipality", String(6), primary_key=True, comment="in whose home the centre's key signed it"),
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="rises with every list"),
    Column("issued_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("evidence", LargeBinary, nullable=False, comment="as signed"),
    Column("signature", LargeBinary(64), nullable=False),
    comment="Trust lists as they were handed out",
)
