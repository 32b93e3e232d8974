"""Sessions, orders, and prepared documents until their outcome."""

import sqlalchemy as sa
from alembic import op

revision = "0005_visits"
down_revision = "0004_settings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("order_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column(
            "session_id", sa.LargeBinary(length=16), nullable=True, comment="absent when closed before it was prepared"
        ),
        sa.Column(
            "token_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the attempt token: the fence"
        ),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False, comment="how often it was prepared anew"),
        sa.Column("evidence", sa.LargeBinary(), nullable=True, comment="the order as sent"),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("register_version", sa.String(length=64), nullable=True),
        sa.Column("issued_on", sa.String(length=10), nullable=True, comment="the day on the paper, ISO, in Japan"),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "refusal",
            sa.String(length=32),
            nullable=True,
            comment="why its release was refused, for an attempt that asks again",
        ),
        sa.Column("refusal_line", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "order_id", name=op.f("pk_orders")),
        comment="Orders: prepared, stale, released, closed",
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("ix_orders_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("session_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.LargeBinary(length=32), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False, comment="the challenge as sent"),
        sa.Column("challenge_expires_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False, comment="keyed hash of the X.509's serial"),
        sa.Column(
            "encrypted_x509", sa.LargeBinary(), nullable=False, comment="the user-authentication X.509, encrypted"
        ),
        sa.Column("resident_id", sa.String(length=64), nullable=True, comment="absent for whoever lives elsewhere"),
        sa.Column(
            "answered_at",
            sa.BigInteger(),
            nullable=True,
            comment="when the card answered; a challenge is answered once",
        ),
        sa.PrimaryKeyConstraint("municipality", "session_id", name=op.f("pk_sessions")),
        comment="Sessions: 15 minutes at most",
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index("ix_sessions_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "prepared_documents",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("order_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("encrypted_key", sa.LargeBinary(), nullable=False, comment="the document's key, encrypted"),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False, comment="yen"),
        sa.Column("document_no", sa.String(length=16), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("content_hashes", sa.LargeBinary(), nullable=False, comment="32 bytes a page"),
        sa.Column("file_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("file_length", sa.Integer(), nullable=False),
        sa.Column(
            "binding",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="MAC that holds the row to its proven order (I1)",
        ),
        sa.Column("encrypted", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "order_id"],
            ["orders.municipality", "orders.order_id"],
            name=op.f("fk_prepared_documents_orders"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality", "order_id", "line", "copy", name=op.f("pk_prepared_documents")),
        comment="Encrypted documents that wait for their release and outcome",
    )


def downgrade() -> None:
    op.drop_table("prepared_documents")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_sessions_expires_at")

    op.drop_table("sessions")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index("ix_orders_expires_at")

    op.drop_table("orders")
