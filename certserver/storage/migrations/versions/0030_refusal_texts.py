"""What is said where something can't be had, and what is opened at whose place, are dated lists like every other
setting."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from certserver.errors import StorageError

revision = "0030_refusal_texts"
down_revision = "0029_procedure_retention"
branch_labels = None
depends_on = None

_PAPERS = ("resolution", "contract", "notice")


def upgrade() -> None:
    op.create_table(
        "refusal_text_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), autoincrement=False, nullable=False, comment="Unix seconds"),
        sa.Column("texts", sa.Text(), nullable=False, comment="JSON: all that count from then on, by reason"),
        sa.PrimaryKeyConstraint("municipality", "effective_at", name=op.f("pk_refusal_text_settings")),
        comment="What a municipality says where something can't be had",
    )
    op.create_table(
        "commission_settings",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("effective_at", sa.BigInteger(), autoincrement=False, nullable=False, comment="Unix seconds"),
        sa.Column(
            "commissions", sa.Text(), nullable=False, comment="JSON: all that stand from then on, by office and day"
        ),
        sa.PrimaryKeyConstraint("municipality", "effective_at", name=op.f("pk_commission_settings")),
        comment="What a municipality opened at whose place, and what stands behind it",
    )
    _bring_over()
    op.drop_table("commissions")


def downgrade() -> None:
    raise StorageError("the former table can't hold dated lists: bring a copy of the database back")


def _bring_over() -> None:
    """What stood until now stands from the beginning."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT * FROM commissions ORDER BY office, place, since"))
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in rows.mappings():
        listed.setdefault(row["municipality"], []).append(
            {
                "office": row["office"],
                "place": row["place"],
                "since": _day(row["since"]),
                "until": _day(row["until"]),
                "procedures": row["procedures"].split(),
                **{name: _paper(row[f"{name}_cited"], row[f"{name}_day"]) for name in _PAPERS},
            }
        )
    for municipality, content in listed.items():
        values = {"municipality": municipality, "content": json.dumps(content, ensure_ascii=False)}
        connection.execute(sa.text("INSERT INTO commission_settings VALUES (:municipality, 0, :content)"), values)


def _day(told: Any) -> str | None:
    """SQLite gives a day as it is written, PostgreSQL as a day."""
    return None if told is None else str(told)


def _paper(cited: str | None, day: Any) -> dict[str, str] | None:
    return None if cited is None or day is None else {"cited": cited, "day": str(day)}
