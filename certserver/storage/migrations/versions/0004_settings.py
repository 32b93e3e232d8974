"""What a municipality sets."""

import sqlalchemy as sa
from alembic import op

revision = "0004_settings"
down_revision = "0003_issued"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closures",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False, comment="first closed day, ISO"),
        sa.Column("until", sa.String(length=10), nullable=False, comment="last closed day, ISO"),
        sa.Column("yearly", sa.Boolean(), nullable=False, comment="month and day count, not the year"),
        sa.Column("outlet", sa.String(length=64), nullable=False, comment="as in hour_settings"),
        sa.Column("kinds", sa.String(length=256), nullable=False, comment="kinds, comma-separated; empty for all"),
        sa.Column("reason", sa.String(length=128), nullable=False),
        sa.Column("reason_en", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "since", "until", "outlet", "kinds", name=op.f("pk_closures")),
        comment="Days without service: the turn of the year, maintenance",
    )
    op.create_table(
        "fee_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.Column("ground", sa.String(length=16), nullable=False, comment="anybody, damage or age"),
        sa.Column("from_age", sa.Integer(), nullable=False, comment="years; 0 where no age is the ground"),
        sa.Column("fee", sa.Integer(), nullable=False, comment="yen for one copy"),
        sa.PrimaryKeyConstraint(
            "municipality", "kind", "effective_at", "ground", "from_age", name=op.f("pk_fee_settings")
        ),
        comment="Fees; all rows of a kind's newest instant count together",
    )
    op.create_table(
        "hour_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "outlet",
            sa.String(length=64),
            nullable=False,
            comment="an outlet, *post-office for a kind of outlet, or *",
        ),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.Column("opens_at", sa.Integer(), nullable=False, comment="minute of the day in Japan"),
        sa.Column(
            "closes_at", sa.Integer(), nullable=False, comment="minute of the day in Japan; not served any more at it"
        ),
        sa.Column("weekdays_only", sa.Boolean(), nullable=False),
        sa.Column("residents_only", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "outlet", "kind", "effective_at", name=op.f("pk_hour_settings")),
        comment="Hours of each kind at each place; all rows of a kind's newest instant count together",
    )
    op.create_table(
        "kind_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column(
            "scopes", sa.String(length=128), nullable=False, comment="Scope values, comma-separated, in the order shown"
        ),
        sa.Column(
            "options",
            sa.String(length=512),
            nullable=False,
            comment="Option values, comma-separated, in the order shown",
        ),
        sa.Column("max_copies", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "kind", "effective_at", name=op.f("pk_kind_settings")),
        comment="Which kinds are offered, and with which choices",
    )
    op.create_table(
        "profiles",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.Column("profile", sa.Text(), nullable=False, comment="JSON without the official seal"),
        sa.Column("official_seal", sa.LargeBinary(), nullable=False, comment="1-bit PNG"),
        sa.PrimaryKeyConstraint("municipality", "effective_at", name=op.f("pk_profiles")),
        comment="Names, mayor, official seal and clauses for the documents",
    )
    op.create_table(
        "purposes",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False, comment="names texts and pictogram at the terminal"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True, comment="absent when nothing is to be ordered"),
        sa.Column("scope", sa.String(length=32), nullable=True),
        sa.Column("options", sa.String(length=512), nullable=False),
        sa.Column("advice", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="empty where the terminal's words stand"),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "code", name=op.f("pk_purposes")),
        comment="What a document is for, and what the municipality suggests for it",
    )
    op.create_table(
        "tax_year_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), nullable=False, comment="Unix seconds"),
        sa.Column(
            "years",
            sa.String(length=128),
            nullable=False,
            comment="fiscal years, comma-separated, in the order shown",
        ),
        sa.PrimaryKeyConstraint("municipality", "kind", "effective_at", name=op.f("pk_tax_year_settings")),
        comment="Which fiscal years are on offer",
    )


def downgrade() -> None:
    op.drop_table("tax_year_settings")
    op.drop_table("purposes")
    op.drop_table("profiles")
    op.drop_table("kind_settings")
    op.drop_table("hour_settings")
    op.drop_table("fee_settings")
    op.drop_table("closures")
