"""Whoever changes anything opens the book of the municipality first and asks for the register in force then: two that
wait for each other would end with one of them cut off, a release after the money is in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from certserver.cli.main import main
from tests.support.deliveries import MADE_AT, Handover, write_delivery
from tests.support.handovers import seal, small_town
from tests.support.homes import a_home
from tests.support.registers import MIHON
from tests.support.server import a_server
from tests.support.server_visit import RESIDENCE

pytestmark = pytest.mark.xdist_group("server-commands")

BOOK, REGISTER = "municipality_state", "registers_in_force"


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Every statement of every database."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    yield heard
    event.remove(Engine, "before_cursor_execute", hear)


def orders(said: list[str]) -> list[bool]:
    """Of each writing transaction that has both, whether it came to the book first."""
    written = [words for words in "\n".join(said).split("BEGIN")[1:] if words.startswith(" IMMEDIATE")]
    return [words.index(BOOK) < words.index(REGISTER) for words in written if BOOK in words and REGISTER in words]


def test_commands_open_the_book_first(tmp_path: Path, said: list[str]) -> None:
    home = str(a_home(tmp_path))

    def delivery(name: str, town: Handover, content: str = "all") -> str:
        made_at = MADE_AT + timedelta(hours=len(name))
        return str(write_delivery(tmp_path / name, town, MIHON, made_at=made_at, content=content))

    resident = ("--resident", "kengo")
    for arguments in (
        ("import", delivery("a", small_town())),
        ("import", delivery("bb", small_town())),
        ("import", delivery("ccc", Handover(seals=[seal()]), "changes")),
        ("registered-seal", "cancel", *resident),
        ("registered-seal", "revive", *resident),
        ("withholding", "set", "--kind", "issuance-hold", *resident),
        ("withholding", "lift", "--kind", "issuance-hold", *resident),
        ("snapshots", "restore", "2"),
        ("snapshots", "drop", "3"),
    ):
        del said[:]
        assert main([*arguments, "--home", home]) == 0, arguments
        assert orders(said) == [True], arguments


def test_a_visit_opens_the_book_first(tmp_path: Path, said: list[str]) -> None:
    with a_server(tmp_path) as server:
        del said[:]
        server.visit("kengo").issue(RESIDENCE)
    assert orders(said)
    assert all(orders(said))
