"""One soak: visits, a row of measurements every so many, and a file of everything, so that a run that is cut is a
result as well."""

import gc
import json
import shutil
import signal
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.flow.values.presentation import Presentation
from tests.soak import measure
from tests.soak.answers import Answer, Answers
from tests.soak.measure import Row
from tests.soak.person import People
from tests.soak.shop import Shop
from tests.soak.visits import Visit

SITE = "site"
"""The folder of a site that a soak made."""
FRAMES, LINES = 4, 15
"""How deep and how many lines are told of what holds more."""
TYPES_EVERY = 10
"""Rows to one count of objects by type."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where rows, answers, counts of types and what the visits were are written, a line of JSON each."""

    folder: Path

    @property
    def rows(self) -> Path:
        """Measurements."""
        return self.folder / "rows.jsonl"

    @property
    def answers(self) -> Path:
        """Answers of the screen."""
        return self.folder / "answers.jsonl"

    @property
    def types(self) -> Path:
        """Objects by type."""
        return self.folder / "types.jsonl"

    def begin(self) -> None:
        """An empty folder, rid of what an earlier soak left. Raises `ValueError` where anything else lies there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ours = (self.rows, self.answers, self.types)
        foreign = {each.name for each in self.folder.iterdir()} - {each.name for each in ours} - {SITE}
        if foreign:
            raise ValueError(f"{self.folder} is not empty, and {min(foreign)} is not of a soak")
        for each in ours:
            each.unlink(missing_ok=True)
        shutil.rmtree(self.folder / SITE, ignore_errors=True)

    def append(self, file: Path, *values: object) -> None:
        """Adds lines."""
        with file.open("a") as lines:
            lines.writelines(json.dumps(value, separators=(",", ":")) + "\n" for value in values)


@dataclass(slots=True)
class Soak:
    """A soak of so many `sessions`, with a row after every `every` of them."""

    shop: Shop
    files: Files
    sessions: int
    every: int
    say: Callable[[str], None]
    traced: bool = False
    """Tells at the end which lines of the code hold more than after half of the visits. Slow."""
    done: int = 0
    names: Counter[str] = field(default_factory=Counter)
    waited: str = ""
    _answers: Answers | None = None
    _before: tracemalloc.Snapshot | None = None
    _began: float = field(default_factory=time.monotonic)

    def run(self, coming: Iterator[Visit]) -> str:
        """Until so many of those that are `coming` have come. Returns what somebody waited for in vain, or an empty
        text."""
        shop = self.shop
        program = shop.program
        self._answers = Answers(program.window.view, lambda: type(program.runner.state.scene).__name__)
        people = People(shop, self._answers, coming, self._between, self._ended)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._ended("nobody: it was cut"))
        QTimer.singleShot(0, people.come)
        program.start()
        shop.application.exec()
        self._tell_lines()
        return self.waited

    def _tell_lines(self) -> None:
        if self._before is None:
            return  # cut before the half
        gc.collect()
        now = tracemalloc.take_snapshot().filter_traces((tracemalloc.Filter(False, tracemalloc.__file__),))
        tracemalloc.stop()
        for more in now.compare_to(self._before, "traceback")[:LINES]:
            frames = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(more.traceback))
            self.say(f"{more.size_diff:+} bytes in {more.count_diff:+} blocks: {frames}")

    def _ended(self, waited: str) -> None:
        self.waited = waited
        self.shop.application.quit()

    def _between(self, visit: Visit) -> bool:
        self.done += 1
        self.names[visit.name] += 1
        if self.done % self.every == 0:
            self._measure()
        # What is only replaced since then was made while it was traced, too.
        if self.traced and self.done == self.sessions // 6:
            tracemalloc.start(FRAMES)
        if self.traced and self.done == self.sessions // 2:
            gc.collect()
            self._before = tracemalloc.take_snapshot()
        return self.done < self.sessions

    def _measure(self) -> None:
        shop, answers = self.shop, self._answers
        assert answers is not None
        taken = answers.taken()
        # QML looks for what nobody refers to any more when it likes: by that alone 1 MB comes and goes.
        shop.program.window.view.engine().collectGarbage()
        row: Row = {
            "sessions": self.done,
            "wall_s": round(time.monotonic() - self._began, 2),
            "cpu_s": round(time.process_time(), 2),
            "plain": float(shop.program.runner.state.presentation == Presentation()),
            **measure.process("self", ""),
            **measure.held(),
            **measure.python(),
            **measure.window(shop.program.window.view),
            **measure.processes(shop.server_processes, "server_"),
            "server_cpu_s": sum(measure.cpu_of(pid) for pid in shop.server_processes),
            "contexts": shop.contexts_held,
            "notes": len(shop.program.journal.notes),
            "sheets": shop.came.sheets,
            "slips": shop.came.slips,
            "disk_journal": sum(each.stat().st_size for each in shop.site.folder.glob("journal-*.log")),
            **measure.on_disk(
                {
                    "server": shop.site.home,
                    "server_log": shop.site.folder / "server.log",
                }
            ),
        }
        if shop.daemon_process is not None:
            row |= measure.process(shop.daemon_process, "pcscd_")
        self.files.append(self.files.rows, row)
        self.files.append(self.files.answers, *map(_told, taken))
        if self.done // self.every % TYPES_EVERY == 0:
            self.files.append(self.files.types, {"sessions": self.done, **measure.types()})
        self.say(
            f"{self.done} sessions, {row['wall_s']:.0f} s, {row['cpu_s']:.0f} + {row['server_cpu_s']:.0f} CPU s, "
            f"USS {row['uss_kb'] / 1024:.1f} MB, {row['files']:.0f} files, {row['threads']:.0f} threads, "
            f"{row['python_objects']:.0f} objects, {row['qt_objects']:.0f} of Qt"
        )


def _told(answer: Answer) -> tuple[object, ...]:
    touched, before, after, wall, cpu = astuple(answer)
    return touched, before, after, round(wall, 2), round(cpu, 2)
