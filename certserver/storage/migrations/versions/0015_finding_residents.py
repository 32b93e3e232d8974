"""Finding a resident by name and birth at a counter, and the applications of an office."""

import sqlalchemy as sa
from alembic import op

revision = "0015_finding_residents"
down_revision = "0014_card_applications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resident_searches",
        sa.Column("municipality", sa.String(length=6), nullable=False, comment="whose register was asked"),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False, comment="in that second"),
        sa.PrimaryKeyConstraint("municipality", "terminal", "at", name=op.f("pk_resident_searches")),
        comment="When terminals asked who somebody is: nobody browses a register. Forgotten after an hour",
    )
    op.create_table(
        "residents_by_birth",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("born_day", sa.Date(), nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "snapshot", "born_day", "resident_id", name=op.f("pk_residents_by_birth")
        ),
        comment="Finds residents by their day of birth",
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO residents_by_birth (municipality, snapshot, born_day, resident_id) "
        "SELECT municipality, snapshot, born_day, resident_id FROM residents WHERE born_day IS NOT NULL "
        "ORDER BY municipality, snapshot, born_day, resident_id"
    )
    op.create_index("ix_applications_outlet", "applications", ["reception_municipality", "outlet", "touched_at"])


def downgrade() -> None:
    op.drop_index("ix_applications_outlet", table_name="applications")
    for table in ("residents_by_birth", "resident_searches"):
        op.drop_table(table)
