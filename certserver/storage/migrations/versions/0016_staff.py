"""Staff: who works where, how they sign in, and who is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0016_staff"
down_revision = "0015_finding_residents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "mark", sa.String(length=32), nullable=False, comment="stands for the person in logs and on the wire"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="for the operator alone"),
        sa.Column("password_hash", sa.Text(), nullable=True, comment="argon2id"),
        sa.Column("encrypted_code_secret", sa.LargeBinary(), nullable=True, comment="of the one-time codes"),
        sa.Column(
            "code_step", sa.BigInteger(), nullable=False, comment="of the last code that was taken; -1 before any"
        ),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "mark", name=op.f("pk_staff")),
        comment="Members of staff; rows stay, since logs name their marks",
    )
    op.create_table(
        "staff_cards",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False, comment="keyed hash of issuer and serial"),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "subject", name=op.f("pk_staff_cards")),
        comment="Whose X.509 signs whom in",
    )
    op.create_index("ix_staff_cards_mark", "staff_cards", ["municipality", "mark"])
    op.create_table(
        "staff_challenges",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("challenge_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False, comment="as sent"),
        sa.Column("encrypted_x509", sa.LargeBinary(), nullable=False, comment="that the terminal read from the card"),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "challenge_id", name=op.f("pk_staff_challenges")),
        comment="Challenges that wait for a staff card's answer: 2 minutes, once",
    )
    op.create_index("ix_staff_challenges_expires_at", "staff_challenges", ["expires_at"])
    op.create_table(
        "staff_confirmations",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("token", sa.LargeBinary(length=16), nullable=False, comment="the asker's, random"),
        sa.Column("operation", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False, comment="a number or mark of the terminal's own"),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("first", sa.String(length=32), nullable=False),
        sa.Column("second", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "token", name=op.f("pk_staff_confirmations")),
        comment="What two stood for",
    )
    op.create_table(
        "staff_engagements",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False, comment="as terminals' outlets are called"),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="the last day; absent while none is known"),
        sa.Column("role", sa.String(length=16), nullable=False, comment="helper, clerk, officer"),
        sa.PrimaryKeyConstraint("municipality", "mark", "outlet", "place", "since", name=op.f("pk_staff_engagements")),
        comment="Who works where, in which role, from when to when",
    )
    op.create_table(
        "staff_failures",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "whom", sa.LargeBinary(length=32), nullable=False, comment="keyed hash of a mark as typed, or of a terminal"
        ),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "whom", name=op.f("pk_staff_failures")),
        comment="Sign-ins that failed in a row",
    )
    op.create_index("ix_staff_failures_last_at", "staff_failures", ["last_at"])
    op.create_table(
        "staff_sessions",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "session_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the session's random token"
        ),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("x509_hash", sa.LargeBinary(length=32), nullable=False, comment="of the terminal's X.509"),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("idle_s", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "session_hash", name=op.f("pk_staff_sessions")),
        comment="Who is signed in where",
    )
    op.create_index("ix_staff_sessions_mark", "staff_sessions", ["municipality", "mark"])


def downgrade() -> None:
    op.drop_index("ix_staff_sessions_mark", table_name="staff_sessions")
    op.drop_table("staff_sessions")
    op.drop_index("ix_staff_failures_last_at", table_name="staff_failures")
    op.drop_table("staff_failures")
    op.drop_table("staff_engagements")
    op.drop_table("staff_confirmations")
    op.drop_index("ix_staff_challenges_expires_at", table_name="staff_challenges")
    op.drop_table("staff_challenges")
    op.drop_index("ix_staff_cards_mark", table_name="staff_cards")
    op.drop_table("staff_cards")
    op.drop_table("staff")
