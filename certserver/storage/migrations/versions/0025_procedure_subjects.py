"""By which X.509 a procedure's holder was known: one that was issued in it is theirs too, before it is linked."""

import sqlalchemy as sa
from alembic import op

revision = "0025_procedure_subjects"
down_revision = "0024_ledger_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "card_procedures",
        sa.Column(
            "subject", sa.LargeBinary(length=32), nullable=True, comment="as linked: by which the holder is known again"
        ),
    )


def downgrade() -> None:
    op.drop_column("card_procedures", "subject")
