"""Tables that say nothing which others don't say."""

import sqlalchemy as sa
from alembic import op

revision = "0011_lookups"
down_revision = "0010_deliveries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "household_members",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("household_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "snapshot", "household_id", "position", "resident_id", name=op.f("pk_household_members")
        ),
        comment="Finds residents by their household",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "residents_in_koseki",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column("koseki_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "snapshot", "resident_id", "koseki_id", "person_id", name=op.f("pk_residents_in_koseki")
        ),
        comment="Finds people of koseki by the resident they are",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "withheld_addresses",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "address", name=op.f("pk_withheld_addresses")),
        comment="Where people live who are withheld, of the snapshot in force alone (I14)",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("withheld_addresses", "residents_in_koseki", "household_members"):
        op.drop_table(table)
