"""A node that is not what its municipality allows serves nothing (I8)."""

from pathlib import Path

import pytest

from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.ledger import nodes
from certserver.ledger.book import open_book
from certserver.ledger.nodes import FontFile, allow_nodes, check_node, configuration_digest
from certserver.ledger.state import found_municipality
from certserver.ledger.terminals import withdraw_terminal
from certserver.storage.engine import Database
from koufu.release import BUILD, WIRE_SCHEMA
from tests.support.registers import MIHON, empty_database

ONE_NODE = configuration_digest("one node", b"centre", b"secret", {b"ca"})


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = empty_database(tmp_path)
    with made.writing() as connection:
        found_municipality(connection, MIHON)
    allow(made, BUILD)
    return made


def allow(database: Database, minimum_server: str) -> None:
    with database.writing() as connection, open_book(connection, MIHON) as book:
        allow_nodes(connection, book, minimum_server, BUILD, ONE_NODE, 100)


def check(database: Database, configuration: bytes = ONE_NODE, municipality: str = MIHON) -> None:
    with database.reading() as connection:
        check_node(connection, municipality, configuration)


def test_i8_a_node_as_allowed_may_serve(database: Database) -> None:
    check(database)


@pytest.mark.parametrize(
    "other",
    [
        configuration_digest("several nodes", b"centre", b"secret", {b"ca"}),
        configuration_digest("one node", b"other", b"secret", {b"ca"}),
        configuration_digest("one node", b"centre", b"other", {b"ca"}),
        configuration_digest("one node", b"centre", b"secret", {b"ca", b"another"}),
        configuration_digest("one node", b"centre", b"secret", {b"ca"}, (FontFile("more.ttf", b"content"),)),
    ],
)
def test_i8_other_keys_secret_cas_or_topology_serve_nothing(database: Database, other: bytes) -> None:
    with pytest.raises(ConfigurationError, match="node allow"):
        check(database, other)


def test_i8_a_build_below_the_minimum_serves_nothing(database: Database) -> None:
    allow(database, "99.0.0")
    with pytest.raises(ConfigurationError, match=r"wants 99\.0\.0"):
        check(database)


def test_i8_another_wire_schema_serves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "WIRE_SCHEMA", WIRE_SCHEMA + 1)
    with pytest.raises(ConfigurationError, match=f"wire schema {WIRE_SCHEMA + 1}"):
        check(database)


def test_an_unknown_municipality_or_terminal_or_build_is_told(database: Database) -> None:
    with pytest.raises(ConfigurationError, match="koufu-server init"):
        check(database, municipality="000000")
    with pytest.raises(ConfigurationError, match="three numbers"):
        allow(database, "newest")
    with database.writing() as connection:
        book = open_book(connection, MIHON)
        with pytest.raises(NoSuchEntry, match="no terminal"), book as opened:
            withdraw_terminal(connection, opened, "kiosk-9", 100)
