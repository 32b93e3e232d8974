"""The registers, as snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0006_registers"
down_revision = "0005_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "households",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("household_id", sa.String(length=40), nullable=False),
        sa.Column(
            "version",
            sa.BigInteger(),
            nullable=False,
            comment="counts every change to household, members or their seals",
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("householder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "household_id", name=op.f("pk_households")),
        comment="Households. Rows never go away: one that came back with a smaller version could pass for unchanged "
        "(I3)",
    )
    op.create_table(
        "residents",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column("household_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="the register's order within the household"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_kana", sa.Text(), nullable=True),
        sa.Column("former_surname", sa.Text(), nullable=True),
        sa.Column("former_surname_kana", sa.Text(), nullable=True),
        sa.Column("born_day", sa.Date(), nullable=True),
        sa.Column("born_text", sa.Text(), nullable=True),
        sa.Column("sex", sa.String(length=16), nullable=False),
        sa.Column("relationship", sa.Text(), nullable=False),
        sa.Column("domicile", sa.Text(), nullable=True),
        sa.Column("koseki_head", sa.Text(), nullable=True),
        sa.Column("resident_since_day", sa.Date(), nullable=True),
        sa.Column("resident_since_text", sa.Text(), nullable=True),
        sa.Column("address_since_day", sa.Date(), nullable=True),
        sa.Column("address_since_text", sa.Text(), nullable=True),
        sa.Column("notified_on_day", sa.Date(), nullable=True),
        sa.Column("notified_on_text", sa.Text(), nullable=True),
        sa.Column("previous_address", sa.Text(), nullable=True),
        sa.Column("moved_from", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("move_out_planned", sa.Date(), nullable=True),
        sa.Column("moved_out", sa.Date(), nullable=True),
        sa.Column("died", sa.Date(), nullable=True),
        sa.Column("nationality", sa.Text(), nullable=True, comment="there exactly for foreign residents"),
        sa.Column("residence_status", sa.Text(), nullable=True),
        sa.Column("period_of_stay", sa.Text(), nullable=True),
        sa.Column("expires_day", sa.Date(), nullable=True),
        sa.Column("expires_text", sa.Text(), nullable=True),
        sa.Column("card_number", sa.Text(), nullable=True),
        sa.Column("legal_category", sa.Text(), nullable=True),
        sa.Column("alias", sa.Text(), nullable=True),
        sa.Column("alias_kana", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "household_id"],
            ["households.municipality", "households.household_id"],
            name=op.f("fk_residents_households"),
        ),
        sa.PrimaryKeyConstraint("municipality", "resident_id", name=op.f("pk_residents")),
        comment="The resident register, with who moved out or died",
    )
    with op.batch_alter_table("residents", schema=None) as batch_op:
        batch_op.create_index("ix_residents_household", ["municipality", "household_id", "position"], unique=False)

    op.create_table(
        "registered_seals",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("registered_on_day", sa.Date(), nullable=True),
        sa.Column("registered_on_text", sa.Text(), nullable=True),
        sa.Column("name_katakana", sa.Text(), nullable=True),
        sa.Column("imprint", sa.LargeBinary(), nullable=False, comment="1-bit PNG at 600 dpi"),
        sa.ForeignKeyConstraint(
            ["municipality", "resident_id"],
            ["residents.municipality", "residents.resident_id"],
            name=op.f("fk_registered_seals_residents"),
        ),
        sa.PrimaryKeyConstraint("municipality", "resident_id", name=op.f("pk_registered_seals")),
        comment="Registered seals, with those cancelled",
    )
    op.create_table(
        "withholdings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="protective-measure or issuance-hold"),
        sa.ForeignKeyConstraint(
            ["municipality", "resident_id"],
            ["residents.municipality", "residents.resident_id"],
            name=op.f("fk_withholdings_residents"),
        ),
        sa.PrimaryKeyConstraint("municipality", "resident_id", "kind", name=op.f("pk_withholdings")),
        comment="Protective measures and issuance holds in force",
    )


def downgrade() -> None:
    op.drop_table("withholdings")
    op.drop_table("registered_seals")
    with op.batch_alter_table("residents", schema=None) as batch_op:
        batch_op.drop_index("ix_residents_household")

    op.drop_table("residents")
    op.drop_table("households")
