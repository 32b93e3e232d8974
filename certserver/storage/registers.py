"""Tables of the resident register: snapshots and which one is in force, households with their version, residents,
withholdings and registered seals. Values stand as the register holds them, in columns of their own."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, String, Table, Text

from certserver.storage.metadata import metadata

# Ids and codes have a length; register values are TEXT, so that no database can cut or refuse a long name (I10).
# No table of a snapshot has a foreign key: a snapshot is checked whole before it counts, writers in the day check what
# they refer to, and millions of rows are neither loaded nor forgotten one reference at a time. WITHOUT ROWID is for
# rows that are little more than their key; a long row would make the tree deep.

register_snapshots = Table(
    "register_snapshots",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False, comment="from 1; never given out again"),
    Column("state", String(16), nullable=False, comment="loading, ready, retired"),
    Column("begun_at", BigInteger, nullable=False),
    Column("ready_at", BigInteger, nullable=True),
    Column("retired_at", BigInteger, nullable=True),
    Column("counts", Text, nullable=False, comment="JSON: rows of each table"),
    comment="Every register that was ever loaded. Rows stay when those of the register itself are gone",
)

registers_in_force = Table(
    "registers_in_force",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, nullable=False),
    Column("switches", Integer, nullable=False, comment="counts switches: a snapshot that comes back is not the same"),
    Column("switched_at", BigInteger, nullable=False),
    comment="Which snapshot counts: switching and restoring are one update of one row",
)

households = Table(
    "households",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("household_id", String(40), primary_key=True),
    Column("version", Integer, nullable=False, comment="counts every change to household, members and what is theirs"),
    Column("address", Text, nullable=False),
    Column("householder", Text, nullable=False),
    # A household that left and came back with a smaller version could pass for unchanged (I3): none leaves.
    comment="Households. Rows never leave a snapshot",
    sqlite_with_rowid=False,
)

residents = Table(
    "residents",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("resident_id", String(64), primary_key=True),
    Column("household_id", String(40), nullable=False),
    Column("position", Integer, nullable=False, comment="the register's order within the household"),
    Column("name", Text, nullable=False),
    Column("name_kana", Text),
    Column("former_surname", Text),
    Column("former_surname_kana", Text),
    Column("born_day", Date),
    Column("born_text", Text),
    Column("sex", String(16), nullable=False),
    Column("relationship", Text, nullable=False),
    Column("domicile", Text),
    Column("koseki_head", Text),
    Column("resident_since_day", Date),
    Column("resident_since_text", Text),
    Column("address_since_day", Date),
    Column("address_since_text", Text),
    Column("notified_on_day", Date),
    Column("notified_on_text", Text),
    Column("previous_address", Text),
    Column("moved_from", Text),
    Column("remarks", Text),
    Column("entered_on", Date, comment="when the entry was made: it can be used from the next day"),
    Column("move_out_planned", Date),
    Column("moved_out", Date),
    Column("died", Date),
    Column("nationality", Text, comment="there exactly for foreign residents"),
    Column("residence_status", Text),
    Column("period_of_stay", Text),
    Column("expires_day", Date),
    Column("expires_text", Text),
    Column("card_number", Text),
    Column("legal_category", Text),
    Column("alias", Text),
    Column("alias_kana", Text),
    Column("individual_number", LargeBinary, comment="encrypted, bound to municipality and resident (I11)"),
    Column("resident_code", LargeBinary, comment="resident-record code, encrypted likewise (I11)"),
    comment="The resident register, with who moved out or died",
)

BY_HAND = 0
"""Stands for a snapshot where a withholding was set by a person: it counts whichever snapshot is in force."""

withholdings = Table(
    "withholdings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    # Before the snapshot: whoever asks wants two snapshots of one resident, and no database skips within a key.
    Column("resident_id", String(64), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False, comment="0: set by a person, until lifted"),
    Column("kind", String(32), primary_key=True, comment="protective-measure or issuance-hold"),
    comment="Protective measures and issuance holds on residents: brought by a snapshot, or set in the day",
    sqlite_with_rowid=False,
)

registered_seals = Table(
    "registered_seals",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("resident_id", String(64), primary_key=True),
    Column(
        "fingerprint", LargeBinary(16), nullable=False, comment="of imprint and day: stands for them in a comparison"
    ),
    Column("cancelled", Boolean(create_constraint=False), nullable=False, comment="as the snapshot brought it"),
    Column("registered_on_day", Date),
    Column("registered_on_text", Text),
    Column("name_katakana", Text),
    # Last, so that reading the small columns leaves the imprint's pages alone.
    Column("imprint", LargeBinary, nullable=False, comment="1-bit PNG at 600 dpi"),
    comment="Registered seals, with those cancelled",
)

seal_cancellations = Table(
    "seal_cancellations",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("resident_id", String(64), primary_key=True),
    Column("registered_on", Date, primary_key=True, comment="of that registration; 0001-01-01: its day is not known"),
    comment="Registered seals that were cancelled here: they stay so whichever snapshot is in force, until revived",
    sqlite_with_rowid=False,
)
