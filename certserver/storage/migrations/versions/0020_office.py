"""The office: roles, passkeys, sessions of the console, one-time ways in, and what waits for a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0020_office"
down_revision = "0019_setting_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_roles",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False, comment="as staff are called"),
        sa.Column("role", sa.String(length=16), nullable=False, comment="viewer, registrar, card-officer, ..."),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="the last day; absent while none is known"),
        sa.PrimaryKeyConstraint("municipality", "mark", "role", "since", name=op.f("pk_office_roles")),
        comment="Who acts as what in the office, from when to when",
    )
    op.create_table(
        "office_passkeys",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False, comment="as the person calls it"),
        sa.Column("public_key", sa.LargeBinary(), nullable=False, comment="COSE"),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "credential_id", name=op.f("pk_office_passkeys")),
        comment="Passkeys (WebAuthn) that sign somebody in",
    )
    op.create_index("ix_office_passkeys_mark", "office_passkeys", ["municipality", "mark"])
    op.create_table(
        "office_sessions",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "session_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the session's random token"
        ),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("passkey", sa.Boolean(), nullable=False, comment="signed in by one; else by password and code"),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("idle_s", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=True, comment="for which personal data are looked at"),
        sa.Column("purpose_until", sa.BigInteger(), nullable=False, comment="Unix seconds; 0 without one"),
        sa.PrimaryKeyConstraint("municipality", "session_hash", name=op.f("pk_office_sessions")),
        comment="Who is signed in at the console",
    )
    op.create_index("ix_office_sessions_mark", "office_sessions", ["municipality", "mark"])
    op.create_table(
        "office_ways_in",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column(
            "code_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the random one-time code"
        ),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "mark", name=op.f("pk_office_ways_in")),
        comment="One-time ways in: whoever comes by one sets a password and an authenticator",
    )
    op.create_table(
        "office_answered",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("challenge_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "challenge_hash", name=op.f("pk_office_answered")),
        comment="Challenges that a passkey has answered: none counts twice",
    )
    op.create_table(
        "office_proposals",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("proposal_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="what is to be done"),
        sa.Column("about", sa.Text(), nullable=False, comment="JSON of what it is done with"),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.String(length=16),
            nullable=True,
            comment="approved, declined, withdrawn; absent while it waits",
        ),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "proposal_id", name=op.f("pk_office_proposals")),
        comment="What one officer asked and another one decides",
    )
    op.create_index("ix_office_proposals_outcome", "office_proposals", ["municipality", "outcome", "asked_at"])


def downgrade() -> None:
    op.drop_index("ix_office_proposals_outcome", table_name="office_proposals")
    op.drop_table("office_proposals")
    op.drop_table("office_answered")
    op.drop_table("office_ways_in")
    op.drop_index("ix_office_sessions_mark", table_name="office_sessions")
    op.drop_table("office_sessions")
    op.drop_index("ix_office_passkeys_mark", table_name="office_passkeys")
    op.drop_table("office_passkeys")
    op.drop_table("office_roles")
