"""What a municipality sets for its counters: documents that identify, and the card maker's days."""

import sqlalchemy as sa
from alembic import op

revision = "0023_counter_settings"
down_revision = "0022_card_procedures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counter_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False, comment="identity, card-maker"),
        sa.Column("effective_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.Column("content", sa.Text(), nullable=False, comment="all of the subject, as JSON"),
        sa.PrimaryKeyConstraint("municipality", "subject", "effective_at", name=op.f("pk_counter_settings")),
        comment="Which documents identify somebody, and when the card maker works, as the municipality set it",
    )


def downgrade() -> None:
    op.drop_table("counter_settings")
