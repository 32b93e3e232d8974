"""Form bundles are kept from the first document on that is drawn with them."""

import sqlalchemy as sa
from alembic import op

revision = "0012_form_bundles"
down_revision = "0011_lookups"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_bundles",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the bytes; pages name it"),
        sa.Column("bundle", sa.LargeBinary(), nullable=False, comment="as signed"),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("first_used_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.PrimaryKeyConstraint("municipality", "hash", name=op.f("pk_form_bundles")),
        comment="Form bundles that documents were drawn with",
    )


def downgrade() -> None:
    op.drop_table("form_bundles")
