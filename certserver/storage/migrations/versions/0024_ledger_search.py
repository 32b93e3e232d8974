"""What officers ask the ledger: builds and settings of each entry, what the office says of a sheet, recalls, and whose
views the audit log tells of. What was in force for older entries is not known."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0024_ledger_search"
down_revision = "0023_counter_settings"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("settings_revision", sa.Integer(), "in force at the release; absent in old entries"),
    ("terminal_build", sa.String(length=32), "which printed it; absent in old entries"),
    ("server_build", sa.String(length=32), "which released it; absent in old entries"),
)
_INDEXED = ("kind", "server_build", "subject", "terminal", "terminal_build")
_ABOUT = ("about", "application", "document_no", "enrolment", "resident", "subject")
"""Fields of an entry that say what was looked at."""

_VIEWS = ("viewed", "offer-shown")
_LONGEST = 64
_AT_ONCE = 5_000


def upgrade() -> None:
    for name, kind, comment in _COLUMNS:
        op.add_column("ledger", sa.Column(name, kind, nullable=True, comment=comment))
    for name in _INDEXED:
        op.create_index(f"ix_ledger_{name}", "ledger", ["municipality", name, "ledger_seq"])
    op.add_column(
        "outcomes",
        sa.Column(
            "ledger_seq",
            sa.BigInteger(),
            nullable=False,
            server_default="0",
            comment="of the document: finds what failed in its order",
        ),
    )
    op.execute(
        "UPDATE outcomes SET ledger_seq = (SELECT ledger.ledger_seq FROM ledger "
        "WHERE ledger.municipality = outcomes.municipality AND ledger.document_no = outcomes.document_no)"
    )
    op.create_index(
        "ix_outcomes_failed",
        "outcomes",
        ["municipality", "outcome", "ledger_seq"],
        sqlite_where=sa.text("outcome != 'delivered'"),
        postgresql_where=sa.text("outcome != 'delivered'"),
    )
    op.create_table(
        "viewed",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False, comment="number or keyed hash of what was looked at"),
        sa.Column("audit_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "about", "audit_seq", name=op.f("pk_viewed")),
        comment="Finds the views of something in the audit log, for whom it is about",
        sqlite_with_rowid=False,
    )
    _find_views()
    op.create_table(
        "recalls",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("recall_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.LargeBinary(length=16), nullable=False, comment="who asked, and what was decided"),
        sa.Column("since", sa.BigInteger(), nullable=True, comment="issued at this second or later"),
        sa.Column("until", sa.BigInteger(), nullable=True, comment="issued before this second"),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("terminal", sa.String(length=64), nullable=True),
        sa.Column("terminal_build", sa.String(length=32), nullable=True),
        sa.Column("server_build", sa.String(length=32), nullable=True),
        sa.Column(
            "up_to",
            sa.BigInteger(),
            nullable=False,
            comment="the ledger's last entry when it was asked: no later one counts",
        ),
        sa.Column("why", sa.Text(), nullable=False, comment="what went wrong, nobody named"),
        sa.Column("found", sa.Text(), nullable=False, comment="JSON: sheets and persons, counted when it was asked"),
        sa.PrimaryKeyConstraint("municipality", "recall_no", name=op.f("pk_recalls")),
        comment="Which sheets are called back: two persons decide it",
    )
    op.create_table(
        "sheet_marks",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False, comment="spoiled, voided, recalled"),
        sa.Column("ledger_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "marked_by", sa.String(length=32), nullable=False, comment="an officer; of a recall: who asked for it"
        ),
        sa.Column("recall_no", sa.Integer(), nullable=True, comment="of the recall that it stands in"),
        sa.Column("why", sa.Text(), nullable=True, comment="where it stands in no recall"),
        sa.ForeignKeyConstraint(
            ["municipality", "ledger_seq"],
            ["ledger.municipality", "ledger.ledger_seq"],
            name=op.f("fk_sheet_marks_ledger_municipality_ledger_seq"),
        ),
        sa.PrimaryKeyConstraint("municipality", "standing", "ledger_seq", name=op.f("pk_sheet_marks")),
        comment="What the office says of an issued sheet, against what its terminal reported",
    )
    op.create_index("ix_applications_person", "applications", ["municipality", "person"])
    op.create_index("ix_sheet_marks_document", "sheet_marks", ["municipality", "ledger_seq"])


def downgrade() -> None:
    op.drop_index("ix_applications_person", table_name="applications")
    op.drop_table("sheet_marks")
    op.drop_table("recalls")
    op.drop_table("viewed")
    op.drop_index("ix_outcomes_failed", table_name="outcomes")
    op.drop_column("outcomes", "ledger_seq")
    for name in _INDEXED:
        op.drop_index(f"ix_ledger_{name}", table_name="ledger")
    for name, _, _ in _COLUMNS:
        op.drop_column("ledger", name)


def _find_views() -> None:
    """Enters the views that the audit log tells of already, so many at once as fit into memory."""
    connection = op.get_bind()
    viewed = sa.table("viewed", sa.column("municipality"), sa.column("about"), sa.column("audit_seq"))
    log = sa.table("audit_log", *map(sa.column, ("municipality", "audit_seq", "event", "detail")))
    for municipality in connection.scalars(sa.select(log.c.municipality).distinct()).all():
        last = 0
        while True:
            found = connection.execute(
                sa.select(log.c.audit_seq, log.c.event, log.c.detail)
                .where(log.c.municipality == municipality, log.c.audit_seq > last)
                .order_by(log.c.audit_seq)
                .limit(_AT_ONCE)
            ).all()
            if not found:
                break
            last = found[-1].audit_seq
            rows = [
                {"municipality": municipality, "about": about, "audit_seq": row.audit_seq}
                for row in found
                if row.event in _VIEWS
                for about in _keys(row.detail)
            ]
            if rows:
                connection.execute(sa.insert(viewed), rows)


def _keys(detail: str) -> list[str]:
    told = json.loads(detail)
    return sorted({key for name in _ABOUT if name in told and len(key := str(told[name])) <= _LONGEST})
