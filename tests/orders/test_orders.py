"""A short stretch of `make orders` on each database, and that its judgement finds what it is there to find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.orders.campaign import Campaign, Pace
from tests.orders.site import Size, open_site
from tests.support.cards import key_maker
from tests.support.databases import Kind, kinds, new_url, on

ORDERS = 100
SIZE = Size(houses=12, terminals=8, workers=2)


@pytest.fixture(params=kinds())
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new one of either kind."""
    kind: Kind = request.param
    with on(kind, in_memory=True):
        yield new_url(tmp_path, "orders")


def test_i1_terminals_that_order_at_once_get_their_own_papers_while_registers_change(
    database: str, tmp_path: Path
) -> None:
    campaign = Campaign(open_site(tmp_path, SIZE, database, key_maker()), Pace(every_s=0.3), 1)
    campaign.run(ORDERS, ORDERS, lambda _told: None)
    campaign.verify()
    assert campaign.faults == []
    counts = campaign.counts
    assert counts["orders"] == ORDERS
    assert counts["documents compared"] >= ORDERS / 2
    assert counts["documents read from a raster"]
    assert sum(count for what, count in counts.items() if what.startswith("register: "))
