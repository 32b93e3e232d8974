"""Terminals as officers see them: several X.509s each, what they last told, codes to enrol by, logs that were asked
for."""

import sqlalchemy as sa
from alembic import op

revision = "0028_terminals"
down_revision = "0027_application_deadlines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "terminal_x509s",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("x509_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the client X.509"),
        sa.Column(
            "key_hash",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="SHA-256 of its public key; absent in old rows",
        ),
        sa.Column(
            "ends_at", sa.BigInteger(), nullable=True, comment="after which TLS takes it no more; absent in old rows"
        ),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False, comment="admitted, enrolled, renewed or introduced"),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("x509", sa.LargeBinary(), nullable=True, comment="DER, of those made here"),
        sa.PrimaryKeyConstraint("municipality", "terminal", "x509_hash", name=op.f("pk_terminal_x509s")),
        comment="By what each terminal proves itself: the next one counts beside the one before it",
    )
    op.execute(
        "INSERT INTO terminal_x509s (municipality, terminal, x509_hash, added_at, way) "
        "SELECT municipality, terminal, x509_hash, told_at, 'admitted' FROM terminals"
    )
    op.create_table(
        "terminal_codes",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column(
            "code_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the random one-time code"
        ),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("outlet_kind", sa.String(length=32), nullable=False),
        sa.Column("anew", sa.Boolean(create_constraint=False), nullable=False, comment="in place of what it had"),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "key_hash", sa.LargeBinary(length=32), nullable=True, comment="of the public key that it was used for"
        ),
        sa.PrimaryKeyConstraint("municipality", "terminal", name=op.f("pk_terminal_codes")),
        comment="One-time codes: a terminal gets its X.509 by one",
    )
    op.create_table(
        "terminal_logs",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True, comment="absent until the terminal has sent it"),
        sa.Column("lines", sa.Text(), nullable=False, comment="JSON of lines with listed fields; nothing personal"),
        sa.PrimaryKeyConstraint("municipality", "terminal", name=op.f("pk_terminal_logs")),
        comment="The log that an officer last asked a terminal for",
    )
    with op.batch_alter_table("terminals") as batch:
        batch.add_column(
            sa.Column(
                "seen_at",
                sa.BigInteger(),
                nullable=False,
                server_default="0",
                comment="its last heartbeat, to a minute; 0 before the first",
            )
        )
        batch.add_column(
            sa.Column(
                "told",
                sa.Text(),
                nullable=False,
                server_default="{}",
                comment="JSON of what it last told of devices and debts",
            )
        )
        batch.drop_column("x509_hash")


def downgrade() -> None:
    with op.batch_alter_table("terminals") as batch:
        batch.add_column(
            sa.Column(
                "x509_hash",
                sa.LargeBinary(length=32),
                nullable=False,
                server_default="",
                comment="SHA-256 of its client X.509",
            )
        )
        batch.drop_column("told")
        batch.drop_column("seen_at")
    op.execute(
        "UPDATE terminals SET x509_hash = COALESCE((SELECT known.x509_hash FROM terminal_x509s AS known "
        "WHERE known.municipality = terminals.municipality AND known.terminal = terminals.terminal "
        "AND known.revoked_at IS NULL ORDER BY known.added_at DESC, known.x509_hash LIMIT 1), x509_hash)"
    )
    for table in ("terminal_logs", "terminal_codes", "terminal_x509s"):
        op.drop_table(table)
