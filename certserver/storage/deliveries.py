"""The table of what was taken into the registers from deliveries of a core system, and when it was made there."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table

from certserver.storage.metadata import metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False, comment="into which it went"),
    Column(
        "made_at",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="Unix microseconds: none may be older than the last one",
    ),
    Column("content", String(16), nullable=False, comment="all or changes"),
    Column("digest", LargeBinary(32), nullable=False, comment="SHA-256 of its manifest"),
    Column("taken_at", BigInteger, nullable=False),
    comment="Deliveries that count or counted",
)
