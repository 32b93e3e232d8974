"""What a soak found: how each thing grows, and how fast the screens answered; and whether that is good enough."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from tests.soak.campaign import Files
from tests.soak.measure import Row
from tests.soak.slope import Slope, slope_of

Say = Callable[[str], None]

WARM_UP = 0.2
"""Part of the sessions that is not looked at: caches fill."""
FEWEST_ROWS = 5
TELLS_FROM = 500
"""Sessions after the warm-up, from which on nothing may stay open. In fewer, memory still warms up."""
ANSWER_MS = 100.0
MEMORY_WARM_UP = 1_000
"""Sessions after which a process has ready what it keeps ready: drawings, glyphs, lines, notes, statements, pages of a
database, and what `malloc` keeps between them. At a server it is sheets: visits without one hardly touch it."""
SLOWEST = 8


class Verdict(Enum):
    """Of one thing that might grow."""

    FLAT = "flat"
    """The whole interval of its slope is within the bound."""
    OPEN = "open: too few sessions to tell"
    GROWS = "GROWS"
    """No part of the interval is."""


class Answered(NamedTuple):
    """An answer of the screen as it is written down: see `tests.soak.answers`."""

    touched: bool
    from_screen: str
    to_screen: str
    wall_ms: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Bound:
    """How much of it there may be more after each session."""

    name: str
    per_session: float
    unit: str
    memory: bool = False
    warm_up: int = 0
    """Sessions that are not looked at, whatever part of all they are."""
    by_sheets: bool = False
    """Of a server, whose warm-up are sheets instead."""

    def warm(self, row: Row, issued: int) -> bool:
        """Whether it is looked at. `issued`: documents that the server issued before."""
        done = issued + row.get("sheets", row["sessions"]) if self.by_sheets else row["sessions"]
        return done > self.warm_up

    def judge(self, slope: Slope) -> Verdict:
        """What a slope says."""
        if slope.low >= self.per_session:
            return Verdict.GROWS
        return Verdict.FLAT if slope.high <= self.per_session else Verdict.OPEN


BOUNDS = (
    Bound("held_kb", 1.0, "kB", memory=True, warm_up=MEMORY_WARM_UP),
    Bound("malloc_kb", 1.0, "kB", memory=True, warm_up=MEMORY_WARM_UP),
    Bound("python_blocks", 10.0, "blocks", memory=True, warm_up=MEMORY_WARM_UP),
    Bound("python_objects", 1.0, "objects", memory=True, warm_up=MEMORY_WARM_UP),
    Bound("python_timers", 0.001, "timers"),
    Bound("qt_objects", 0.001, "objects"),
    Bound("qt_items", 0.001, "items"),
    Bound("qt_windows", 0.001, "windows"),
    Bound("files", 0.001, "files"),
    Bound("threads", 0.001, "threads"),
    Bound("contexts", 0.001, "contexts"),
    Bound("server_anonymous_kb", 1.0, "kB", memory=True, warm_up=MEMORY_WARM_UP, by_sheets=True),
    Bound("server_files", 0.001, "files"),
    Bound("server_threads", 0.001, "threads"),
    Bound("pcscd_anonymous_kb", 1.0, "kB", memory=True),
    Bound("pcscd_files", 0.001, "files"),
    Bound("pcscd_threads", 0.001, "threads"),
)
"""200 visits a day are 73,000 a year: 1 kB each is 73 MB, which a terminal of 4 GB that is never restarted has. A block
of Python's is some 100 bytes. Of handles not one may stay in a thousand sessions: that would be 73 a year, of 1,024."""

KEPT = ("disk_journal", "disk_server", "disk_server_log", "notes")
"""What may grow: ledger and audit log are kept for good, the journal keeps its notes up to a number."""

TOLD = ("rss_kb", "pss_kb", "uss_kb", "server_rss_kb", "server_pss_kb", "server_uss_kb")
"""What is not judged. The kiosk's breathes by 40 MB: `malloc` keeps the pages of a sheet's raster, or gives them back.
The server's own alone (USS) grows whenever its worker writes to a page that it shares with its parent, and also when it
lets go of one: then the parent is the only one that has it."""


def report(files: Files, say: Say, issued: int = 0) -> int:
    """Says all of it. Returns 0 only when nothing grows (in a long soak nothing is open) and screens are in time.
    `issued`: documents that the server issued before anybody came."""
    good = growth_of_rows(files, say, issued)
    return 0 if answered([Answered(*each) for each in _lines(files.answers)], say) and good else 1


def growth_of_rows(files: Files, say: Say, issued: int = 0) -> bool:
    """Whether everything in the rows of a soak is as flat as it must be."""
    rows: list[Row] = _lines(files.rows)
    return growth(rows, say, issued)


def growth(rows: Sequence[Row], say: Say, issued: int = 0) -> bool:
    """Whether everything is as flat as it must be."""
    if not rows:
        say("no row was measured")
        return False
    warm = [row for row in rows if row["sessions"] > WARM_UP * rows[-1]["sessions"]]
    if len(warm) < FEWEST_ROWS:
        say(f"{len(warm)} rows after the warm-up: too few to say whether anything grows")
        return False
    x = [row["sessions"] for row in warm]
    short = _sessions_of(warm) < TELLS_FROM
    say(f"From {x[0]:.0f} to {x[-1]:.0f} sessions, growth per session (interval of 95 %), and where it stood:")
    good = True
    for bound in BOUNDS:
        if bound.name in warm[0]:
            judged = warm if short else [row for row in warm if bound.warm(row, issued)]
            if not short and _sessions_of(judged) < TELLS_FROM:
                say(
                    f"  {bound.name:19} open: it warms up over {bound.warm_up} "
                    f"{'sheets' if bound.by_sheets else 'sessions'}, a longer soak judges it"
                )
                good = False
                continue
            y = [row[bound.name] for row in judged]
            slope = slope_of([row["sessions"] for row in judged], y)
            verdict = bound.judge(slope)
            if bound.memory and short:
                verdict = Verdict.OPEN
            good = good and (verdict is Verdict.FLAT or (short and verdict is Verdict.OPEN))
            say(
                f"  {bound.name:19} {slope.at:+.4f} ({slope.low:+.4f} to {slope.high:+.4f}) {bound.unit}, bound "
                f"{bound.per_session:g}: {verdict.value}; {y[0]:.0f} to {y[-1]:.0f}, most {max(y):.0f}"
            )
    for name in (name for name in (*KEPT, *TOLD) if name in warm[0]):
        y = [row[name] for row in warm]
        say(f"  {name:19} {slope_of(x, y).at:+.1f}; {y[0]:.0f} to {y[-1]:.0f}, most {max(y):.0f}")
    _say_cost(rows[-1], say)
    return good


def _sessions_of(rows: Sequence[Row]) -> float:
    return rows[-1]["sessions"] - rows[0]["sessions"] if rows else 0.0


def _say_cost(last: Row, say: Say) -> None:
    for whose, name in (("the kiosk's", "cpu_s"), ("the server's", "server_cpu_s")):
        if name in last:
            say(f"A session takes {last[name] / last['sessions'] * 1000:.0f} ms of {whose} processor time.")
    if "sheets" in last:
        say(f"{last['sheets']:.0f} sheets and {last['slips']:.0f} slips came out.")


def answered(answers: Sequence[Answered], say: Say) -> bool:
    """Whether 99 of 100 screens answer in time, as processor time: on the wall a busy machine answers for itself."""
    good = True
    for touched, called in ((True, "From a touch to the painted screen"), (False, "From a change by itself")):
        those = [each for each in answers if each.touched is touched]
        if not those:
            continue
        cpu, wall = [each.cpu_ms for each in those], [each.wall_ms for each in those]
        in_time = _p99(cpu) < ANSWER_MS
        good = good and in_time
        say(
            f"{called}, {len(those)} times: median {median(cpu):.1f} ms of processor time ({median(wall):.1f} on the "
            f"wall), 99th percentile {_p99(cpu):.1f} ({_p99(wall):.1f}), most {max(cpu):.1f} ({max(wall):.1f})"
            f"{'' if in_time else ': TOO LATE'}"
        )
    by_step: dict[str, list[float]] = defaultdict(list)
    for each in answers:
        by_step[f"{each.from_screen} to {each.to_screen}"].append(each.cpu_ms)
    for step, times in sorted(by_step.items(), key=lambda item: -_p99(item[1]))[:SLOWEST]:
        say(f"  {step}, {len(times)} times: median {median(times):.1f} ms, 99th percentile {_p99(times):.1f}")
    return good


def _p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100, method="inclusive")[-1] if len(times) > 1 else times[0]


def _lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
