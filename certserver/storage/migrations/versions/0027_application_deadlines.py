"""By when somebody should have done what an application waits for; and what was taken in for other municipalities is
found by its index."""

import sqlalchemy as sa
from alembic import op

revision = "0027_application_deadlines"
down_revision = "0026_import_runs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "applications",
        sa.Column("due_on", sa.Date(), nullable=True, comment="in Japan: by when it should leave its state"),
    )
    op.create_index(
        "ix_applications_elsewhere", "applications", ["reception_municipality", "municipality", "touched_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_applications_elsewhere", "applications")
    op.drop_column("applications", "due_on")
