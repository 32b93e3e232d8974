"""Whether a debt that is not confirmed is of cash or of a payment without it."""

import sqlalchemy as sa
from alembic import op

revision = "0034_cashless_debts"
down_revision = "0033_debts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What terminals told until now did not say which: whoever compares cash looks into both.
    with op.batch_alter_table("debts") as batch:
        batch.add_column(
            sa.Column(
                "cashless",
                sa.Boolean(create_constraint=False),
                nullable=False,
                server_default=sa.false(),
                comment="not confirmed, of a payment without cash: the terminal goes on asking",
            )
        )
    with op.batch_alter_table("debts") as batch:
        batch.alter_column(
            "cashless",
            existing_type=sa.Boolean(create_constraint=False),
            existing_nullable=False,
            existing_comment="not confirmed, of a payment without cash: the terminal goes on asking",
            server_default=None,
        )


def downgrade() -> None:
    with op.batch_alter_table("debts") as batch:
        batch.drop_column("cashless")
