"""The resident register, as snapshots."""

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
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("household_id", sa.String(length=40), nullable=False),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts every change to household, members and what is theirs",
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("householder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "household_id", name=op.f("pk_households")),
        comment="Households. Rows never leave a snapshot",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_snapshots",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "snapshot", sa.Integer(), autoincrement=False, nullable=False, comment="from 1; never given out again"
        ),
        sa.Column("state", sa.String(length=16), nullable=False, comment="loading, ready, retired"),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=True),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False, comment="JSON: rows of each table"),
        sa.PrimaryKeyConstraint("municipality", "snapshot", name=op.f("pk_register_snapshots")),
        comment="Every register that was ever loaded. Rows stay when those of the register itself are gone",
    )
    op.create_table(
        "registered_seals",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column(
            "fingerprint",
            sa.LargeBinary(length=16),
            nullable=False,
            comment="of imprint and day: stands for them in a comparison",
        ),
        sa.Column("cancelled", sa.Boolean(), nullable=False, comment="as the snapshot brought it"),
        sa.Column("registered_on_day", sa.Date(), nullable=True),
        sa.Column("registered_on_text", sa.Text(), nullable=True),
        sa.Column("name_katakana", sa.Text(), nullable=True),
        sa.Column("imprint", sa.LargeBinary(), nullable=False, comment="1-bit PNG at 600 dpi"),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "resident_id", name=op.f("pk_registered_seals")),
        comment="Registered seals, with those cancelled",
    )
    op.create_table(
        "registers_in_force",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column(
            "switches",
            sa.Integer(),
            nullable=False,
            comment="counts switches: a snapshot that comes back is not the same",
        ),
        sa.Column("switched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_registers_in_force")),
        comment="Which snapshot counts: switching and restoring are one update of one row",
    )
    op.create_table(
        "residents",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
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
        sa.Column(
            "entered_on", sa.Date(), nullable=True, comment="when the entry was made: it can be used from the next day"
        ),
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
        sa.Column(
            "individual_number",
            sa.LargeBinary(),
            nullable=True,
            comment="encrypted, bound to municipality and resident (I11)",
        ),
        sa.Column(
            "resident_code", sa.LargeBinary(), nullable=True, comment="resident-record code, encrypted likewise (I11)"
        ),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "resident_id", name=op.f("pk_residents")),
        comment="The resident register, with who moved out or died",
    )
    op.create_table(
        "seal_cancellations",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column(
            "registered_on",
            sa.Date(),
            nullable=False,
            comment="of that registration; 0001-01-01: its day is not known",
        ),
        sa.PrimaryKeyConstraint("municipality", "resident_id", "registered_on", name=op.f("pk_seal_cancellations")),
        comment="Registered seals that were cancelled here: they stay so whichever snapshot is in force, until revived",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "withholdings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column(
            "snapshot", sa.Integer(), autoincrement=False, nullable=False, comment="0: set by a person, until lifted"
        ),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="protective-measure or issuance-hold"),
        sa.PrimaryKeyConstraint("municipality", "resident_id", "snapshot", "kind", name=op.f("pk_withholdings")),
        comment="Protective measures and issuance holds on residents: brought by a snapshot, or set in the day",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("withholdings")
    op.drop_table("seal_cancellations")
    op.drop_table("residents")
    op.drop_table("registers_in_force")
    op.drop_table("registered_seals")
    op.drop_table("register_snapshots")
    op.drop_table("households")
