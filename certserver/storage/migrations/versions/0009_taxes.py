"""Municipal tax and assessed damage."""

import sqlalchemy as sa
from alembic import op

revision = "0009_taxes"
down_revision = "0008_koseki"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "damages",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("household_id", sa.String(length=40), nullable=False),
        sa.Column("damage_id", sa.String(length=40), nullable=False),
        sa.Column("disaster", sa.Text(), nullable=False),
        sa.Column("disaster_en", sa.Text(), nullable=False),
        sa.Column("householder", sa.Text(), nullable=False),
        sa.Column("householder_address", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False, comment="JSON: name, relationship, age"),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("cause_day", sa.Date(), nullable=True),
        sa.Column("cause_day_text", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("dwelling", sa.Text(), nullable=False),
        sa.Column("degree", sa.String(length=16), nullable=False),
        sa.Column("additional", sa.Text(), nullable=False, comment="JSON: label, text"),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "household_id", "damage_id", name=op.f("pk_damages")),
        comment="Assessed damage of dwellings, by household",
    )
    op.create_table(
        "tax_records",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False, comment="fiscal year, Western"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address_on_january_1", sa.Text(), nullable=False),
        sa.Column("resident_on_january_1", sa.Boolean(), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("incomes", sa.Text(), nullable=False, comment="JSON: label, yen"),
        sa.Column("total_income", sa.BigInteger(), nullable=False),
        sa.Column("total_income_and_others", sa.BigInteger(), nullable=False),
        sa.Column("deductions", sa.Text(), nullable=False, comment="JSON: label, yen"),
        sa.Column("dependants", sa.Text(), nullable=False, comment="JSON: label, count"),
        sa.Column("taxable", sa.BigInteger(), nullable=False),
        sa.Column("taxes", sa.Text(), nullable=False, comment="JSON: label, yen"),
        sa.Column("payments", sa.Text(), nullable=False, comment="JSON: label, due, paid, unpaid, note"),
        sa.Column("paid_as_of_day", sa.Date(), nullable=True),
        sa.Column("paid_as_of_text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "resident_id", "year", name=op.f("pk_tax_records")),
        comment="Tax of each resident and year. Amounts are JSON: printed in order, nothing is found by one",
    )


def downgrade() -> None:
    op.drop_table("tax_records")
    op.drop_table("damages")
