"""Imports that were tried, for whoever looks after the registers."""

import sqlalchemy as sa
from alembic import op

revision = "0026_import_runs"
down_revision = "0025_procedure_subjects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_runs",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("run", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folder", sa.String(length=255), nullable=False, comment="name of the folder that held the delivery"),
        sa.Column("begun_by", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("dry_run", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True, comment="absent while it goes on"),
        sa.Column("outcome", sa.String(length=16), nullable=True, comment="absent while it goes on"),
        sa.Column("snapshot", sa.Integer(), nullable=True, comment="that was put in force or changed"),
        sa.Column("errors", sa.Integer(), nullable=False, comment="how many were found"),
        sa.Column(
            "findings", sa.Text(), nullable=False, comment="JSON of the first errors: file, line, field, rule, limit"
        ),
        sa.Column(
            "differences", sa.Text(), nullable=False, comment="JSON of what changes: name, before, after and so on"
        ),
        sa.Column("applications_ended", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "run", name=op.f("pk_import_runs")),
        comment="Imports that were tried; no row says anything of a person",
    )


def downgrade() -> None:
    op.drop_table("import_runs")
