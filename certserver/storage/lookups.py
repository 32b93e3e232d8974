"""Tables that say nothing which others don't say. Three stand for indexes: an index takes its entries in the order of
the rows, a page here and a page there for millions of them; these are filled in their own order when all rows are
loaded. One holds the answers to a question that would take long."""

from sqlalchemy import Column, Date, Integer, String, Table, Text

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

residents_by_birth = Table(
    "residents_by_birth",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("born_day", Date, primary_key=True),
    Column("resident_id", String(64), primary_key=True),
    comment="Finds residents by their day of birth",
    sqlite_with_rowid=False,
)

withheld_addresses = Table(
    "withheld_addresses",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("address", Text, primary_key=True),
    comment="Where people live who are withheld, of the snapshot in force alone (I14)",
    sqlite_with_rowid=False,
)
