"""What was taken into the registers from deliveries of a core system and when it was made there, and each import that
was tried."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text

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

import_runs = Table(
    "import_runs",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("folder", String(255), nullable=False, comment="name of the folder that held the delivery"),
    Column("begun_by", String(64), nullable=False),
    Column("begun_at", BigInteger, nullable=False),
    Column("dry_run", Boolean(create_constraint=False), nullable=False),
    Column("ended_at", BigInteger, nullable=True, comment="absent while it goes on"),
    Column("outcome", String(16), nullable=True, comment="absent while it goes on"),
    Column("snapshot", Integer, nullable=True, comment="that was put in force or changed"),
    Column("errors", Integer, nullable=False, comment="how many were found"),
    Column("findings", Text, nullable=False, comment="JSON of the first errors: file, line, field, rule, limit"),
    Column("differences", Text, nullable=False, comment="JSON of what changes: name, before, after and so on"),
    Column("applications_ended", Integer, nullable=False),
    comment="Imports that were tried; no row says anything of a person",
)
