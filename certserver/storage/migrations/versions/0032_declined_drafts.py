"""Drafts of settings that another person declined, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0032_declined_drafts"
down_revision = "0031_deadlines_filled"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("setting_drafts") as batch:
        batch.add_column(
            sa.Column("declined_why", sa.Text(), nullable=True, comment="in the words of whoever declined it")
        )
        batch.alter_column(
            "state",
            existing_type=sa.String(length=16),
            existing_nullable=False,
            existing_comment="open, proposed, approved, dropped",
            comment="open, proposed, approved, declined, dropped",
        )
        batch.alter_column(
            "decided_by",
            existing_type=sa.String(length=64),
            existing_nullable=True,
            existing_comment="who approved or dropped it",
            comment="who approved, declined or dropped it",
        )


def downgrade() -> None:
    # An older build knows no draft that was declined: to it whoever decided gave it up.
    op.execute("UPDATE setting_drafts SET state = 'dropped' WHERE state = 'declined'")
    with op.batch_alter_table("setting_drafts") as batch:
        batch.drop_column("declined_why")
        batch.alter_column(
            "state",
            existing_type=sa.String(length=16),
            existing_nullable=False,
            existing_comment="open, proposed, approved, declined, dropped",
            comment="open, proposed, approved, dropped",
        )
        batch.alter_column(
            "decided_by",
            existing_type=sa.String(length=64),
            existing_nullable=True,
            existing_comment="who approved, declined or dropped it",
            comment="who approved or dropped it",
        )
