"""The table of enrolments for koseki kinds (利用登録): which X.509 may have whose koseki, though its holder lives
elsewhere. What an applicant said stands here encrypted, and only until it was decided."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, UniqueConstraint

from certserver.storage.metadata import metadata

enrolments = Table(
    "enrolments",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("number", String(16), primary_key=True, comment="random digits and a check digit, told to the applicant"),
    Column("subject", LargeBinary(32), nullable=False, comment="keyed hash of the X.509 that applied: bound to it"),
    Column("not_after", BigInteger, nullable=False, comment="of the X.509 or its issuer, whichever is earlier"),
    Column("state", String(16), nullable=False, comment="applied, approved, declined, withdrawn, superseded"),
    Column("evidence_hash", LargeBinary(32), nullable=False, comment="SHA-256 of the proven bytes: applied for once"),
    Column("encrypted_said", LargeBinary, nullable=True, comment="the proven bytes, encrypted; erased when decided"),
    Column("erased_at", BigInteger, nullable=False, comment="when an application that nobody decided lapses"),
    Column("terminal", String(64), nullable=False),
    Column("applied_at", BigInteger, nullable=False),
    Column("koseki_id", String(64), nullable=True, comment="once approved"),
    Column("person_id", String(64), nullable=True, comment="once approved"),
    Column("decided_at", BigInteger, nullable=True),
    Column("decided_by", String(64), nullable=True, comment="an officer's mark, or server"),
    Column("reason", String(32), nullable=True, comment="why it was declined, in a closed word"),
    UniqueConstraint("municipality", "evidence_hash"),
    Index("ix_enrolments_subject", "municipality", "subject"),
    Index("ix_enrolments_erased_at", "erased_at"),
    comment="Who may have a koseki kind here without living here",
)
