"""Tables of what a municipality sets: dated rows, each in force from its instant until a later row of the same thing.
A row is never changed once it is in force; a new one is added."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text

from certserver.storage.metadata import metadata

kind_settings = Table(
    "kind_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("offered", Boolean(create_constraint=False), nullable=False),
    Column("scopes", String(128), nullable=False, comment="Scope values, comma-separated, in the order shown"),
    Column("options", String(512), nullable=False, comment="Option values, comma-separated, in the order shown"),
    Column("max_copies", Integer, nullable=False),
    comment="Which kinds are offered, and with which choices",
)

fee_settings = Table(
    "fee_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("ground", String(16), primary_key=True, comment="anybody, damage or age"),
    Column("from_age", Integer, primary_key=True, autoincrement=False, comment="years; 0 where no age is the ground"),
    Column("fee", Integer, nullable=False, comment="yen for one copy"),
    comment="Fees; all rows of a kind's newest instant count together",
)

hour_settings = Table(
    "hour_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("outlet", String(64), primary_key=True, comment="an outlet, *post-office for a kind of outlet, or *"),
    Column("kind", String(32), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("opens_at", Integer, nullable=False, comment="minute of the day in Japan"),
    Column("closes_at", Integer, nullable=False, comment="minute of the day in Japan; not served any more at it"),
    Column("weekdays_only", Boolean(create_constraint=False), nullable=False),
    Column("residents_only", Boolean(create_constraint=False), nullable=False),
    comment="Hours of each kind at each place; all rows of a kind's newest instant count together",
)

tax_year_settings = Table(
    "tax_year_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("years", String(128), nullable=False, comment="fiscal years, comma-separated, in the order shown"),
    comment="Which fiscal years are on offer",
)

closure_settings = Table(
    "closure_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("closures", Text, nullable=False, comment="JSON: all that count from then on"),
    comment="Days without service: the turn of the year, maintenance",
)

purpose_settings = Table(
    "purpose_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("purposes", Text, nullable=False, comment="JSON: all that count from then on, in the order shown"),
    comment="What documents are for, and what the municipality suggests for it",
)

refusal_text_settings = Table(
    "refusal_text_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("texts", Text, nullable=False, comment="JSON: all that count from then on, by reason"),
    comment="What a municipality says where something can't be had",
)

commission_settings = Table(
    "commission_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("commissions", Text, nullable=False, comment="JSON: all that stand from then on, by office and day"),
    comment="What a municipality opened at whose place, and what stands behind it",
)

profiles = Table(
    "profiles",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("profile", Text, nullable=False, comment="JSON without the official seal"),
    Column("official_seal", LargeBinary, nullable=False, comment="1-bit PNG"),
    comment="Names, mayor, official seal and clauses for the documents",
)

setting_drafts = Table(
    "setting_drafts",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1; people call a draft by it"),
    Column("state", String(16), nullable=False, comment="open, proposed, approved, dropped"),
    Column("why", Text, nullable=False, comment="in the drafter's words"),
    Column("effective_at", BigInteger, nullable=True, comment="Unix seconds; absent: when it is approved"),
    Column("base_revision", Integer, nullable=False, comment="settings_revision that it was drafted on"),
    Column("content", Text, nullable=False, comment="JSON: each changed subject whole"),
    Column("before", Text, nullable=False, comment="JSON: the same subjects as they stood in the base"),
    Column("official_seal", LargeBinary, nullable=True, comment="1-bit PNG, where the draft has another"),
    Column("rolls_back", Integer, nullable=True, comment="number of the draft that it takes back"),
    Column("drafted_by", String(64), nullable=False),
    Column("drafted_at", BigInteger, nullable=False),
    Column("decided_by", String(64), nullable=True, comment="who approved or dropped it"),
    Column("decided_at", BigInteger, nullable=True),
    Column("in_force_at", BigInteger, nullable=True, comment="Unix seconds, of an approved one"),
    Column("revision", Integer, nullable=True, comment="settings_revision that it made"),
    comment="Changes of settings: drafted by one person, approved by another",
)
