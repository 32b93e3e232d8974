"""Tables of what reports add up: sums by day that follow ledger and audit log, counts of cards, and rates of money. No
row says who; sums can be made anew from the rows they follow at any time."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from certserver.storage.metadata import metadata

_IN_JAPAN = "ISO, in Japan"


def _key(name: str, length: int, comment: str | None = None) -> Column[str]:
    return Column(name, String(length), primary_key=True, comment=comment)


def _municipality(comment: str | None = None) -> Column[str]:
    return _key("municipality", 6, comment)


def _day(comment: str = _IN_JAPAN) -> Column[str]:
    return _key("day", 10, comment)


def _month(comment: str = _IN_JAPAN) -> Column[str]:
    return _key("month", 7, comment)


def _outlet(comment: str | None = None) -> tuple[Column[str], Column[str]]:
    return _key("outlet", 64, comment), _key("outlet_kind", 32)


def _copies_and_money() -> tuple[Column[int], ...]:
    return (
        Column("orders", Integer, nullable=False, comment="whose end was reported"),
        Column("issued", Integer, nullable=False, comment="copies"),
        Column("fee", BigInteger, nullable=False, comment="yen, of what was issued"),
        Column("captured", BigInteger, nullable=False, comment="yen that were kept"),
        Column("delivered", Integer, nullable=False, comment="copies"),
        Column("spoiled", Integer, nullable=False, comment="copies"),
        Column("not_printed", Integer, nullable=False, comment="copies"),
        Column("sheets", Integer, nullable=False, comment="printed"),
    )


report_marks = Table(
    "report_marks",
    metadata,
    _municipality(),
    Column("ledger_seq", BigInteger, nullable=False, comment="the last entry of the ledger that was added"),
    Column("audit_seq", BigInteger, nullable=False, comment="the last entry of the audit log that was added"),
    Column("at", BigInteger, nullable=False, comment="when that entry was made"),
    comment="How far the sums follow; its row is the lock of whoever adds to them",
)

issued_days = Table(
    "issued_days",
    metadata,
    _municipality(),
    _day("of issue, ISO, in Japan"),
    _key("source", 16, "here, or handed-over: figures from before this software"),
    _key("kind", 32),
    _key("scope", 32, "empty where it is not known"),
    _key("options", 256, "Option values, comma-separated, sorted"),
    Column("copies", BigInteger, nullable=False),
    Column("fee", BigInteger, nullable=False, comment="yen"),
    comment="Issued documents by day and what was ordered",
    sqlite_with_rowid=False,
)

outlet_days = Table(
    "outlet_days",
    metadata,
    _municipality(),
    _day("on which the server heard of it, ISO, in Japan"),
    _key("terminal", 64),
    *_outlet("where the terminal stood when it was added"),
    *_copies_and_money(),
    comment="Copies and money by day and terminal",
    sqlite_with_rowid=False,
)

outlet_months = Table(
    "outlet_months",
    metadata,
    _municipality(),
    _month("of issue, ISO, in Japan"),
    *_outlet(),
    _key("kind", 32),
    Column("copies", Integer, nullable=False),
    comment="Issued documents by month, outlet and kind",
    sqlite_with_rowid=False,
)

outlet_totals = Table(
    "outlet_totals",
    metadata,
    _municipality(),
    _month(),
    *_outlet(),
    *_copies_and_money(),
    comment="Sums of outlet_days by month and outlet",
    sqlite_with_rowid=False,
)

visit_days = Table(
    "visit_days",
    metadata,
    _municipality(),
    _key("measure", 16, "ended, refused, paper-within"),
    _day(),
    _key("word", 64, "how it ended; reason and step; seconds at most"),
    Column("times", Integer, nullable=False),
    comment="How visits went, by day",
    sqlite_with_rowid=False,
)

open_visits = Table(
    "open_visits",
    metadata,
    _municipality(),
    _key("terminal", 64),
    Column("opened_at", BigInteger, nullable=False),
    Column("step", String(16), nullable=False, comment="the last that was reached"),
    comment="The visit that is not counted yet, one a terminal: it is, once the next one begins or paper is out",
)

staff_calls = Table(
    "staff_calls",
    metadata,
    _municipality(),
    _day(),
    _key("terminal", 64),
    _key("occasion", 32, "as on the wire"),
    Column("times", Integer, nullable=False),
    comment="For what terminals called staff",
    sqlite_with_rowid=False,
)

card_events = Table(
    "card_events",
    metadata,
    _municipality("of residence"),
    _key("application", 32),
    _key("counted", 16, "applied, delivered, ended"),
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
    _municipality(),
    _key("counted", 16, "population, applied, delivered, ended"),
    _key("source", 16, "here: sums of card_events; handed-over"),
    _day("on which it counts, ISO; of a population: from which"),
    Column("age_from", Integer, primary_key=True, autoincrement=False),
    _key("sex", 8),
    Column("as_of", String(10), nullable=True, comment="of a population: the day it was counted, ISO"),
    Column("times", BigInteger, nullable=False),
    comment="Cards and people by day, band of age and sex",
    sqlite_with_rowid=False,
)

card_months = Table(
    "card_months",
    metadata,
    _municipality(),
    _key("counted", 16, "applied, delivered, ended"),
    _month("ISO"),
    Column("age_from", Integer, primary_key=True, autoincrement=False),
    _key("sex", 8),
    Column("times", BigInteger, nullable=False),
    comment="Sums of card_counts by month, from every source",
    sqlite_with_rowid=False,
)

report_rates = Table(
    "report_rates",
    metadata,
    _municipality(),
    _key("rate", 32),
    _key("place", 64, "*post-office for a kind of outlet, or *"),
    _key("since", 10, "first day, ISO"),
    Column("amount", BigInteger, nullable=False, comment="yen; of a share: hundredths of a percent"),
    Column("confirmed", Boolean(create_constraint=False), nullable=False, comment="by the municipality"),
    Column("source", Text, nullable=False),
    comment="What claims are reckoned with",
)
