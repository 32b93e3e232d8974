"""Sums and counts for reports; which choices an issued document shows. Of what was issued before it is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0018_reports"
down_revision = "0017_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_counts",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("counted", sa.String(length=16), nullable=False, comment="population, applied, delivered, ended"),
        sa.Column("source", sa.String(length=16), nullable=False, comment="here: sums of card_events; handed-over"),
        sa.Column(
            "day", sa.String(length=10), nullable=False, comment="on which it counts, ISO; of a population: from which"
        ),
        sa.Column("age_from", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=True, comment="of a population: the day it was counted, ISO"),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "counted", "source", "day", "age_from", "sex", name=op.f("pk_card_counts")
        ),
        comment="Cards and people by day, band of age and sex",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "card_events",
        sa.Column("municipality", sa.String(length=6), nullable=False, comment="of residence"),
        sa.Column("application", sa.String(length=32), nullable=False),
        sa.Column("counted", sa.String(length=16), nullable=False, comment="applied, delivered, ended"),
        sa.Column("day", sa.String(length=10), nullable=False, comment="ISO, in Japan"),
        sa.Column("age_from", sa.Integer(), nullable=False, comment="where the band of the age on that day begins"),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column(
            "reception_municipality", sa.String(length=6), nullable=False, comment="which took the application in"
        ),
        sa.Column("outlet", sa.String(length=64), nullable=False, comment="where it was taken in"),
        sa.PrimaryKeyConstraint("municipality", "application", "counted", name=op.f("pk_card_events")),
        comment="What of a card application counts, once each. Rows are added, never changed",
    )
    op.create_index("ix_card_events_day", "card_events", ["municipality", "counted", "day", "outlet"], unique=False)
    op.create_table(
        "card_months",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("counted", sa.String(length=16), nullable=False, comment="applied, delivered, ended"),
        sa.Column("month", sa.String(length=7), nullable=False, comment="ISO"),
        sa.Column("age_from", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "counted", "month", "age_from", "sex", name=op.f("pk_card_months")),
        comment="Sums of card_counts by month, from every source",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issued_days",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False, comment="of issue, ISO, in Japan"),
        sa.Column(
            "source",
            sa.String(length=16),
            nullable=False,
            comment="here, or handed-over: figures from before this software",
        ),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=32), nullable=False, comment="empty where it is not known"),
        sa.Column("options", sa.String(length=256), nullable=False, comment="Option values, comma-separated, sorted"),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False, comment="yen"),
        sa.PrimaryKeyConstraint(
            "municipality", "day", "source", "kind", "scope", "options", name=op.f("pk_issued_days")
        ),
        comment="Issued documents by day and what was ordered",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "open_visits",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False, comment="the last that was reached"),
        sa.PrimaryKeyConstraint("municipality", "terminal", name=op.f("pk_open_visits")),
        comment="The visit that is not counted yet, one a terminal: it is, once the next one begins or paper is out",
    )
    op.create_table(
        "outlet_days",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "day", sa.String(length=10), nullable=False, comment="on which the server heard of it, ISO, in Japan"
        ),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False, comment="where the terminal stood when it was added"),
        sa.Column("outlet_kind", sa.String(length=32), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False, comment="whose end was reported"),
        sa.Column("issued", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("fee", sa.BigInteger(), nullable=False, comment="yen, of what was issued"),
        sa.Column("captured", sa.BigInteger(), nullable=False, comment="yen that were kept"),
        sa.Column("delivered", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("spoiled", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("not_printed", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("sheets", sa.Integer(), nullable=False, comment="printed"),
        sa.PrimaryKeyConstraint(
            "municipality", "day", "terminal", "outlet", "outlet_kind", name=op.f("pk_outlet_days")
        ),
        comment="Copies and money by day and terminal",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outlet_totals",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False, comment="ISO, in Japan"),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("outlet_kind", sa.String(length=32), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False, comment="whose end was reported"),
        sa.Column("issued", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("fee", sa.BigInteger(), nullable=False, comment="yen, of what was issued"),
        sa.Column("captured", sa.BigInteger(), nullable=False, comment="yen that were kept"),
        sa.Column("delivered", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("spoiled", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("not_printed", sa.Integer(), nullable=False, comment="copies"),
        sa.Column("sheets", sa.Integer(), nullable=False, comment="printed"),
        sa.PrimaryKeyConstraint("municipality", "month", "outlet", "outlet_kind", name=op.f("pk_outlet_totals")),
        comment="Sums of outlet_days by month and outlet",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outlet_months",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False, comment="of issue, ISO, in Japan"),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("outlet_kind", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "month", "outlet", "outlet_kind", "kind", name=op.f("pk_outlet_months")
        ),
        comment="Issued documents by month, outlet and kind",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_marks",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("ledger_seq", sa.BigInteger(), nullable=False, comment="the last entry of the ledger that was added"),
        sa.Column(
            "audit_seq", sa.BigInteger(), nullable=False, comment="the last entry of the audit log that was added"
        ),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="when that entry was made"),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_report_marks")),
        comment="How far the sums follow; its row is the lock of whoever adds to them",
    )
    op.create_table(
        "report_rates",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("rate", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False, comment="*post-office for a kind of outlet, or *"),
        sa.Column("since", sa.String(length=10), nullable=False, comment="first day, ISO"),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="yen; of a share: hundredths of a percent"),
        sa.Column("confirmed", sa.Boolean(), nullable=False, comment="by the municipality"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "rate", "place", "since", name=op.f("pk_report_rates")),
        comment="What claims are reckoned with",
    )
    op.create_table(
        "staff_calls",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False, comment="ISO, in Japan"),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False, comment="as on the wire"),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "day", "terminal", "occasion", name=op.f("pk_staff_calls")),
        comment="For what terminals called staff",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "visit_days",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("measure", sa.String(length=16), nullable=False, comment="ended, refused, paper-within"),
        sa.Column("day", sa.String(length=10), nullable=False, comment="ISO, in Japan"),
        sa.Column(
            "word", sa.String(length=64), nullable=False, comment="how it ended; reason and step; seconds at most"
        ),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "measure", "day", "word", name=op.f("pk_visit_days")),
        comment="How visits went, by day",
        sqlite_with_rowid=False,
    )
    op.add_column(
        "ledger",
        sa.Column("scope", sa.String(length=32), nullable=False, server_default="", comment="whose data it shows"),
    )
    op.add_column(
        "ledger",
        sa.Column(
            "options",
            sa.String(length=256),
            nullable=False,
            server_default="",
            comment="Option values, comma-separated, sorted",
        ),
    )


def downgrade() -> None:
    op.drop_column("ledger", "options")
    op.drop_column("ledger", "scope")
    op.drop_table("visit_days")
    op.drop_table("staff_calls")
    op.drop_table("report_rates")
    op.drop_table("report_marks")
    op.drop_table("outlet_totals")
    op.drop_table("outlet_months")
    op.drop_table("outlet_days")
    op.drop_table("open_visits")
    op.drop_table("issued_days")
    op.drop_index("ix_card_events_day", table_name="card_events")
    op.drop_table("card_events")
    op.drop_table("card_months")
    op.drop_table("card_counts")
