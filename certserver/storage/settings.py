"""Tables of what a municipality sets: dated rows, each in force from its instant until a later row of the same thing.
A row is never changed once it is in force; a new one is added."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text

from certserver.storage.metadata import metadata


def _dated(name: str, *columns: Column[Any], of: tuple[Column[Any], ...] = (), comment: str) -> Table:
    """A table with a key of municipality, what the row is of, and the instant from which it counts; a column that tells
    rows of one instant apart belongs to the key too."""
    return Table(
        name,
        metadata,
        Column("municipality", String(6), primary_key=True),
        *of,
        Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
        *columns,
        comment=comment,
    )


def _kind() -> Column[Any]:
    return Column("kind", String(32), primary_key=True)


kind_settings = _dated(
    "kind_settings",
    Column("offered", Boolean(create_constraint=False), nullable=False),
    Column("scopes", String(128), nullable=False, comment="Scope values, comma-separated, in the order shown"),
    Column("options", String(512), nullable=False, comment="Option values, comma-separated, in the order shown"),
    Column("max_copies", Integer, nullable=False),
    of=(_kind(),),
    comment="Which kinds are offered, and with which choices",
)

fee_settings = _dated(
    "fee_settings",
    Column("ground", String(16), primary_key=True, comment="anybody, damage or age"),
    Column("from_age", Integer, primary_key=True, autoincrement=False, comment="years; 0 where no age is the ground"),
    Column("fee", Integer, nullable=False, comment="yen for one copy"),
    of=(_kind(),),
    comment="Fees; all rows of a kind's newest instant count together",
)

hour_settings = _dated(
    "hour_settings",
    Column("opens_at", Integer, nullable=False, comment="minute of the day in Japan"),
    Column("closes_at", Integer, nullable=False, comment="minute of the day in Japan; not served any more at it"),
    Column("weekdays_only", Boolean(create_constraint=False), nullable=False),
    Column("residents_only", Boolean(create_constraint=False), nullable=False),
    of=(
        Column("outlet", String(64), primary_key=True, comment="an outlet, *post-office for a kind of outlet, or *"),
        _kind(),
    ),
    comment="Hours of each kind at each place; all rows of a kind's newest instant count together",
)

tax_year_settings = _dated(
    "tax_year_settings",
    Column("years", String(128), nullable=False, comment="fiscal years, comma-separated, in the order shown"),
    of=(_kind(),),
    comment="Which fiscal years are on offer",
)

closure_settings = _dated(
    "closure_settings",
    Column("closures", Text, nullable=False, comment="JSON: all that count from then on"),
    comment="Days without service: the turn of the year, maintenance",
)

purpose_settings = _dated(
    "purpose_settings",
    Column("purposes", Text, nullable=False, comment="JSON: all that count from then on, in the order shown"),
    comment="What documents are for, and what the municipality suggests for it",
)

refusal_text_settings = _dated(
    "refusal_text_settings",
    Column("texts", Text, nullable=False, comment="JSON: all that count from then on, by reason"),
    comment="What a municipality says where something can't be had",
)

commission_settings = _dated(
    "commission_settings",
    Column("commissions", Text, nullable=False, comment="JSON: all that stand from then on, by office and day"),
    comment="What a municipality opened at whose place, and what stands behind it",
)

profiles = _dated(
    "profiles",
    Column("profile", Text, nullable=False, comment="JSON without the official seal"),
    Column("official_seal", LargeBinary, nullable=False, comment="1-bit PNG"),
    comment="Names, mayor, official seal and clauses for the documents",
)

setting_drafts = Table(
    "setting_drafts",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1; people call a draft by it"),
    Column("state", String(16), nullable=False, comment="open, proposed, approved, declined, dropped"),
    Column("why", Text, nullable=False, comment="in the drafter's words"),
    Column("effective_at", BigInteger, nullable=True, comment="Unix seconds; absent: when it is approved"),
    Column("base_revision", Integer, nullable=False, comment="settings_revision that it was drafted on"),
    Column("content", Text, nullable=False, comment="JSON: each changed subject whole"),
    Column("before", Text, nullable=False, comment="JSON: the same subjects as they stood in the base"),
    Column("official_seal", LargeBinary, nullable=True, comment="1-bit PNG, where the draft has another"),
    Column("rolls_back", Integer, nullable=True, comment="number of the draft that it takes back"),
    Column("drafted_by", String(64), nullable=False),
    Column("drafted_at", BigInteger, nullable=False),
    Column("decided_by", String(64), nullable=True, comment="who approved, declined or dropped it"),
    Column("decided_at", BigInteger, nullable=True),
    Column("in_force_at", BigInteger, nullable=True, comment="Unix seconds, of an approved one"),
    Column("revision", Integer, nullable=True, comment="settings_revision that it made"),
    Column("declined_why", Text, nullable=True, comment="in the words of whoever declined it"),
    comment="Changes of settings: drafted by one person, approved by another",
)
