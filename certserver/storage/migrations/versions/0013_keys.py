"""The municipality's keys, and trust lists."""

import sqlalchemy as sa
from alembic import op

revision = "0013_keys"
down_revision = "0012_form_bundles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "municipal_keys",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "key_id",
            sa.LargeBinary(length=8),
            nullable=False,
            comment="first bytes of the SHA-256 of the public key",
        ),
        sa.Column(
            "public_key",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Ed25519, raw; the private half is never here",
        ),
        sa.Column("since", sa.BigInteger(), nullable=False, comment="it signs from then on"),
        sa.Column(
            "until",
            sa.BigInteger(),
            nullable=True,
            comment="it signs no more from then on; absent: no end was set yet",
        ),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revocation_reason", sa.String(length=16), nullable=True, comment="ceased, lost, compromised"),
        sa.PrimaryKeyConstraint("municipality", "key_id", name=op.f("pk_municipal_keys")),
        comment="Every key that ever signed for the municipality: old paper needs them",
    )
    op.create_table(
        "trust_lists",
        sa.Column(
            "municipality",
            sa.String(length=6),
            nullable=False,
            comment="in whose home the centre's key signed it",
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False, comment="rises with every list"),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False, comment="as signed"),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "number", name=op.f("pk_trust_lists")),
        comment="Trust lists as they were handed out",
    )


def downgrade() -> None:
    op.drop_table("trust_lists")
    op.drop_table("municipal_keys")
