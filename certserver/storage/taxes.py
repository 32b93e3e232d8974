"""Tables of municipal tax and of assessed damage, each led by municipality and snapshot. Yen are whole; a list of
amounts lies in one column."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, String, Table, Text

from certserver.storage.metadata import metadata

tax_records = Table(
    "tax_records",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("resident_id", String(64), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False, comment="fiscal year, Western"),
    Column("name", Text, nullable=False),
    Column("address_on_january_1", Text, nullable=False),
    Column("resident_on_january_1", Boolean(create_constraint=False), nullable=False),
    Column("declared", Boolean(create_constraint=False), nullable=False),
    Column("incomes", Text, nullable=False, comment="JSON: label, yen"),
    Column("total_income", BigInteger, nullable=False),
    Column("total_income_and_others", BigInteger, nullable=False),
    Column("deductions", Text, nullable=False, comment="JSON: label, yen"),
    Column("dependants", Text, nullable=False, comment="JSON: label, count"),
    Column("taxable", BigInteger, nullable=False),
    Column("taxes", Text, nullable=False, comment="JSON: label, yen"),
    Column("payments", Text, nullable=False, comment="JSON: label, due, paid, unpaid, note"),
    Column("paid_as_of_day", Date),
    Column("paid_as_of_text", Text),
    comment="Tax of each resident and year. Amounts are JSON: printed in order, nothing is found by one",
)

damages = Table(
    "damages",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("household_id", String(40), primary_key=True),
    Column("damage_id", String(40), primary_key=True),
    Column("disaster", Text, nullable=False),
    Column("disaster_en", Text, nullable=False),
    Column("householder", Text, nullable=False),
    Column("householder_address", Text, nullable=False),
    Column("people", Text, nullable=False, comment="JSON: name, relationship, age"),
    Column("cause", Text, nullable=False),
    Column("cause_day", Date),
    Column("cause_day_text", Text),
    Column("place", Text, nullable=False),
    Column("dwelling", Text, nullable=False),
    Column("degree", String(16), nullable=False),
    Column("additional", Text, nullable=False, comment="JSON: label, text"),
    comment="Assessed damage of dwellings, by household",
)
