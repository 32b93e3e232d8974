"""Tables of card applications. A row lies with the municipality of residence, which decides; another may have taken it
in. Nothing is deleted: what is personal is under a key of the application's own, and goes with that key."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from certserver.storage.metadata import metadata

applications = Table(
    "applications",
    metadata,
    Column("municipality", String(6), primary_key=True, comment="of residence"),
    Column("application", String(32), primary_key=True, comment="random, in hex"),
    Column("version", Integer, nullable=False, comment="of its last step"),
    Column("state", String(32), nullable=False),
    Column("open_person", LargeBinary(32), nullable=True, comment="as person, absent once it ended: one open a person"),
    Column("person", LargeBinary(32), nullable=True, comment="keyed hash of the register's key; absent once erased"),
    Column("reception_municipality", String(6), nullable=False, comment="which took it in"),
    Column("outlet", String(64), nullable=False, comment="where it was taken in"),
    Column("route", String(16), nullable=False, comment="mail, counter"),
    Column("express", Boolean(create_constraint=False), nullable=False),
    Column("face_auth", Boolean(create_constraint=False), nullable=False),
    Column("combination", String(32), nullable=True, comment="which documents were shown"),
    Column("identity_by", String(64), nullable=True, comment="who checked the identity"),
    Column("identity_at", BigInteger, nullable=True),
    Column("identity_how", String(32), nullable=True),
    Column("form_complete", Boolean(create_constraint=False), nullable=False),
    Column("photo", String(16), nullable=False),
    Column("pin_form_sealed", Boolean(create_constraint=False), nullable=False),
    Column("old_card", String(16), nullable=False),
    Column("mail_kind", String(32), nullable=True),
    Column("taker", String(32), nullable=True),
    Column("activated", Boolean(create_constraint=False), nullable=False),
    Column("record_checked_at", BigInteger, nullable=False, comment="when the resident record was compared last"),
    Column("encrypted_key", LargeBinary, nullable=True, comment="opens what is personal; absent once erased"),
    Column("encrypted_personal", LargeBinary, nullable=True, comment="form and person; absent once erased"),
    Column("moved_at", BigInteger, nullable=False, comment="when it came into its state"),
    Column("touched_at", BigInteger, nullable=False, comment="when its last step was"),
    Column("due_on", Date, nullable=True, comment="in Japan: by when it should leave its state"),
    Column("ended_at", BigInteger, nullable=True),
    Column("erase_at", BigInteger, nullable=True, comment="as the rules of the day on which it ended say"),
    Column("erased_at", BigInteger, nullable=True),
    UniqueConstraint("municipality", "open_person"),
    Index("ix_applications_person", "municipality", "person"),
    Index("ix_applications_state", "municipality", "state"),
    Index("ix_applications_erase_at", "erase_at"),
    Index("ix_applications_record_checked_at", "municipality", "record_checked_at"),
    Index("ix_applications_outlet", "reception_municipality", "outlet", "touched_at"),
    Index("ix_applications_elsewhere", "reception_municipality", "municipality", "touched_at"),
    comment="Card applications as they stand",
)

application_moves = Table(
    "application_moves",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("application", String(32), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False, comment="from 1; two can't make the same"),
    Column("event", String(32), nullable=False, comment="open, tell, attach, erase, or what moves"),
    Column("before", String(32), nullable=True, comment="absent when it was opened"),
    Column("after", String(32), nullable=False),
    Column("actor", String(64), nullable=False, comment="an officer's or clerk's mark, or a role's name"),
    Column("role", String(32), nullable=False),
    Column("actor_municipality", String(6), nullable=True),
    Column("at", BigInteger, nullable=False),
    Column("reason", String(32), nullable=True, comment="a closed word"),
    comment="Every step of every application. Rows are added, never changed",
)

application_attachments = Table(
    "application_attachments",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("application", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("media_type", String(32), nullable=False),
    Column("size", Integer, nullable=False, comment="bytes before it was encrypted"),
    Column("encrypted_content", LargeBinary, nullable=True, comment="absent once erased"),
    Column("attached_at", BigInteger, nullable=False),
    comment="Photos and scans",
)

application_requests = Table(
    "application_requests",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("token", LargeBinary(16), primary_key=True, comment="the asker's, random"),
    Column("asked", LargeBinary(32), nullable=False, comment="keyed hash of what was asked, and by whom"),
    Column("application", String(32), nullable=False),
    Column("version", Integer, nullable=False, comment="of the step that it led to"),
    Column("state", String(32), nullable=False),
    Column("attachment", Integer, nullable=True),
    Column("at", BigInteger, nullable=False),
    Index("ix_application_requests_at", "at"),
    comment="What was answered, for whoever asks the same again; forgotten after days",
)

card_procedures = Table(
    "card_procedures",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("case_number", String(32), primary_key=True, comment="random, in hex, as its issuer knows it"),
    Column("procedure", String(32), nullable=False),
    Column("terminal", String(64), nullable=False, comment="where alone it is gone on with"),
    Column("person", LargeBinary(32), nullable=True, comment="keyed hash of the register's key; absent once it ended"),
    Column("proven_day", Date, nullable=False, comment="in Japan: who came is proven anew on another"),
    Column("subject", LargeBinary(32), nullable=True, comment="as linked: by which the holder is known again"),
    Column("outcome", String(32), nullable=True, comment="the last that was told"),
    Column("told_at", BigInteger, nullable=True, comment="when the terminal says that was"),
    Column("ended_at", BigInteger, nullable=True, comment="absent while the card may come back"),
    Index("ix_card_procedures_proven_day", "proven_day"),
    comment="Procedures of X.509s and PINs on cards at counters. Who did what, the audit log says",
)

resident_searches = Table(
    "resident_searches",
    metadata,
    Column("municipality", String(6), primary_key=True, comment="whose register was asked"),
    Column("terminal", String(64), primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("times", Integer, nullable=False, comment="in that second"),
    comment="When terminals asked who somebody is: nobody browses a register. Forgotten after an hour",
)

retention_settings = Table(
    "retention_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("span", String(16), primary_key=True, comment="kept, waiting"),
    Column("state", String(32), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("days", Integer, nullable=False),
    comment="For how many days what is personal is kept, as the municipality set it",
)

counter_settings = Table(
    "counter_settings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("subject", String(16), primary_key=True, comment="identity, card-maker"),
    Column("effective_at", BigInteger, primary_key=True, comment="Unix seconds"),
    Column("content", Text, nullable=False, comment="all of the subject, as JSON"),
    comment="Which documents identify somebody, and when the card maker works, as the municipality set it",
)
