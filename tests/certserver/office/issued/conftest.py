"""A server whose ledger has entries, and the desks of those who ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.office.desk import Desk
from certserver.office.rights import OfficeRole
from tests.support.office import a_desk
from tests.support.server import ServerForTests, a_server


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


@pytest.fixture
def registrar(server: ServerForTests) -> Desk:
    return a_desk(server, "mihon-roku", OfficeRole.REGISTRAR)


@pytest.fixture
def configurer(server: ServerForTests) -> Desk:
    return a_desk(server, "mihon-an", OfficeRole.CONFIGURER)


@pytest.fixture
def approver(server: ServerForTests) -> Desk:
    return a_desk(server, "mihon-ken", OfficeRole.APPROVER)
