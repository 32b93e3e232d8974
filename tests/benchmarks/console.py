"""How long pages of the console take with the registers of a whole city and a million issued documents, on SQLite and
on PostgreSQL: `python -m tests.benchmarks.console [--people N] [--documents N]`. Pages are asked for over HTTP, signed
in, with a purpose told; the wall's time of each answer, the first one of a page too. Long: the registers are
imported."""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import text

from certserver.intake.manifest import MANIFEST
from certserver.office.reports.following import follow_logs
from tests.benchmarks import reports, results
from tests.benchmarks.register_delivery import write_delivery
from tests.support.console import BrowserSide, ConsoleForTests, a_console
from tests.support.console_pages import fill, shown_paths
from tests.support.databases import Kind, on

PEOPLE, DOCUMENTS = 3_770_000, 1_000_000
DELIVERIES = Path("build/bench-registers")
"""Where the benchmark of the registers keeps its deliveries too."""

WITHIN_MS, SHARE = 100, 0.95
"""What is wanted of so many answers."""

TIMES = 5


def _searches(documents: int) -> tuple[str, ...]:
    """Questions beside the pages as they open."""
    number = reports.number_of(documents // 2)
    return (
        "/ledger?kind=&terminal=kiosk-007",
        "/ledger?kind=residence&terminal=kiosk-007&since=2025-10-01&until=2025-10-01",
        "/ledger?kind=&ended=spoiled",
        f"/ledger?number={number}",
        "/audit?event=issued",
        f"/audit?word={number}",
        "/audit?word=kiosk-007",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: milliseconds of the wall and of this process's CPU, browser's side and console in one."""

    path: str
    wall_ms: float
    cpu_ms: float


def main() -> int:
    """Measures on both; returns 1 when fewer answers than wanted came in time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="N")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, metavar="N")
    parser.add_argument("--databases", nargs="+", type=Kind, default=tuple(Kind), metavar="KIND")
    wanted = parser.parse_args()
    delivery = DELIVERIES / str(wanted.people) / "delivery"
    if not (delivery / MANIFEST).exists():
        write_delivery(delivery, reports.MUNICIPALITY, wanted.people)
    shares = []
    for kind in wanted.databases:
        with TemporaryDirectory() as folder, on(kind), a_console(Path(folder)) as console:
            paths = (*_load(console, delivery, wanted.documents), *_searches(wanted.documents))
            shares.append(_told(list(_answers(console, paths)), kind, wanted.people, wanted.documents))
    return 0 if min(shares) >= SHARE else 1


def _load(console: ConsoleForTests, delivery: Path, documents: int) -> list[str]:
    """Everything that the console of a city holds; the paths of its pages. What pages name is there first: it is old by
    then, and card applications of people who are not in the delivery have ended."""
    fill(console)
    paths = shown_paths(console)
    database = console.server.database
    began = time.perf_counter()
    command = [sys.executable, "-m", "certserver.cli.main", "import", str(delivery), "--home", str(console.server.home)]
    subprocess.run(command, check=True)
    print(f"registers taken in: {time.perf_counter() - began:.0f} s", flush=True)
    began = time.perf_counter()
    reports.issue(database, documents)
    follow_logs(database, console.municipality)
    with database.unlocked() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    print(f"{documents:,} documents entered: {time.perf_counter() - began:.0f} s", flush=True)
    return paths


def _answers(console: ConsoleForTests, paths: Sequence[str]) -> Iterator[Asked]:
    side = console.signed_in("aoi", purpose=True)
    for path in paths:
        for _ in range(TIMES):
            yield _asked(side, path)


def _asked(side: BrowserSide, path: str) -> Asked:
    cpu, wall = time.process_time(), time.perf_counter()
    answered = side.get(path)
    took = Asked(path, (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)
    if answered.status not in (200, 303):
        raise RuntimeError(f"{path}: {answered.status}")
    return took


def _told(asked: list[Asked], kind: Kind, people: int, documents: int) -> float:
    """Prints and keeps the figures; the share of answers that came in time."""
    walls = sorted(each.wall_ms for each in asked)
    share = sum(each <= WITHIN_MS for each in walls) / len(walls)
    slowest = sorted(asked, key=lambda each: -each.wall_ms)[:12]
    figures = {
        "answers": len(asked),
        f"share_within_{WITHIN_MS}_ms": round(share, 4),
        "wall_p50_ms": round(walls[len(walls) // 2], 1),
        "wall_p95_ms": round(quantiles(walls, n=20)[-1], 1),
        "cpu_p95_ms": round(quantiles([each.cpu_ms for each in asked], n=20)[-1], 1),
    }
    print(f"{kind.value}: {figures}")
    for each in slowest:
        print(f"  {each.wall_ms:8.1f} ms wall {each.cpu_ms:8.1f} ms CPU  {each.path}")
    results.keep([{"name": f"console ({kind.value})", "people": people, "documents": documents, **figures}])
    return share


if __name__ == "__main__":
    sys.exit(main())
