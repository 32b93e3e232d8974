"""Procedures of X.509s and PINs at counters, from before the first command to the card to their end."""

import sqlalchemy as sa
from alembic import op

revision = "0022_card_procedures"
down_revision = "0021_telephones"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_procedures",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "case_number", sa.String(length=32), nullable=False, comment="random, in hex, as its issuer knows it"
        ),
        sa.Column("procedure", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False, comment="where alone it is gone on with"),
        sa.Column(
            "person",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="keyed hash of the register's key; absent once it ended",
        ),
        sa.Column("proven_day", sa.Date(), nullable=False, comment="in Japan: who came is proven anew on another"),
        sa.Column("outcome", sa.String(length=32), nullable=True, comment="the last that was told"),
        sa.Column("told_at", sa.BigInteger(), nullable=True, comment="when the terminal says that was"),
        sa.Column("ended_at", sa.BigInteger(), nullable=True, comment="absent while the card may come back"),
        sa.PrimaryKeyConstraint("municipality", "case_number", name=op.f("pk_card_procedures")),
        comment="Procedures of X.509s and PINs on cards at counters. Who did what, the audit log says",
    )


def downgrade() -> None:
    op.drop_table("card_procedures")
