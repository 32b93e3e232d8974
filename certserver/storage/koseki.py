"""Tables of koseki and their supplements, each led by municipality and snapshot. A koseki lies together in every table,
in its own order, since it is only ever read whole."""

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text

from certserver.storage.metadata import metadata

koseki = Table(
    "koseki",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("koseki_id", String(40), primary_key=True),
    Column("version", Integer, nullable=False, comment="counts every change to anything of this koseki"),
    Column("domicile", Text, nullable=False),
    Column("surname", Text, nullable=False),
    Column("surname_kana", Text),
    Column("head", Text, nullable=False),
    Column("supplement_since_label", Text, comment="as an item of an entry: label, then a text or a date"),
    Column("supplement_since_text", Text),
    Column("supplement_since_day", Date),
    Column("supplement_since_day_text", Text),
    Column("unfit", Boolean(create_constraint=False), nullable=False),
    Column("pending", Boolean(create_constraint=False), nullable=False),
    comment="Koseki. Rows never leave a snapshot",
)

koseki_people = Table(
    "koseki_people",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("koseki_id", String(40), primary_key=True),
    Column("person_id", String(40), primary_key=True, comment="within the koseki"),
    Column("position", Integer, nullable=False, comment="the register's order within the koseki"),
    Column("given_name", Text, nullable=False),
    Column("given_name_kana", Text),
    Column("born_day", Date),
    Column("born_text", Text),
    Column("spouse", Text),
    Column("father", Text),
    Column("mother", Text),
    Column("relationship", Text),
    Column("adoptive_father", Text),
    Column("adoptive_mother", Text),
    Column("adoptive_relationship", Text),
    Column("removed", Boolean(create_constraint=False), nullable=False),
    Column("resident_id", String(64), comment="where the person lives in this municipality"),
    comment="Who is recorded in each koseki",
)

koseki_entries = Table(
    "koseki_entries",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("koseki_id", String(40), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="the order within the koseki"),
    Column("person_id", String(40), comment="whose entry; none: of the koseki itself"),
    Column("title", Text, nullable=False),
    Column("items", Text, nullable=False, comment="JSON: label, text, day, text of the day"),
    comment="Entries. Items are JSON: any number of any label, printed in order, nothing is found by one",
    sqlite_with_rowid=False,
)

koseki_withholdings = Table(
    "koseki_withholdings",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("koseki_id", String(40), primary_key=True),
    Column("person_id", String(40), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False, comment="0: set by a person, until lifted"),
    Column("kind", String(32), primary_key=True, comment="protective-measure or issuance-hold"),
    comment="Withholdings on people of a koseki, wherever they live. Those on residents count for them too",
    sqlite_with_rowid=False,
)

supplement_people = Table(
    "supplement_people",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("koseki_id", String(40), primary_key=True),
    Column("person_id", String(40), primary_key=True, comment="as in koseki_people"),
    Column("position", Integer, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("born_day", Date),
    Column("born_text", Text),
    Column("sex", String(16)),
    Column("removed", Boolean(create_constraint=False), nullable=False),
    Column("overseas_voter", Text),
    comment="Who stands in each koseki's supplement",
    sqlite_with_rowid=False,
)

supplement_addresses = Table(
    "supplement_addresses",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("koseki_id", String(40), primary_key=True),
    Column("person_id", String(40), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="oldest first"),
    Column("address", Text, nullable=False),
    Column("since_day", Date),
    Column("since_text", Text),
    comment="Addresses of the people of supplements",
    sqlite_with_rowid=False,
)
