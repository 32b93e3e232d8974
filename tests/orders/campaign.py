"""Rounds of many terminals on one site: all order at once, another process changes the register under them, and what
came of it is judged before the next round begins. Where it stands is kept in the site's folder, so that a later run
goes on, also after one that was cut off."""

import json
import resource
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from threading import Event, Lock

from sqlalchemy import func, select

from certserver.storage.identity import card_links
from certserver.storage.issued import audit_log, ledger
from koufu.v1 import issuance_pb2 as wire
from tests.orders.changes import ChangingBeside, Journal
from tests.orders.judge import Judging, Standing
from tests.orders.rows import By, Rows
from tests.orders.site import Site
from tests.orders.terminal import Line, line_to
from tests.orders.town import MUNICIPALITY
from tests.orders.visits import Visits
from tests.support.campaigns import SERVER, code_in_force, write_whole

MEASURES = (*SERVER, "tests/orders/*.py")
"""What a figure depends on."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The register changes once for so many orders, however fast they come; of so many documents one is read from its
    raster, and of so many of those one is drawn by another renderer than a terminal's."""

    change_every: int = 6
    raster_every: int = 20
    other_every: int = 10


class Campaign:
    """One site's orders, so far."""

    def __init__(self, site: Site, pace: Pace, seed: int) -> None:
        self._site = site
        self._pace = pace
        self._seed = seed
        self._rows = Rows(site.folder)
        self._round = 1
        self._journal = Journal(site.folder)
        self._kept = site.folder / "standing.json"
        self.code = code_in_force(MEASURES)
        self.counts: Counter[str] = Counter()
        """Of what was judged with this code."""
        self.before: dict[str, dict[str, int]] = {}
        """By other code, what was judged with it."""
        self.faults: list[str] = []
        self._code_before = self.code
        """Of the run before."""
        self._verified = 0
        if self._kept.exists():
            kept = json.loads(self._kept.read_text())
            self._first_seq = int(kept["first_seq"])
            self._standing = Standing.read(kept["standing"])
            self.before = kept.get("before", {})
            self._code_before = kept.get("code", "unknown")
            self.counts.update(kept["counts"])
            self._of_code_before({})
            self.counts.update(self.before.pop(self.code, {}))
            self.faults += kept["faults"]
            self._round = kept["round"]
            self._verified = kept["verified"]
        else:
            self._first_seq = self._head()
            self._standing = Standing(self._first_seq, 0, site.first, self._snapshot())
            self._keep()
        self._rows.begin(self._round, wrong=bool(self.faults))

    @property
    def verified(self) -> bool:
        """Whether `verify` has said something of all orders that there are."""
        return self._verified == self._ever("orders")

    @property
    def orders(self) -> int:
        """How many were judged with this code."""
        return self.counts["orders"]

    def _of_code_before(self, own: Mapping[str, int]) -> None:
        """What was counted beyond `own` is of the run before, whose code may have been another."""
        if self._code_before != self.code:
            more = Counter(self.counts) - Counter(own)
            self.before[self._code_before] = dict(Counter(self.before.get(self._code_before, {})) + more)
            self.counts = Counter(own)

    def _ever(self, what: str) -> int:
        """With whatever code."""
        return self.counts[what] + sum(counts.get(what, 0) for counts in self.before.values())

    def run(self, until: int, a_round: int, tell: Callable[[str], None]) -> None:
        """Goes on until so many orders were judged, and what a run that was cut off had left. Stops at the first round
        with a fault."""
        if self.orders >= until and not self._rows.read() and not self._unjudged():
            return
        before = _cpu_s()
        with (
            self._site.serving() as server,
            self._lines(f"localhost:{server.port}") as lines,
            # Its first deed is to settle what it was about when a run was cut off.
            ChangingBeside(self._site, self._first_seq, self._seed + self._ever("orders")) as changes,
        ):
            self._end_what_was_cut_off(lines)
            while self.orders < until and not self.faults:
                self._order(lines, min(a_round, until - self.orders), changes.change)
                changes.settle()
                self._judge(lines, cut_off=False)
                tell(f"{self.orders} orders")
        # Of what was started only what has ended is counted: here all of it has.
        for whose, seconds in _cpu_s().items():
            self.counts[f"CPU s of {whose}"] += round(seconds - before[whose])
        self._keep()

    def verify(self) -> None:
        """What can only be said of all: both chains, and that no copy or number stands twice."""
        said = self._site.command("audit", "verify")
        if "unbroken" not in said:
            self.faults.append(said)
        with self._site.database() as database, database.reading() as connection:
            of_town = ledger.c.municipality == MUNICIPALITY
            documents, copies, numbers, last = connection.execute(
                select(
                    func.count(),
                    func.count(func.distinct(ledger.c.statement)),
                    func.count(func.distinct(ledger.c.document_no)),
                    func.max(ledger.c.ledger_seq),
                ).where(of_town)
            ).one()
        if not documents == copies == numbers == last:
            self.faults.append(f"{documents} documents, {copies} statements, {numbers} numbers, the last is {last}")
        if documents != self._ever("documents issued"):
            self.faults.append(f"{documents} in the ledger, {self._ever('documents issued')} judged")
        compared, by_raster = self.counts["documents compared"], self.counts["documents read from a raster"]
        if by_raster < compared // self._pace.raster_every:
            self.faults.append(f"{by_raster} of {compared} documents were read from a raster")
        by_other = self.counts["documents drawn by another renderer"]
        if by_other < by_raster // self._pace.other_every:
            self.faults.append(f"{by_other} of {by_raster} rasters were another renderer's")
        self._verified = self._ever("orders")
        self._keep()

    @contextmanager
    def _lines(self, address: str) -> Iterator[list[Line]]:
        with ExitStack() as stack:
            yield [stack.enter_context(line_to(address, *each)) for each in self._site.bundles().items()]

    def _order(self, lines: list[Line], orders: int, change: Callable[[], None]) -> None:
        """So many orders by all terminals at once, each as fast as it can."""
        cards, key = self._site.cards(), self._site.key()
        taken, lock, stopped = count(1), Lock(), Event()

        def take() -> bool:
            with lock:
                number = next(taken)
                if number % self._pace.change_every == 1 and number <= orders:
                    change()
                return number <= orders and not stopped.is_set()

        # Counted from what was judged: what a run that was cut off had read is made up for.
        opened = self.counts["documents compared"]
        from_rasters = self.counts["documents read from a raster"]
        by_other = self.counts["documents drawn by another renderer"]

        def read_by(documents: int) -> By:
            nonlocal opened, from_rasters, by_other
            with lock:
                opened += documents
                if from_rasters * self._pace.raster_every >= opened:
                    return By.PICTURES
                from_rasters += documents
                if by_other * self._pace.other_every >= from_rasters:
                    return By.RASTER
                by_other += documents
                return By.OTHER_RENDERER

        def stand(line: Line) -> None:
            seed = f"{self._seed}/{self._ever('orders')}/{line.terminal}"
            visits = Visits(line, cards, key, self._rows, read_by, seed)
            while take():
                visits.visit()

        with ThreadPoolExecutor(len(lines)) as terminals:
            try:
                list(terminals.map(stand, lines))
            finally:
                # One that met something unforeseen, or whoever is tired of it, ends it for all.
                stopped.set()

    def _judge(self, lines: list[Line], *, cut_off: bool) -> None:
        with self._site.database() as database:
            with database.reading() as connection:
                links = connection.execute(select(card_links.c.subject, card_links.c.resident_id)).all()
                residents = {link.subject.hex(): link.resident_id for link in links}
            steps = dict(self._journal.steps())
            judging = Judging(self._standing, self._rows.read(), steps, residents, cut_off)
            judging.run(database)
        own = dict(self.counts)
        self.counts.update(judging.counts)
        self.faults += judging.faults
        for line in lines:
            self.counts.update(line.counts)
            line.counts.clear()
        if cut_off:
            self._of_code_before(own)
        self._round += 1
        # With this all of it is judged at once; until then nothing of it is.
        self._keep()
        self._rows.begin(self._round, wrong=bool(self.faults))

    def _end_what_was_cut_off(self, lines: list[Line]) -> None:
        """A terminal that comes back voids what it was about, as one does after a power cut; then that round is judged
        as far as it came."""
        known = self._rows.read()
        by_terminal = {line.terminal: line for line in lines}
        for row in known.values():
            if row.end == "cut-off":
                report = wire.ReportOutcomeRequest(
                    municipality=MUNICIPALITY, order_id=row.order_id, attempt_token=row.token, captured=0
                )
                by_terminal[row.terminal].ask("ReportOutcome", report)
        if known or self._unjudged():
            self._judge(lines, cut_off=True)
        self._code_before = self.code

    def _unjudged(self) -> bool:
        return self._head() > self._standing.audit_seq

    def _head(self) -> int:
        with self._site.database() as database, database.reading() as connection:
            of_town = audit_log.c.municipality == MUNICIPALITY
            return int(connection.scalar(select(func.max(audit_log.c.audit_seq)).where(of_town)) or 0)

    def _snapshot(self) -> int:
        """The number of the one in force."""
        in_force = [line for line in self._site.command("snapshots", "list").splitlines() if "in force" in line]
        return int(in_force[0].split()[0])

    def _keep(self) -> None:
        told = {
            "first_seq": self._first_seq,
            "round": self._round,
            "verified": self._verified,
            "code": self.code,
            "before": self.before,
            "standing": self._standing.told(),
            "counts": dict(sorted(self.counts.items())),
            "faults": self.faults,
        }
        write_whole(self._kept, json.dumps(told, ensure_ascii=False))


def _cpu_s() -> dict[str, float]:
    used = {"terminals and judge": resource.RUSAGE_SELF, "server and register's changes": resource.RUSAGE_CHILDREN}
    return {whose: sum(resource.getrusage(which)[:2]) for whose, which in used.items()}
