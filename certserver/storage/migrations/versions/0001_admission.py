"""Terminals, and what the municipality allows its nodes to be."""

import sqlalchemy as sa
from alembic import op

revision = "0001_admission"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "node_rules",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("minimum_server_build", sa.String(length=32), nullable=False),
        sa.Column("minimum_terminal_build", sa.String(length=32), nullable=False),
        sa.Column("wire_schema", sa.Integer(), nullable=False),
        sa.Column(
            "configuration",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="SHA-256 of what every server node must share",
        ),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_node_rules")),
        comment="What the municipality allows its nodes to be",
    )
    op.create_table(
        "terminals",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False, comment="where it stands; hours are set by outlet"),
        sa.Column(
            "outlet_kind", sa.String(length=32), nullable=False, comment="convenience-store, post-office or municipal"
        ),
        sa.Column("x509_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of its client X.509"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column(
            "build",
            sa.String(length=32),
            nullable=False,
            comment="as it said at its last heartbeat; empty before the first",
        ),
        sa.Column(
            "wire_schema", sa.Integer(), nullable=False, comment="as it said at its last heartbeat; 0 before the first"
        ),
        sa.Column(
            "told_at", sa.BigInteger(), nullable=False, comment="when build and schema were last told differently"
        ),
        sa.PrimaryKeyConstraint("municipality", "terminal", name=op.f("pk_terminals")),
        comment="Terminals that this municipality admits",
    )


def downgrade() -> None:
    op.drop_table("terminals")
    op.drop_table("node_rules")
