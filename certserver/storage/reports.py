"""Tables of what reports add up: sums by day that follow ledger and audit log, counts of cards, and rates of money. No
row says who; sums can be made anew from the rows they follow at any time."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from certserver.storage.metadata import metadata

report_marks = Table(
    "report_marks",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("ledger_seq", BigInteger, nullable=False, comment="the last entry of the ledger that was added"),
    Column("audit_seq", BigInteger, nullable=False, comment="the last entry of the audit log that was added"),
    Column("at", BigInteger, nullable=False, comment="when that entry was made"),
    comment="How far the sums follow; its row is the lock of whoever adds to them",
)

issued_days = Table(
    "issued_days",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("day", String(10), primary_key=True, comment="of issue, ISO, in Japan"),
    Column("source", String(16), primary_key=True, comment="here, or handed-over: figures from before this software"),
    Column("kind", String(32), primary_key=True),
    Column("scope", String(32), primary_key=True, comment="empty where it is not known"),
    Column("options", String(256), primary_key=True, comment="Option values, comma-separated, sorted"),
    Column("copies", BigInteger, nullable=False),
    Column("fee", BigInteger, nullable=False, comment="yen"),
    comment="Issued documents by day and what was ordered",
    sqlite_with_rowid=False,
)

outlet_days = Table(
    "outlet_days",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("day", String(10), primary_key=True, comment="on which the server heard of it, ISO, in Japan"),
    Column("terminal", String(64), primary_key=True),
    Column("outlet", String(64), primary_key=True, comment="where the terminal stood when it was added"),
    Column("outlet_kind", String(32), primary_key=True),
    Column("orders", Integer, nullable=False, comment="whose end was reported"),
    Column("issued", Integer, nullable=False, comment="copies"),
    Column("fee", BigInteger, nullable=False, comment="yen, of what was issued"),
    Column("captured", BigInteger, nullable=False, comment="yen that were kept"),
    Column("delivered", Integer, nullable=False, comment="copies"),
    Column("spoiled", Integer, nullable=False, comment="copies"),
    Column("not_printed", Integer, nullable=False, comment="copies"),
    Column("sheets", Integer, nullable=False, comment="printed"),
    comment="Copies and money by day and terminal",
    sqlite_with_rowid=False,
)

outlet_months = Table(
    "outlet_months",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("month", String(7), primary_key=True, comment="of issue, ISO, in Japan"),
    Column("outlet", String(64), primary_key=True),
    Column("outlet_kind", String(32), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("copies", Integer, nullable=False),
    comment="Issued documents by month, outlet and kind",
    sqlite_with_rowid=False,
)

outlet_totals = Table(
    "outlet_totals",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("month", String(7), primary_key=True, comment="ISO, in Japan"),
    Column("outlet", String(64), primary_key=True),
    Column("outlet_kind", String(32), primary_key=True),
    Column("orders", Integer, nullable=False, comment="whose end was reported"),
    Column("issued", Integer, nullable=False, comment="copies"),
    Column("fee", BigInteger, nullable=False, comment="yen, of what was issued"),
    Column("captured", BigInteger, nullable=False, comment="yen that were kept"),
    Column("delivered", Integer, nullable=False, comment="copies"),
    Column("spoiled", Integer, nullable=False, comment="copies"),
    Column("not_printed", Integer, nullable=False, comment="copies"),
    Column("sheets", Integer, nullable=False, comment="printed"),
    comment="Sums of outlet_days by month and outlet",
    sqlite_with_rowid=False,
)

visit_days = Table(
    "visit_days",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("measure", String(16), primary_key=True, comment="ended, refused, paper-within"),
    Column("day", String(10), primary_key=True, comment="ISO, in Japan"),
    Column("word", String(64), primary_key=True, comment="how it ended; reason and step; seconds at most"),
    Column("times", Integer, nullable=False),
    comment="How visits went, by day",
    sqlite_with_rowid=False,
)

open_visits = Table(
    "open_visits",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(64), primary_key=True),
    Column("opened_at", BigInteger, nullable=False),
    Column("step", String(16), nullable=False, comment="the last that was reached"),
    comment="The visit that is not counted yet, one a terminal: it is, once the next one begins or paper is out",
)

staff_calls = Table(
    "staff_calls",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("day", String(10), primary_key=True, comment="ISO, in Japan"),
    Column("terminal", String(64), primary_key=True),
    Column("occasion", String(32), primary_key=True, comment="as on the wire"),
    Column("times", Integer, nullable=False),
    comment="For what terminals called staff",
    sqlite_with_rowid=False,
)

card_events = Table(
    "card_events",
    metadata,
    Column("municipality", String(6), primary_key=True, comment="of residence"),
    Column("application", String(32), primary_key=True),
    Column("counted", String(16), primary_key=True, comment="applied, delivered, ended"),
    Column("day", String(10), nullable=False, comment="ISO, in Japan"),
    Column("age_from", Integer, nullable=False, comment="where the band of the age on that day begins"),
    Column("sex", String(8), nullable=False),
    Column("reception_municipality", String(6), nullable=False, comment="which took the application in"),
    Column("outlet", String(64), nullable=False, comment="where it was taken in"),
    Index("ix_card_events_day", "municipality", "counted", "day", "outlet"),
    comment="What of a card application counts, once each. Rows are added, never changed",
)

card_counts = Table(
    "card_counts",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("counted", String(16), primary_key=True, comment="population, applied, delivered, ended"),
    Column("source", String(16), primary_key=True, comment="here: sums of card_events; handed-over"),
    Column("day", String(10), primary_key=True, comment="on which it counts, ISO; of a population: from which"),
    Column("age_from", Integer, primary_key=True, autoincrement=False),
    Column("sex", String(8), primary_key=True),
    Column("as_of", String(10), nullable=True, comment="of a population: the day it was counted, ISO"),
    Column("times", BigInteger, nullable=False),
    comment="Cards and people by day, band of age and sex",
    sqlite_with_rowid=False,
)

card_months = Table(
    "card_months",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("counted", String(16), primary_key=True, comment="applied, delivered, ended"),
    Column("month", String(7), primary_key=True, comment="ISO"),
    Column("age_from", Integer, primary_key=True, autoincrement=False),
    Column("sex", String(8), primary_key=True),
    Column("times", BigInteger, nullable=False),
    comment="Sums of card_counts by month, from every source",
    sqlite_with_rowid=False,
)

report_rates = Table(
    "report_rates",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("rate", String(32), primary_key=True),
    Column("place", String(64), primary_key=True, comment="*post-office for a kind of outlet, or *"),
    Column("since", String(10), primary_key=True, comment="first day, ISO"),
    Column("amount", BigInteger, nullable=False, comment="yen; of a share: hundredths of a percent"),
    Column("confirmed", Boolean(create_constraint=False), nullable=False, comment="by the municipality"),
    Column("source", Text, nullable=False),
    comment="What claims are reckoned with",
)
