"""Tables that stand for indexes: each finds the rows of another by something else than their key. An index takes its
entries in the order of the rows, a page here and a page there for millions of them; these are filled in their own order
when all rows are loaded, and hold nothing that the rows don't say."""

from sqlalchemy import Column, Integer, String, Table, Text

from certserver.storage.metadata import metadata

household_members = Table(
    "household_members",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("household_id", String(40), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("resident_id", String(64), primary_key=True),
    comment="Finds residents by their household",
    sqlite_with_rowid=False,
)

residents_in_koseki = Table(
    "residents_in_koseki",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("resident_id", String(64), primary_key=True),
    Column("koseki_id", String(40), primary_key=True),
    Column("person_id", String(40), primary_key=True),
    comment="Finds people of koseki by the resident they are",
    sqlite_with_rowid=False,
)

households_at = Table(
    "households_at",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("address", Text, primary_key=True),
    Column("household_id", String(40), primary_key=True),
    comment="Finds households by their address (I14)",
    sqlite_with_rowid=False,
)

supplements_at = Table(
    "supplements_at",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("address", Text, primary_key=True),
    Column("koseki_id", String(40), primary_key=True),
    Column("person_id", String(40), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    comment="Finds entries of supplements by their address (I14)",
    sqlite_with_rowid=False,
)
