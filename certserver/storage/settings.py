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

closures = Table(
    "closures",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("since", String(10), primary_key=True, comment="first closed day, ISO"),
    Column("until", String(10), primary_key=True, comment="last closed day, ISO"),
    Column("yearly", Boolean(create_constraint=False), nullable=False, comment="month and day count, not the year"),
    Column("outlet", String(64), primary_key=True, comment="as in hour_settings"),
    Column("kinds", String(256), primary_key=True, comment="kinds, comma-separated; empty for all"),
    Column("reason", String(128), nullable=False),
    Column("reason_en", String(128), nullable=False),
    comment="Days without service: the turn of the year, maintenance",
)

purposes = Table(
    "purposes",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("code", String(32), primary_key=True, comment="names texts and pictogram at the terminal"),
    Column("position", Integer, nullable=False),
    Column("kind", String(32), nullable=True, comment="absent when nothing is to be ordered"),
    Column("scope", String(32), nullable=True),
    Column("options", String(512), nullable=False),
    Column("advice", String(32), nullable=False),
    Column("name", Text, nullable=False, comment="empty where the terminal's words stand"),
    Column("name_en", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    comment="What a document is for, and what the municipality suggests for it",
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
