"""Tables of the registers: households with their version, residents, withholdings and registered seals. Values stand
as the register holds them, in columns of their own. Individual numbers are not here."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from certserver.storage.metadata import metadata

# Ids and codes have a length; register values are TEXT, so that no database can cut or refuse a long name (I10).

households = Table(
    "households",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("household_id", String(40), primary_key=True),
    Column("version", BigInteger, nullable=False, comment="counts every change to household, members or their seals"),
    Column("address", Text, nullable=False),
    Column("householder", Text, nullable=False),
    comment="Households. Rows never go away: one that came back with a smaller version could pass for unchanged (I3)",
)

residents = Table(
    "residents",
    metadata,
    Column("municipality", String(6), primary_key=True),
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
    ForeignKeyConstraint(["municipality", "household_id"], ["households.municipality", "households.household_id"]),
    Index("ix_residents_household", "municipality", "household_id", "position"),
    comment="The resident register, with who moved out or died",
)

withholdings = Table(
    "withholdings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("resident_id", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True, comment="protective-measure or issuance-hold"),
    ForeignKeyConstraint(["municipality", "resident_id"], ["residents.municipality", "residents.resident_id"]),
    comment="Protective measures and issuance holds in force",
)

registered_seals = Table(
    "registered_seals",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("resident_id", String(64), primary_key=True),
    Column("cancelled", Boolean(create_constraint=False), nullable=False),
    Column("registered_on_day", Date),
    Column("registered_on_text", Text),
    Column("name_katakana", Text),
    # Last, so that reading the small columns leaves the imprint's pages alone.
    Column("imprint", LargeBinary, nullable=False, comment="1-bit PNG at 600 dpi"),
    ForeignKeyConstraint(["municipality", "resident_id"], ["residents.municipality", "residents.resident_id"]),
    comment="Registered seals, with those cancelled",
)
