"""A server whose ledger has entries, and the desks of those who ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.office.desk import Desk
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.roles import enter_role
from tests.support.office import a_desk
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.staff import SINCE


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


@pytest.fixture
def registrar(server: ServerForTests) -> Desk:
    return a_desk(server, "mihon-roku", OfficeRole.REGISTRAR)


@pytest.fixture
def configurer(server: ServerForTests) -> Desk:
    """Whoever asks for something still holds the role when it is decided."""
    with server.database.writing() as connection:
        enter_role(connection, MUNICIPALITY, HeldRole("mihon-an", OfficeRole.CONFIGURER, SINCE))
    return a_desk(server, "mihon-an", OfficeRole.CONFIGURER)


@pytest.fixture
def approver(server: ServerForTests) -> Desk:
    return a_desk(server, "mihon-ken", OfficeRole.APPROVER)
