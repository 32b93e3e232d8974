"""Tables of the staff who work at counters: who, where from when to when, how they prove it, and who is signed in. No
password, code or session's token is here as it is typed or sent."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, String, Table, Text

from certserver.storage.metadata import metadata

staff = Table(
    "staff",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("mark", String(32), primary_key=True, comment="stands for the person in logs and on the wire"),
    Column("name", Text, nullable=False, comment="for the operator alone"),
    Column("password_hash", Text, nullable=True, comment="argon2id"),
    Column("encrypted_code_secret", LargeBinary, nullable=True, comment="of the one-time codes"),
    Column("code_step", BigInteger, nullable=False, comment="of the last code that was taken; -1 before any"),
    Column("added_at", BigInteger, nullable=False),
    comment="Members of staff; rows stay, since logs name their marks",
)

staff_cards = Table(
    "staff_cards",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("subject", LargeBinary(32), primary_key=True, comment="keyed hash of issuer and serial"),
    Column("mark", String(32), nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Index("ix_staff_cards_mark", "municipality", "mark"),
    comment="Whose X.509 signs whom in",
)

staff_engagements = Table(
    "staff_engagements",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("mark", String(32), primary_key=True),
    Column("outlet", String(64), primary_key=True, comment="as terminals' outlets are called"),
    Column("place", String(32), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date, nullable=True, comment="the last day; absent while none is known"),
    Column("role", String(16), nullable=False, comment="helper, clerk, officer"),
    comment="Who works where, in which role, from when to when",
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("session_hash", LargeBinary(32), primary_key=True, comment="SHA-256 of the session's random token"),
    Column("mark", String(32), nullable=False),
    Column("role", String(16), nullable=False),
    Column("outlet", String(64), nullable=False),
    Column("place", String(32), nullable=False),
    Column("terminal", String(64), nullable=False),
    Column("x509_hash", LargeBinary(32), nullable=False, comment="of the terminal's X.509"),
    Column("touched_at", BigInteger, nullable=False),
    Column("idle_s", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_staff_sessions_mark", "municipality", "mark"),
    comment="Who is signed in where",
)

staff_challenges = Table(
    "staff_challenges",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("challenge_id", LargeBinary(16), primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("challenge", LargeBinary, nullable=False, comment="as sent"),
    Column("encrypted_x509", LargeBinary, nullable=False, comment="that the terminal read from the card"),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_staff_challenges_expires_at", "expires_at"),
    comment="Challenges that wait for a staff card's answer: 2 minutes, once",
)

staff_failures = Table(
    "staff_failures",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("whom", LargeBinary(32), primary_key=True, comment="keyed hash of a mark as typed, or of a terminal"),
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Index("ix_staff_failures_last_at", "last_at"),
    comment="Sign-ins that failed in a row",
)

staff_confirmations = Table(
    "staff_confirmations",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("token", LargeBinary(16), primary_key=True, comment="the asker's, random"),
    Column("operation", String(32), nullable=False),
    Column("about", String(64), nullable=False, comment="a number or mark of the terminal's own"),
    Column("terminal", String(64), nullable=False),
    Column("first", String(32), nullable=False),
    Column("second", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    comment="What two stood for",
)
