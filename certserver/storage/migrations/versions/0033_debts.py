"""What terminals owe on slips, and what of it was paid back at the office."""

import sqlalchemy as sa
from alembic import op

revision = "0033_debts"
down_revision = "0032_declined_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "debts",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "reference",
            sa.String(length=64),
            nullable=False,
            comment="the code on screen and slip, in lower case",
        ),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False, comment="when the terminal told of it first"),
        sa.Column("yen", sa.BigInteger(), nullable=False, comment="as it told last"),
        sa.Column(
            "confirmed",
            sa.Boolean(create_constraint=False),
            nullable=False,
            comment="the money device vouches for it",
        ),
        sa.Column("came_out", sa.BigInteger(), nullable=False, comment="yen of it that the device paid out later"),
        sa.Column("paid_at", sa.BigInteger(), nullable=True, comment="absent until it is paid back at the office"),
        sa.Column("paid_by", sa.String(length=64), nullable=True),
        sa.Column("paid_yen", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "reference", "terminal", name=op.f("pk_debts")),
        comment="What is owed on slips of terminals",
    )
    op.create_index("ix_debts_terminal", "debts", ["municipality", "terminal"])


def downgrade() -> None:
    op.drop_index("ix_debts_terminal", table_name="debts")
    op.drop_table("debts")
