"""The table of form bundles: what pages name is kept for as long as paper may be checked, and never changed."""

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table

from certserver.storage.metadata import metadata

form_bundles = Table(
    "form_bundles",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("hash", LargeBinary(32), primary_key=True, comment="SHA-256 of the bytes; pages name it"),
    Column("bundle", LargeBinary, nullable=False, comment="as signed"),
    Column("signature", LargeBinary(64), nullable=False),
    Column("first_used_at", BigInteger, nullable=False, comment="Unix seconds"),
    comment="Form bundles that documents were drawn with",
)
