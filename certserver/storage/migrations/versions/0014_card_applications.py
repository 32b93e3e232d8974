"""Card applications."""

import sqlalchemy as sa
from alembic import op

revision = "0014_card_applications"
down_revision = "0013_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application_attachments",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes before it was encrypted"),
        sa.Column("encrypted_content", sa.LargeBinary(), nullable=True, comment="absent once erased"),
        sa.Column("attached_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "application", "number", name=op.f("pk_application_attachments")),
        comment="Photos and scans",
    )
    op.create_table(
        "application_moves",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application", sa.String(length=32), nullable=False),
        sa.Column(
            "version", sa.Integer(), autoincrement=False, nullable=False, comment="from 1; two can't make the same"
        ),
        sa.Column("event", sa.String(length=32), nullable=False, comment="open, tell, attach, erase, or what moves"),
        sa.Column("before", sa.String(length=32), nullable=True, comment="absent when it was opened"),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column(
            "actor", sa.String(length=64), nullable=False, comment="an officer's or clerk's mark, or a role's name"
        ),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("actor_municipality", sa.String(length=6), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True, comment="a closed word"),
        sa.PrimaryKeyConstraint("municipality", "application", "version", name=op.f("pk_application_moves")),
        comment="Every step of every application. Rows are added, never changed",
    )
    op.create_table(
        "application_requests",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("token", sa.LargeBinary(length=16), nullable=False, comment="the asker's, random"),
        sa.Column(
            "asked", sa.LargeBinary(length=32), nullable=False, comment="keyed hash of what was asked, and by whom"
        ),
        sa.Column("application", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the step that it led to"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attachment", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "token", name=op.f("pk_application_requests")),
        comment="What was answered, for whoever asks the same again; forgotten after days",
    )
    op.create_index("ix_application_requests_at", "application_requests", ["at"], unique=False)
    op.create_table(
        "applications",
        sa.Column("municipality", sa.String(length=6), nullable=False, comment="of residence"),
        sa.Column("application", sa.String(length=32), nullable=False, comment="random, in hex"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of its last step"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column(
            "open_person",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="as person, absent once it ended: one open a person",
        ),
        sa.Column(
            "person",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="keyed hash of the register's key; absent once erased",
        ),
        sa.Column("reception_municipality", sa.String(length=6), nullable=False, comment="which took it in"),
        sa.Column("outlet", sa.String(length=64), nullable=False, comment="where it was taken in"),
        sa.Column("route", sa.String(length=16), nullable=False, comment="mail, counter"),
        sa.Column("express", sa.Boolean(), nullable=False),
        sa.Column("face_auth", sa.Boolean(), nullable=False),
        sa.Column("combination", sa.String(length=32), nullable=True, comment="which documents were shown"),
        sa.Column("identity_by", sa.String(length=64), nullable=True, comment="who checked the identity"),
        sa.Column("identity_at", sa.BigInteger(), nullable=True),
        sa.Column("identity_how", sa.String(length=32), nullable=True),
        sa.Column("form_complete", sa.Boolean(), nullable=False),
        sa.Column("photo", sa.String(length=16), nullable=False),
        sa.Column("pin_form_sealed", sa.Boolean(), nullable=False),
        sa.Column("old_card", sa.String(length=16), nullable=False),
        sa.Column("mail_kind", sa.String(length=32), nullable=True),
        sa.Column("taker", sa.String(length=32), nullable=True),
        sa.Column("activated", sa.Boolean(), nullable=False),
        sa.Column(
            "record_checked_at", sa.BigInteger(), nullable=False, comment="when the resident record was compared last"
        ),
        sa.Column(
            "encrypted_key", sa.LargeBinary(), nullable=True, comment="opens what is personal; absent once erased"
        ),
        sa.Column("encrypted_personal", sa.LargeBinary(), nullable=True, comment="form and person; absent once erased"),
        sa.Column("moved_at", sa.BigInteger(), nullable=False, comment="when it came into its state"),
        sa.Column("touched_at", sa.BigInteger(), nullable=False, comment="when its last step was"),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("erase_at", sa.BigInteger(), nullable=True, comment="as the rules of the day on which it ended say"),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "application", name=op.f("pk_applications")),
        sa.UniqueConstraint("municipality", "open_person", name=op.f("uq_applications_municipality_open_person")),
        comment="Card applications as they stand",
    )
    op.create_index("ix_applications_erase_at", "applications", ["erase_at"], unique=False)
    op.create_index(
        "ix_applications_record_checked_at", "applications", ["municipality", "record_checked_at"], unique=False
    )
    op.create_index("ix_applications_state", "applications", ["municipality", "state"], unique=False)
    op.create_table(
        "commissions",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False, comment="as terminals' outlets are called"),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("procedures", sa.Text(), nullable=False, comment="words with spaces between"),
        sa.Column("resolution_cited", sa.Text(), nullable=True),
        sa.Column("resolution_day", sa.Date(), nullable=True),
        sa.Column("contract_cited", sa.Text(), nullable=True),
        sa.Column("contract_day", sa.Date(), nullable=True),
        sa.Column("notice_cited", sa.Text(), nullable=True),
        sa.Column("notice_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "office", "place", "since", name=op.f("pk_commissions")),
        comment="What this municipality opened at whose place, and what stands behind it",
    )


def downgrade() -> None:
    op.drop_table("commissions")
    op.drop_index("ix_applications_state", table_name="applications")
    op.drop_index("ix_applications_record_checked_at", table_name="applications")
    op.drop_index("ix_applications_erase_at", table_name="applications")
    op.drop_table("applications")
    op.drop_index("ix_application_requests_at", table_name="application_requests")
    op.drop_table("application_requests")
    op.drop_table("application_moves")
    op.drop_table("application_attachments")
