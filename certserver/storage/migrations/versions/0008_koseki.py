"""Koseki and their supplements."""

import sqlalchemy as sa
from alembic import op

revision = "0008_koseki"
down_revision = "0007_enrolments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "koseki",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("koseki_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="counts every change to anything of this koseki"),
        sa.Column("domicile", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=False),
        sa.Column("surname_kana", sa.Text(), nullable=True),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column(
            "supplement_since_label",
            sa.Text(),
            nullable=True,
            comment="as an item of an entry: label, then a text or a date",
        ),
        sa.Column("supplement_since_text", sa.Text(), nullable=True),
        sa.Column("supplement_since_day", sa.Date(), nullable=True),
        sa.Column("supplement_since_day_text", sa.Text(), nullable=True),
        sa.Column("unfit", sa.Boolean(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "koseki_id", name=op.f("pk_koseki")),
        comment="Koseki. Rows never leave a snapshot",
    )
    op.create_table(
        "koseki_entries",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("koseki_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="the order within the koseki"),
        sa.Column("person_id", sa.String(length=40), nullable=True, comment="whose entry; none: of the koseki itself"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False, comment="JSON: label, text, day, text of the day"),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "koseki_id", "position", name=op.f("pk_koseki_entries")),
        comment="Entries. Items are JSON: any number of any label, printed in order, nothing is found by one",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "koseki_people",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("koseki_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False, comment="within the koseki"),
        sa.Column("position", sa.Integer(), nullable=False, comment="the register's order within the koseki"),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("given_name_kana", sa.Text(), nullable=True),
        sa.Column("born_day", sa.Date(), nullable=True),
        sa.Column("born_text", sa.Text(), nullable=True),
        sa.Column("spouse", sa.Text(), nullable=True),
        sa.Column("father", sa.Text(), nullable=True),
        sa.Column("mother", sa.Text(), nullable=True),
        sa.Column("relationship", sa.Text(), nullable=True),
        sa.Column("adoptive_father", sa.Text(), nullable=True),
        sa.Column("adoptive_mother", sa.Text(), nullable=True),
        sa.Column("adoptive_relationship", sa.Text(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column(
            "resident_id", sa.String(length=64), nullable=True, comment="where the person lives in this municipality"
        ),
        sa.PrimaryKeyConstraint("municipality", "snapshot", "koseki_id", "person_id", name=op.f("pk_koseki_people")),
        comment="Who is recorded in each koseki",
    )
    op.create_table(
        "koseki_withholdings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("koseki_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column(
            "snapshot", sa.Integer(), autoincrement=False, nullable=False, comment="0: set by a person, until lifted"
        ),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="protective-measure or issuance-hold"),
        sa.PrimaryKeyConstraint(
            "municipality", "koseki_id", "person_id", "snapshot", "kind", name=op.f("pk_koseki_withholdings")
        ),
        comment="Withholdings on people of a koseki, wherever they live. Those on residents count for them too",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "supplement_addresses",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("koseki_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="oldest first"),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("since_day", sa.Date(), nullable=True),
        sa.Column("since_text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint(
            "municipality", "snapshot", "koseki_id", "person_id", "position", name=op.f("pk_supplement_addresses")
        ),
        comment="Addresses of the people of supplements",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "supplement_people",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("snapshot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("koseki_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False, comment="as in koseki_people"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("born_day", sa.Date(), nullable=True),
        sa.Column("born_text", sa.Text(), nullable=True),
        sa.Column("sex", sa.String(length=16), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("overseas_voter", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint(
            "municipality", "snapshot", "koseki_id", "person_id", name=op.f("pk_supplement_people")
        ),
        comment="Who stands in each koseki's supplement",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("supplement_people")
    op.drop_table("supplement_addresses")
    op.drop_table("koseki_withholdings")
    op.drop_table("koseki_people")
    op.drop_table("koseki_entries")
    op.drop_table("koseki")
