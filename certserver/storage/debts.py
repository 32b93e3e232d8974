"""The table of what terminals owe on slips: money that did not come out, by the short code on the slip. Nobody's name
stands with it."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table

from certserver.storage.metadata import metadata

debts = Table(
    "debts",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("reference", String(64), primary_key=True, comment="the code on screen and slip, in lower case"),
    Column("terminal", String(64), primary_key=True),
    Column("told_at", BigInteger, nullable=False, comment="when the terminal told of it first"),
    Column("yen", BigInteger, nullable=False, comment="as it told last"),
    Column("confirmed", Boolean(create_constraint=False), nullable=False, comment="the money device vouches for it"),
    Column(
        "cashless",
        Boolean(create_constraint=False),
        nullable=False,
        comment="not confirmed, of a payment without cash: the terminal goes on asking",
    ),
    Column("came_out", BigInteger, nullable=False, comment="yen of it that the device paid out later"),
    Column("paid_at", BigInteger, nullable=True, comment="absent until it is paid back at the office"),
    Column("paid_by", String(64), nullable=True),
    Column("paid_yen", BigInteger, nullable=True),
    Index("ix_debts_terminal", "municipality", "terminal"),
    comment="What is owed on slips of terminals",
)
