"""Enrolments for koseki kinds."""

import sqlalchemy as sa
from alembic import op

revision = "0007_enrolments"
down_revision = "0006_registers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolments",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "number",
            sa.String(length=16),
            nullable=False,
            comment="random digits and a check digit, told to the applicant",
        ),
        sa.Column(
            "subject",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="keyed hash of the X.509 that applied: bound to it",
        ),
        sa.Column(
            "not_after", sa.BigInteger(), nullable=False, comment="of the X.509 or its issuer, whichever is earlier"
        ),
        sa.Column(
            "state",
            sa.String(length=16),
            nullable=False,
            comment="applied, approved, declined, withdrawn, superseded",
        ),
        sa.Column(
            "evidence_hash",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="SHA-256 of the proven bytes: applied for once",
        ),
        sa.Column(
            "encrypted_said",
            sa.LargeBinary(),
            nullable=True,
            comment="the proven bytes, encrypted; erased when decided",
        ),
        sa.Column(
            "erased_at",
            sa.BigInteger(),
            nullable=False,
            comment="when an application that nobody decided lapses",
        ),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("applied_at", sa.BigInteger(), nullable=False),
        sa.Column("koseki_id", sa.String(length=64), nullable=True, comment="once approved"),
        sa.Column("person_id", sa.String(length=64), nullable=True, comment="once approved"),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=True, comment="an officer's mark, or server"),
        sa.Column("reason", sa.String(length=32), nullable=True, comment="why it was declined, in a closed word"),
        sa.PrimaryKeyConstraint("municipality", "number", name=op.f("pk_enrolments")),
        sa.UniqueConstraint("municipality", "evidence_hash", name=op.f("uq_enrolments_municipality_evidence_hash")),
        comment="Who may have a koseki kind here without living here",
    )
    op.create_index("ix_enrolments_erased_at", "enrolments", ["erased_at"])
    op.create_index("ix_enrolments_subject", "enrolments", ["municipality", "subject"])


def downgrade() -> None:
    op.drop_index("ix_enrolments_subject", "enrolments")
    op.drop_index("ix_enrolments_erased_at", "enrolments")
    op.drop_table("enrolments")
