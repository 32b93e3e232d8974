"""Households and supplements are found by their addresses."""

from alembic import op

revision = "0011_addresses"
down_revision = "0010_deliveries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_households_address", "households", ["municipality", "snapshot", "address"])
    op.create_index("ix_supplement_addresses_address", "supplement_addresses", ["municipality", "snapshot", "address"])


def downgrade() -> None:
    op.drop_index("ix_supplement_addresses_address", "supplement_addresses")
    op.drop_index("ix_households_address", "households")
