"""`make kills`: real processes are killed, disks filled and broken, the line cut, at instant after instant, each from
its number, until so many programs were killed. It goes on where it stopped, as long as the code is the same; rows with
the code they were measured on, figures, and what was found, are kept in build/kills."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from certserver.storage.schema import SCHEMA
from kiosk.demo.stage.processes import command
from kiosk.demo.stage.site import CARDS, DemoCard, DemoSite, make_site
from tests.kills import load
from tests.kills.database import Cluster, a_cluster
from tests.kills.figures import MEASURES, Row, kills_in, rows_of, summary, told
from tests.kills.office import Office, an_office
from tests.kills.oracle import judge
from tests.kills.oracle import now as found_now
from tests.kills.plans import TYPICAL, Instant, calm, instant, short
from tests.kills.visit import OutOfOrder, Visit
from tests.support import fast_files
from tests.support.campaigns import code_in_force

KILLS = 200
"""That did strike; with them some fifty disks and lines."""
Counts = dict[int, dict[str, int]]
"""How much there is to count, by the number of documents."""
TRIES = 4
HARDWARE_NICE = -10
FOLDER = Path("build/kills")
_ALONE = "KOUFU_KILLS_ALONE"


def _alone() -> None:
    """In a mount namespace of its own, and where every process ends with this one."""
    if _ALONE not in os.environ:
        user = [] if os.getuid() == 0 else ["--user", "--map-root-user"]
        spaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        os.environ[_ALONE] = "1"
        os.execvp("unshare", ["unshare", *user, *spaces, sys.executable, "-m", "tests.kills", *sys.argv[1:]])


def _as_hardware() -> None:
    """What stands for devices answers in its time however much else the machine does; the programs under test, which
    `processes.py` starts, get no more than usual."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, HARDWARE_NICE)


def _site(folder: Path, cards: Sequence[DemoCard], cluster: Cluster | None) -> DemoSite:
    site, made = DemoSite(folder), folder / "made"
    if not made.exists() or made.read_text() != SCHEMA:
        shutil.rmtree(folder, ignore_errors=True)
        if cluster is not None:
            cluster.empty()
            os.environ["KOUFU_SERVER_DATABASE"] = cluster.url()
        try:
            make_site(folder, cards)
            command("certserver.cli.main", "terminal", "add", "--home", str(site.home), load.TERMINAL)
        finally:
            os.environ.pop("KOUFU_SERVER_DATABASE", None)
        made.write_text(SCHEMA)
    return site


def _cpu() -> float:
    """Seconds of every process here, and of those that ended."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            ticks += sum(map(int, stat.read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Campaign:
    """Where it keeps what, and what its rows are measured on."""

    folder: Path
    rows: Path
    code: str
    cluster: Cluster | None = None

    @property
    def database(self) -> str:
        """In a word."""
        return "sqlite" if self.cluster is None else "postgresql"

    @property
    def measured(self) -> list[Row]:
        """What counts already."""
        return rows_of(self.rows, self.code, self.database)


def _run(campaign: Campaign, instants: Iterable[Instant], counts: Counts | None = None) -> int:
    """Plays these instants and writes a row for each; how many went wrong. What is wrong ends an office: the next
    instant finds a new one. With `counts` nothing is measured before, and nobody else orders meanwhile."""
    folder, cluster = campaign.folder, campaign.cluster
    site = _site(folder / f"site-{campaign.database}", CARDS[:1] if counts else CARDS[:3], cluster)
    waiting, failed = iter(instants), 0
    tries, at = 0, next(waiting, None)
    while at is not None:
        place = Path(tempfile.mkdtemp(prefix="koufu-kills-", dir=fast_files.folder()))
        try:
            with an_office(place, site, with_others=counts is None, cluster=cluster) as office:
                measured = counts or _measured(office)
                while at is not None:
                    row = _played(office, at, measured) | {"code": campaign.code, "database": campaign.database}
                    with campaign.rows.open("a") as file:
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")
                    print(told(row), flush=True)
                    # Where counts are not measured something else may end the visit before its instant comes.
                    again = counts and not row["wrong"] and not row["struck"] and tries < TRIES
                    tries += bool(again)
                    at = at if again else next(waiting, None)
                    if row["wrong"]:
                        failed += 1
                        shutil.copytree(office.logs, folder / f"instant-{row['number']}", dirs_exist_ok=True)
                        break
                    if office.low_on_coins:
                        office.count()
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return failed


def _measured(office: Office) -> Counts:
    """How much there is to count in a visit that nothing disturbs, for one document and for two."""
    counts = {}
    for documents in (1, 2):
        at, before = calm(documents), found_now(office)
        story = Visit(office, at, {}).play()
        verdict = judge(office, at, story, before)
        if verdict.wrong:
            raise SystemExit(f"a visit that nothing disturbs went wrong: {verdict}, {story.screens}")
        counts[documents] = office.moments.seen() | {"time": int(story.took_s * 1000)}
    print(f"in a visit that nothing disturbs there are {counts}", flush=True)
    return counts


def _played(office: Office, at: Instant, counts: Counts) -> dict[str, object]:
    began, cpu = time.monotonic(), _cpu()
    before = found_now(office)
    visit = Visit(office, at, counts[len(at.purposes)])
    wrong: tuple[str, ...] = ()
    figures: dict[str, object] = {}
    try:
        verdict = judge(office, at, visit.play(), before)
        wrong, figures = (
            verdict.wrong,
            {k: getattr(verdict, k) for k in ("issued", "delivered", "kept", "owed", "in_doubt", "sheets", "others")},
        )
    except OutOfOrder as out:
        wrong = (f"the terminal does not serve again: {out}",)
    except (OSError, AssertionError, TimeoutError):
        wrong = (traceback.format_exc(),)
    story = visit.story
    row: dict[str, object] = {
        "number": at.number,
        "victim": at.victim.value,
        "what": at.words(),
        "struck": story.struck_at is not None,
        "struck_at_s": story.struck_at,
        "took_s": round(time.monotonic() - began, 2),
        "cpu_s": round(_cpu() - cpu, 2),
        "stays": at.stays,
        "counted": bool(story.counted),
        "wrong": list(wrong),
        **figures,
    }
    row["scenes"] = story.scenes
    if wrong:
        row["screens"] = [f"{when} {life} {words}" for when, life, words in story.screens]
    return row


def _until(campaign: Campaign, kills: int) -> Iterator[Instant]:
    """One instant after the other that is not played yet, until so many programs were killed."""
    for number in count():
        rows = campaign.measured
        if kills_in(rows) >= kills:
            return
        if number not in {row["number"] for row in rows}:
            yield instant(number, on_postgresql=campaign.cluster is not None)


def main() -> int:
    """Campaign, some instants, or the short selection."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help="until so many programs were killed in all")
    parser.add_argument("--only", type=int, nargs="+", help="these, whatever was played before")
    parser.add_argument("--short", action="store_true", help="one of each victim")
    parser.add_argument("--postgresql", action="store_true", help="the server stands on PostgreSQL, a victim as well")
    parser.add_argument("--out", type=Path, default=FOLDER)
    wanted = parser.parse_args()
    _alone()
    _as_hardware()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        place = (wanted.out / "cluster").absolute()
        cluster = stack.enter_context(a_cluster(place)) if wanted.postgresql else None
        rows = wanted.out / ("some.jsonl" if wanted.only else "rows.jsonl")
        campaign = Campaign(wanted.out, rows, code_in_force(MEASURES), cluster)
        if wanted.short:
            return min(1, _run(campaign, short(), {1: dict(TYPICAL)}))
        if wanted.only:
            chosen = [instant(number, on_postgresql=wanted.postgresql) for number in wanted.only]
            return min(1, _run(campaign, chosen))
        _run(campaign, _until(campaign, wanted.kills))
        found = campaign.measured
        said = summary(found, campaign.code, campaign.database)
        (wanted.out / f"summary-{campaign.database}.txt").write_text(said)
        print(said)
        return 1 if any(row["wrong"] for row in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
