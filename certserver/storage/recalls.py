"""Tables of what the office says of sheets after they were issued: marks that spoil, void or recall one, and the
recalls by which many are marked at once. Rows are only ever added."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, LargeBinary, String, Table, Text

from certserver.storage.metadata import metadata

recalls = Table(
    "recalls",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("recall_no", Integer, primary_key=True, autoincrement=False),
    Column("proposal_id", LargeBinary(16), nullable=False, comment="who asked, and what was decided"),
    Column("since", BigInteger, nullable=True, comment="issued at this second or later"),
    Column("until", BigInteger, nullable=True, comment="issued before this second"),
    Column("kind", String(32), nullable=True),
    Column("terminal", String(64), nullable=True),
    Column("terminal_build", String(32), nullable=True),
    Column("server_build", String(32), nullable=True),
    Column(
        "up_to", BigInteger, nullable=False, comment="the ledger's last entry when it was asked: no later one counts"
    ),
    Column("why", Text, nullable=False, comment="what went wrong, nobody named"),
    Column("found", Text, nullable=False, comment="JSON: sheets and persons, counted when it was asked"),
    comment="Which sheets are called back: two persons decide it",
)

sheet_marks = Table(
    "sheet_marks",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("standing", String(16), primary_key=True, comment="spoiled, voided, recalled"),
    Column("ledger_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("marked_by", String(32), nullable=False, comment="an officer; of a recall: who asked for it"),
    Column("recall_no", Integer, nullable=True, comment="of the recall that it stands in"),
    Column("why", Text, nullable=True, comment="where it stands in no recall"),
    ForeignKeyConstraint(["municipality", "ledger_seq"], ["ledger.municipality", "ledger.ledger_seq"]),
    Index("ix_sheet_marks_document", "municipality", "ledger_seq"),
    comment="What the office says of an issued sheet, against what its terminal reported",
)
