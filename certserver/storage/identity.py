"""Tables of who is who: trusted issuers of user-authentication X.509s, what they revoked, and which card is whose.
Serials are here only as keyed hashes (subjects)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from certserver.storage.metadata import metadata

trust_anchors = Table(
    "trust_anchors",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("key_id", LargeBinary(32), primary_key=True, comment="SHA-256 of the issuer's public key"),
    Column("name", Text, nullable=False, comment="for people; nothing is found by it"),
    Column("x509", LargeBinary, nullable=False, comment="DER"),
    Column("added_at", BigInteger, nullable=False),
    comment="Issuers of user-authentication X.509s that this municipality trusts",
)

# An issuer's list is one for the whole country, yet each municipality keeps it: entries are hashed under its own code,
# so that no card can be followed from one to another, and its rows can move to a database of their own.
crls = Table(
    "crls",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("issuer_key_id", LargeBinary(32), primary_key=True),
    Column("scope", LargeBinary(32), primary_key=True, comment="hash of its distribution point; empty when complete"),
    Column("list_no", Integer, nullable=False, comment="stands for the list in revoked_subjects"),
    Column("this_update", BigInteger, nullable=False),
    Column("next_update", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    Index("ix_crls_list", "municipality", "list_no", unique=True),
    comment="The newest list of revoked X.509s of each issuer and distribution point",
)

revoked_subjects = Table(
    "revoked_subjects",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("list_no", Integer, primary_key=True),
    Column("subject", LargeBinary(32), primary_key=True, comment="keyed hash of issuer and serial"),
    Column("on_hold", Boolean(create_constraint=False), nullable=False, comment="suspended for the time being"),
    comment="Entries of the lists, up to millions",
    # The key is nearly the whole row: kept once, not a second time as an index.
    sqlite_with_rowid=False,
)

card_links = Table(
    "card_links",
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("subject", LargeBinary(32), primary_key=True, comment="keyed hash of issuer and serial"),
    Column("resident_id", String(64), nullable=False),
    Column("face_auth", Boolean(create_constraint=False), nullable=False, comment="a card without a PIN"),
    Column("issuer_key_id", LargeBinary(32), nullable=False),
    Column("crl_scope", LargeBinary(32), nullable=False, comment="which list of its issuer may name it"),
    Column("not_after", BigInteger, nullable=False, comment="of the X.509 or its issuer, whichever is earlier"),
    Column("linked_at", BigInteger, nullable=False, comment="first: a card can be used from the next day"),
    Column("pin_reset_at", BigInteger, nullable=True, comment="last at a counter: as with a new card"),
    Column("of_card", LargeBinary(32), nullable=True, comment="a telephone's: the card that it ends with"),
    Index("ix_card_links_resident", "municipality", "resident_id"),
    comment="Which X.509 is whose",
)
