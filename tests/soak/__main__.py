"""`make soak`: thousands of visits in one kiosk process; with `--pcscd` through a PC/SC daemon of its own. Rows of
measurements stand in build/soak, also of a run that was cut; the exit status says whether something grows or answers
too late."""

import argparse
import sys
from pathlib import Path

from kiosk.demo.stage.site import DemoSite
from tests.soak.campaign import SITE, Files, Soak
from tests.soak.report import report
from tests.soak.shop import new_site, open_shop
from tests.soak.visits import again, brief_visits, visits


def main(arguments: list[str] | None = None) -> int:
    """A soak, or the report of one that was."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=25, help="sessions to a row of measurements")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--brief", action="store_true", help="short visits with one card, and no certificate but the first"
    )
    parser.add_argument("--again", type=int, metavar="N", help="the first N visitors come again and again")
    parser.add_argument("--pcscd", action="store_true", help="cards go through a PC/SC daemon")
    parser.add_argument("--issued", type=int, default=0, metavar="N", help="documents that the server issued before")
    parser.add_argument("--motion", action="store_true", help="with motion and the guard against double touches")
    parser.add_argument("--trace", action="store_true", help="tell which lines hold more than after half")
    parser.add_argument("--out", type=Path, default=Path("build/soak/kiosk"))
    parser.add_argument("--site", type=Path, help="a site that is there already")
    parser.add_argument("--report", action="store_true", help="only the report of the rows that are there")
    wanted = parser.parse_args(arguments)
    files = Files(wanted.out)
    if wanted.report:
        return report(files, print, wanted.issued)
    files.begin()
    site = DemoSite(wanted.site) if wanted.site is not None else new_site(wanted.out / SITE)
    with open_shop(site, pcsc=wanted.pcscd, still=not wanted.motion, issued=wanted.issued) as shop:
        coming = brief_visits() if wanted.brief else visits(wanted.seed, in_process=not wanted.pcscd)
        if wanted.again:
            coming = again(coming, wanted.again)
        soak = Soak(shop, files, wanted.sessions, wanted.every, lambda line: print(line, flush=True), wanted.trace)
        waited = soak.run(coming)
    print(", ".join(f"{count} {name}" for name, count in soak.names.most_common()))
    if waited:
        print(f"stopped: {waited}", file=sys.stderr)
    return max(report(files, print, wanted.issued), 1 if waited else 0)


if __name__ == "__main__":
    sys.exit(main())
