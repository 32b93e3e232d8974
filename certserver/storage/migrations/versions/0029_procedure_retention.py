"""Procedures on cards whose days are over are found by their day."""

from alembic import op

revision = "0029_procedure_retention"
down_revision = "0028_terminals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_card_procedures_proven_day", "card_procedures", ["proven_day"])


def downgrade() -> None:
    op.drop_index("ix_card_procedures_proven_day", "card_procedures")
