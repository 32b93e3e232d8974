"""Ledger, audit log and alarms."""

import sqlalchemy as sa
from alembic import op

revision = "0003_issued"
down_revision = "0002_identity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("alarm_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False, comment="a terminal, or server"),
        sa.Column("what", sa.String(length=256), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closing_reason", sa.String(length=256), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "alarm_id", name=op.f("pk_alarms")),
        comment="Integrity alarms: service stops until a person closed each (I9)",
    )
    op.create_table(
        "audit_log",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False, comment="a terminal, or operator"),
        sa.Column("detail", sa.Text(), nullable=False, comment="JSON of listed fields, no personal data"),
        sa.Column(
            "entry_hash", sa.LargeBinary(length=32), nullable=False, comment="over the hash before it and this entry"
        ),
        sa.PrimaryKeyConstraint("municipality", "audit_seq", name=op.f("pk_audit_log")),
        comment="Every decision, chained (I12)",
    )
    op.create_table(
        "ledger",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("ledger_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("document_no", sa.String(length=16), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False, comment="keyed hash of the X.509's serial"),
        sa.Column("register_version", sa.String(length=64), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False, comment="yen"),
        sa.Column("statement", sa.LargeBinary(), nullable=False, comment="as signed"),
        sa.Column("statement_signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=8), nullable=False, comment="which key signed it"),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "ledger_seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("municipality", "document_no", name=op.f("uq_ledger_municipality_document_no")),
        sa.UniqueConstraint(
            "municipality", "order_id", "line", "copy", name=op.f("uq_ledger_municipality_order_id_line_copy")
        ),
        comment="Every issued document, once (I7)",
    )
    op.create_table(
        "municipality_state",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("settings_revision", sa.Integer(), nullable=False, comment="rises with every change of a setting"),
        sa.Column("open_alarms", sa.Integer(), nullable=False, comment="no service while it is not 0 (I9)"),
        sa.Column("ledger_seq", sa.BigInteger(), nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), nullable=False),
        sa.Column("audit_hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_municipality_state")),
        comment="Heads of ledger and audit log; its row is the lock under which both are appended",
    )
    op.create_table(
        "settlements",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("order_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("captured", sa.Integer(), nullable=False, comment="yen that the municipality keeps"),
        sa.Column("reported_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "order_id", name=op.f("pk_settlements")),
        comment="What was kept of each order's fee",
    )
    op.create_table(
        "outcomes",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("document_no", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False, comment="delivered, spoiled, not-printed"),
        sa.Column("sheets_printed", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "document_no"],
            ["ledger.municipality", "ledger.document_no"],
            name=op.f("fk_outcomes_ledger"),
        ),
        sa.PrimaryKeyConstraint("municipality", "document_no", name=op.f("pk_outcomes")),
        comment="What became of each issued document",
    )


def downgrade() -> None:
    op.drop_table("outcomes")
    op.drop_table("settlements")
    op.drop_table("municipality_state")
    op.drop_table("ledger")
    op.drop_table("audit_log")
    op.drop_table("alarms")
