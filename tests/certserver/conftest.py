"""What tests of the server may ask for: to be run on each database it can stand on."""

from collections.abc import Iterator

import pytest

from tests.support.databases import Kind, kinds, on


@pytest.fixture(params=kinds())
def either_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Runs a test on SQLite, and on PostgreSQL where it is installed."""
    kind: Kind = request.param
    with on(kind, in_memory=True):
        yield
