"""`python -m tests.soak.server`: thousands of visits at one server with one worker, each with a document, from the
client's side of the wire: what its processes hold on to. In a soak of a kiosk hardly one visit in two gets a document,
and a server's caches are not full before some thousand of them."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.demo.stage.site import MAIN_CARD, make_site
from tests.benchmarks.served import holder_of, served
from tests.benchmarks.visit import visit
from tests.soak import measure
from tests.soak.campaign import SITE, Files
from tests.soak.report import growth_of_rows
from tests.support.memory import descendants


def soak(files: Files, visits: int, every: int, say: Callable[[str], None]) -> None:
    """So many visits one after the other over one channel, as of one terminal; a row after every `every` of them."""
    files.begin()
    site = make_site(files.folder / SITE, (MAIN_CARD,))
    holder, began = holder_of(site), time.monotonic()
    with served(site, 1) as (server, station), station.channel() as channel:
        for done in range(1, visits + 1):
            visit(channel, station, holder)
            if done % every:
                continue
            processes = descendants(server.pid)
            row: measure.Row = {
                "sessions": done,
                "wall_s": round(time.monotonic() - began, 2),
                **measure.processes(processes, "server_"),
                "server_cpu_s": sum(map(measure.cpu_of, processes)),
                **measure.on_disk({"server": site.home, "server_log": site.folder / "server.log"}),
            }
            files.append(files.rows, row)
            say(f"{done} visits, {row['server_cpu_s']:.0f} CPU s, {row['server_anonymous_kb'] / 1024:.1f} MB held")


def main() -> int:
    """A soak, or the report of one that was."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.server", description=__doc__)
    parser.add_argument("--visits", type=int, default=5_000)
    parser.add_argument("--every", type=int, default=100, help="visits to a row of measurements")
    parser.add_argument("--out", type=Path, default=Path("build/soak/server"))
    parser.add_argument("--report", action="store_true", help="only the report of the rows that are there")
    wanted = parser.parse_args()
    files = Files(wanted.out)
    if not wanted.report:
        soak(files, wanted.visits, wanted.every, lambda line: print(line, flush=True))
    return 0 if growth_of_rows(files, print) else 1


if __name__ == "__main__":
    sys.exit(main())
