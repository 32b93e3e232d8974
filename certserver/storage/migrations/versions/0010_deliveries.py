"""Deliveries that were taken into the registers."""

import sqlalchemy as sa
from alembic import op

revision = "0010_deliveries"
down_revision = "0009_taxes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False, comment="into which it went"),
        sa.Column(
            "made_at",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Unix microseconds: none may be older than the last one",
        ),
        sa.Column("content", sa.String(length=16), nullable=False, comment="all or changes"),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of its manifest"),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "made_at", name=op.f("pk_deliveries")),
        comment="Deliveries that count or counted",
    )


def downgrade() -> None:
    op.drop_table("deliveries")
