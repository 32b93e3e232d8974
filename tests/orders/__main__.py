"""`make orders`: 50,000 orders at 64 terminals and 4 worker processes, on SQLite and on PostgreSQL, while the registers
change under them. Where it stands is kept in build/orders, so that a later run goes on; figures.json says how many of
what were judged with which code, and whatever was not as it must be. Only orders of the code in force count toward the
50,000."""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from hardware.card.virtual.authority import new_key
from tests.orders.campaign import Campaign, Pace
from tests.orders.site import SQLITE, Size, open_site
from tests.support import postgresql
from tests.support.campaigns import as_json, commit_in_force, write_whole
from tests.support.databases import Kind

FOLDER = Path("build/orders").absolute()
FIGURES = FOLDER / "figures.json"
ORDERS = int(os.environ.get("KOUFU_ORDERS", "50000"))
"""On each database."""

STRETCH = 5_000
"""So many on the one, then as many on the other."""

A_ROUND = 500
SIZE = Size(houses=60, terminals=64, workers=4)
_NAME = "koufu_orders"
_SEED = 1
_CUT_OFF = 143


def main() -> int:
    """Goes on until all orders are judged, or one is wrong; returns the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_CUT_OFF))
    kinds = [Kind.SQLITE, *([Kind.POSTGRESQL] if postgresql.installed() else [])]
    wrong = False
    for until in (*range(STRETCH, ORDERS, STRETCH), ORDERS):
        for kind in kinds:
            with _campaign(kind) as campaign:
                campaign.run(until, A_ROUND, partial(print, kind.value, flush=True))
                if not campaign.verified:
                    campaign.verify()
                _keep(kind, campaign)
                wrong = wrong or bool(campaign.faults)
        if wrong:
            break
    print(FIGURES.read_text() if FIGURES.exists() else "nothing was to be done")
    return 1 if wrong else 0


@contextmanager
def _campaign(kind: Kind) -> Iterator[Campaign]:
    folder = FOLDER / kind.value
    folder.mkdir(parents=True, exist_ok=True)
    with _database(kind) as url:
        yield Campaign(open_site(folder, SIZE, url, new_key), Pace(), _SEED)


@contextmanager
def _database(kind: Kind) -> Iterator[str]:
    """The URL of one that is kept."""
    if kind is Kind.SQLITE:
        yield SQLITE
        return
    socket = postgresql.owned(Path(tempfile.mkdtemp(prefix="koufu-orders-")))
    folder = FOLDER / "cluster"
    if not folder.exists():
        folder.mkdir(parents=True)
        postgresql.make_cluster(postgresql.owned(folder) / "data")
    try:
        with postgresql.running(folder / "data", socket, folder / "log"):
            postgresql.make_database(_NAME, socket)
            yield postgresql.url_of(_NAME, socket)
    finally:
        shutil.rmtree(socket, ignore_errors=True)


def _keep(kind: Kind, campaign: Campaign) -> None:
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    kept[kind.value] = {
        "code": campaign.code,
        "commit": commit_in_force(),
        "counts": dict(campaign.counts),
        "with other code": campaign.before,
        "wrong": campaign.faults,
    }
    write_whole(FIGURES, as_json(kept))


if __name__ == "__main__":
    sys.exit(main())
