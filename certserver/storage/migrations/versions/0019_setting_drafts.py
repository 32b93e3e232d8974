"""Closures and purposes are dated lists like every other setting; changes of settings are drafted, then approved."""

import json

import sqlalchemy as sa
from alembic import op

from certserver.errors import StorageError

revision = "0019_setting_drafts"
down_revision = "0018_reports"
branch_labels = None
depends_on = None

_CLOSURES = ("since", "until", "yearly", "outlet", "kinds", "reason", "reason_en")
_PURPOSES = ("code", "kind", "scope", "options", "advice", "name", "name_en", "note", "note_en")


def upgrade() -> None:
    op.create_table(
        "closure_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), autoincrement=False, nullable=False, comment="Unix seconds"),
        sa.Column("closures", sa.Text(), nullable=False, comment="JSON: all that count from then on"),
        sa.PrimaryKeyConstraint("municipality", "effective_at", name=op.f("pk_closure_settings")),
        comment="Days without service: the turn of the year, maintenance",
    )
    op.create_table(
        "purpose_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), autoincrement=False, nullable=False, comment="Unix seconds"),
        sa.Column(
            "purposes", sa.Text(), nullable=False, comment="JSON: all that count from then on, in the order shown"
        ),
        sa.PrimaryKeyConstraint("municipality", "effective_at", name=op.f("pk_purpose_settings")),
        comment="What documents are for, and what the municipality suggests for it",
    )
    _bring_over("closures", _CLOSURES, ("kinds",), "since, until, outlet, kinds")
    _bring_over("purposes", _PURPOSES, ("options",), "position")
    op.drop_table("closures")
    op.drop_table("purposes")
    op.create_table(
        "setting_drafts",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column(
            "number", sa.Integer(), autoincrement=False, nullable=False, comment="from 1; people call a draft by it"
        ),
        sa.Column("state", sa.String(length=16), nullable=False, comment="open, proposed, approved, dropped"),
        sa.Column("why", sa.Text(), nullable=False, comment="in the drafter's words"),
        sa.Column("effective_at", sa.BigInteger(), nullable=True, comment="Unix seconds; absent: when it is approved"),
        sa.Column("base_revision", sa.Integer(), nullable=False, comment="settings_revision that it was drafted on"),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON: each changed subject whole"),
        sa.Column("before", sa.Text(), nullable=False, comment="JSON: the same subjects as they stood in the base"),
        sa.Column("official_seal", sa.LargeBinary(), nullable=True, comment="1-bit PNG, where the draft has another"),
        sa.Column("rolls_back", sa.Integer(), nullable=True, comment="number of the draft that it takes back"),
        sa.Column("drafted_by", sa.String(length=64), nullable=False),
        sa.Column("drafted_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=True, comment="who approved or dropped it"),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("in_force_at", sa.BigInteger(), nullable=True, comment="Unix seconds, of an approved one"),
        sa.Column("revision", sa.Integer(), nullable=True, comment="settings_revision that it made"),
        sa.PrimaryKeyConstraint("municipality", "number", name=op.f("pk_setting_drafts")),
        comment="Changes of settings: drafted by one person, approved by another",
    )


def downgrade() -> None:
    raise StorageError("the former tables can't hold dated lists: bring a copy of the database back")


def _bring_over(former: str, names: tuple[str, ...], lists: tuple[str, ...], order: str) -> None:
    """What counted until now counts from the beginning."""
    connection = op.get_bind()
    rows = connection.execute(sa.text(f"SELECT municipality, {', '.join(names)} FROM {former} ORDER BY {order}"))  # noqa: S608 - names of our own
    listed: dict[str, list[dict[str, object]]] = {}
    for row in rows.mappings():
        plain = {name: row[name] for name in names}
        plain |= {name: row[name].split(",") if row[name] else [] for name in lists}
        if "yearly" in plain:
            plain["yearly"] = bool(plain["yearly"])
        listed.setdefault(row["municipality"], []).append(plain)
    for municipality, content in listed.items():
        statement = f"INSERT INTO {former[:-1]}_settings VALUES (:municipality, 0, :content)"  # noqa: S608 - names of our own
        values = {"municipality": municipality, "content": json.dumps(content, ensure_ascii=False)}
        connection.execute(sa.text(statement), values)
