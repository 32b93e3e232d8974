"""A telephone's X.509 names the card's that it ends with."""

import sqlalchemy as sa
from alembic import op

revision = "0021_telephones"
down_revision = "0020_office"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "card_links",
        sa.Column(
            "of_card",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="a telephone's: the card that it ends with",
        ),
    )


def downgrade() -> None:
    op.drop_column("card_links", "of_card")
