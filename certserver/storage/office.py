"""Tables of the municipality's office: who holds which role, passkeys, who is signed in at the console, and what waits
for a second person. No password, code, token or one-time way in is here as it is typed or sent."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Text

from certserver.storage.metadata import metadata

office_roles = Table(
    "office_roles",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("mark", String(32), primary_key=True, comment="as staff are called"),
    Column("role", String(16), primary_key=True, comment="viewer, registrar, card-officer, ..."),
    Column("since", Date, primary_key=True),
    Column("until", Date, nullable=True, comment="the last day; absent while none is known"),
    comment="Who acts as what in the office, from when to when",
)

office_passkeys = Table(
    "office_passkeys",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("credential_id", LargeBinary(1023), primary_key=True),
    Column("mark", String(32), nullable=False),
    Column("name", String(64), nullable=False, comment="as the person calls it"),
    Column("public_key", LargeBinary, nullable=False, comment="COSE"),
    Column("sign_count", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=True),
    Index("ix_office_passkeys_mark", "municipality", "mark"),
    comment="Passkeys (WebAuthn) that sign somebody in",
)

office_sessions = Table(
    "office_sessions",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("session_hash", LargeBinary(32), primary_key=True, comment="SHA-256 of the session's random token"),
    Column("mark", String(32), nullable=False),
    Column("passkey", Boolean, nullable=False, comment="signed in by one; else by password and code"),
    Column("began_at", BigInteger, nullable=False),
    Column("touched_at", BigInteger, nullable=False),
    Column("idle_s", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("purpose", String(200), nullable=True, comment="for which personal data are looked at"),
    Column("purpose_until", BigInteger, nullable=False, comment="Unix seconds; 0 without one"),
    Index("ix_office_sessions_mark", "municipality", "mark"),
    comment="Who is signed in at the console",
)

office_ways_in = Table(
    "office_ways_in",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("mark", String(32), primary_key=True),
    Column("code_hash", LargeBinary(32), nullable=False, comment="SHA-256 of the random one-time code"),
    Column("expires_at", BigInteger, nullable=False),
    comment="One-time ways in: whoever comes by one sets a password and an authenticator",
)

office_answered = Table(
    "office_answered",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("challenge_hash", LargeBinary(32), primary_key=True),
    Column("expires_at", BigInteger, nullable=False),
    comment="Challenges that a passkey has answered: none counts twice",
)

office_proposals = Table(
    "office_proposals",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("proposal_id", LargeBinary(16), primary_key=True),
    Column("kind", String(32), nullable=False, comment="what is to be done"),
    Column("about", Text, nullable=False, comment="JSON of what it is done with"),
    Column("asked_by", String(32), nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("outcome", String(16), nullable=True, comment="approved, declined, withdrawn; absent while it waits"),
    Column("decided_by", String(32), nullable=True),
    Column("decided_at", BigInteger, nullable=True),
    Index("ix_office_proposals_outcome", "municipality", "outcome", "asked_at"),
    comment="What one officer asked and another one decides",
)
