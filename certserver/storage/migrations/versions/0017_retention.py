"""For how long what is personal in card applications is kept: what a municipality sets."""

import sqlalchemy as sa
from alembic import op

revision = "0017_retention"
down_revision = "0016_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("span", sa.String(length=16), nullable=False, comment="kept, waiting"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "span", "state", "effective_at", name=op.f("pk_retention_settings")),
        comment="For how many days what is personal is kept, as the municipality set it",
    )


def downgrade() -> None:
    op.drop_table("retention_settings")
