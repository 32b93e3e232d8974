"""Trusted issuers, what they revoked, and which card is whose."""

import sqlalchemy as sa
from alembic import op

revision = "0002_identity"
down_revision = "0001_admission"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_links",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False, comment="keyed hash of issuer and serial"),
        sa.Column("resident_id", sa.String(length=64), nullable=False),
        sa.Column("face_auth", sa.Boolean(), nullable=False, comment="a card without a PIN"),
        sa.Column("issuer_key_id", sa.LargeBinary(length=32), nullable=False),
        sa.Column(
            "crl_scope", sa.LargeBinary(length=32), nullable=False, comment="which list of its issuer may name it"
        ),
        sa.Column(
            "not_after", sa.BigInteger(), nullable=False, comment="of the X.509 or its issuer, whichever is earlier"
        ),
        sa.Column("linked_at", sa.BigInteger(), nullable=False, comment="first: a card can be used from the next day"),
        sa.Column("pin_reset_at", sa.BigInteger(), nullable=True, comment="last at a counter: as with a new card"),
        sa.PrimaryKeyConstraint("municipality", "subject", name=op.f("pk_card_links")),
        comment="Which X.509 is whose",
    )
    with op.batch_alter_table("card_links", schema=None) as batch_op:
        batch_op.create_index("ix_card_links_resident", ["municipality", "resident_id"], unique=False)

    op.create_table(
        "crls",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("issuer_key_id", sa.LargeBinary(length=32), nullable=False),
        sa.Column(
            "scope",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="hash of its distribution point; empty when complete",
        ),
        sa.Column("list_no", sa.Integer(), nullable=False, comment="stands for the list in revoked_subjects"),
        sa.Column("this_update", sa.BigInteger(), nullable=False),
        sa.Column("next_update", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "issuer_key_id", "scope", name=op.f("pk_crls")),
        comment="The newest list of revoked X.509s of each issuer and distribution point",
    )
    with op.batch_alter_table("crls", schema=None) as batch_op:
        batch_op.create_index("ix_crls_list", ["municipality", "list_no"], unique=True)

    op.create_table(
        "revoked_subjects",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("list_no", sa.Integer(), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False, comment="keyed hash of issuer and serial"),
        sa.Column("on_hold", sa.Boolean(), nullable=False, comment="suspended for the time being"),
        sa.PrimaryKeyConstraint("municipality", "list_no", "subject", name=op.f("pk_revoked_subjects")),
        comment="Entries of the lists, up to millions",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trust_anchors",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the issuer's public key"),
        sa.Column("name", sa.Text(), nullable=False, comment="for people; nothing is found by it"),
        sa.Column("x509", sa.LargeBinary(), nullable=False, comment="DER"),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key_id", name=op.f("pk_trust_anchors")),
        comment="Issuers of user-authentication X.509s that this municipality trusts",
    )


def downgrade() -> None:
    op.drop_table("trust_anchors")
    op.drop_table("revoked_subjects")
    with op.batch_alter_table("crls", schema=None) as batch_op:
        batch_op.drop_index("ix_crls_list")

    op.drop_table("crls")
    with op.batch_alter_table("card_links", schema=None) as batch_op:
        batch_op.drop_index("ix_card_links_resident")

    op.drop_table("card_links")
