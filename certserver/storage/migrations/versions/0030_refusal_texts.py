"""What is said where something can't be had, and what is opened at whose place, are dated lists like every other
setting."""

import json
from typing import Any
from unicodedata import category

import sqlalchemy as sa
from alembic import op

from certserver.errors import StorageError

revision = "0030_refusal_texts"
down_revision = "0029_procedure_retention"
branch_labels = None
depends_on = None

_PAPERS = ("resolution", "contract", "notice")
_LONGEST_OFFICE, _LONGEST_CITED = 64, 200
_OPENED_AT = {
    "field-support": {"form-support"},
    "post-office-intake": {"card-application"},
    "post-office-support": {"form-support"},
    "post-office-x509": {"loss-report", "pin-change", "pin-reset", "x509-issue", "x509-renewal"},
}
"""What a commission of each place could ever bring about; the former command took any procedure at any place."""


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
    """What stood until now stands from the beginning; what never counted is left behind."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT * FROM commissions ORDER BY office, place, since"))
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in rows.mappings():
        since, until = str(row["since"]), _day(row["until"])
        opened = _OPENED_AT.get(row["place"], set()).intersection(row["procedures"].split())
        if not opened or not _names_an_office(row["office"]) or (until is not None and until < since):
            continue
        listed.setdefault(row["municipality"], []).append(
            {
                "office": row["office"],
                "place": row["place"],
                "since": since,
                "until": until,
                "procedures": sorted(opened),
                **{name: _paper(row[f"{name}_cited"], row[f"{name}_day"]) for name in _PAPERS},
            }
        )
    for municipality, content in listed.items():
        values = {"municipality": municipality, "content": json.dumps(content, ensure_ascii=False)}
        connection.execute(sa.text("INSERT INTO commission_settings VALUES (:municipality, 0, :content)"), values)


def _day(told: Any) -> str | None:
    """SQLite gives a day as it is written, PostgreSQL as a day."""
    return None if told is None else str(told)


def _names_an_office(office: str) -> bool:
    return 0 < len(office) <= _LONGEST_OFFICE and not any(map(_unprintable, office))


def _unprintable(character: str) -> bool:
    return category(character) in ("Cc", "Cs")


def _paper(cited: str | None, day: Any) -> dict[str, str] | None:
    """A paper stands with its day, however it is cited: that is made to fit a line."""
    if cited is None or day is None:
        return None
    line = "".join(" " if _unprintable(each) else each for each in cited) or str(day)
    if len(line) > _LONGEST_CITED:
        line = line[: _LONGEST_CITED - 1] + "…"
    return {"cited": line, "day": str(day)}
