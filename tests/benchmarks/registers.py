"""The import of a whole municipality: `python -m tests.benchmarks.registers` writes a delivery of KOUFU_BENCH_PEOPLE
residents (Yokohama's 3,770,000 by default), takes it in, and looks residents up. What was done is not done again; the
figures go into build/bench/results.json beside the others."""

import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from certserver.cli.main import main as koufu_server
from certserver.composition.settings import load_settings
from certserver.composition.stores import open_storage
from certserver.intake.manifest import MANIFEST
from certserver.registers.repository import read_snapshot
from certserver.registers.snapshot import Wanted
from tests.benchmarks import results
from tests.benchmarks.register_delivery import resident_id, write_delivery

FOLDER = Path("build/bench-registers")
PEOPLE = int(os.environ.get("KOUFU_BENCH_PEOPLE", "3770000"))
MUNICIPALITY = "992011"
LOOKUPS = 2_000
_WANTED = Wanted(koseki=True, taxes=True, damages=True)


def main() -> int:
    """Writes, imports, looks up; returns the exit status."""
    folder = FOLDER / str(PEOPLE)
    kept = folder / "figures.json"
    figures: dict[str, float] = json.loads(kept.read_text()) if kept.exists() else {}

    def keep(**more: float) -> None:
        figures.update(more)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(figures))

    delivery, home = folder / "delivery", folder / "home"
    if not (delivery / MANIFEST).exists():
        began = time.perf_counter()
        write_delivery(delivery, MUNICIPALITY, PEOPLE)
        keep(register_generation_s=time.perf_counter() - began)
    if "register_import_s" not in figures:
        shutil.rmtree(home, ignore_errors=True)
        koufu_server(["init", str(home), "--municipality", "992011"])
        began = time.perf_counter()
        command = [sys.executable, "-m", "certserver.cli.main", "import", str(delivery), "--home", str(home)]
        subprocess.run(command, check=True)
        # The largest of its processes; they are never more than three.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        keep(register_import_s=time.perf_counter() - began, register_import_peak_mb=peak)
    keep(register_database_mb=(home / "koufu.db").stat().st_size / 1e6, **_look_up(home))
    _merge({name: round(value, 3) for name, value in figures.items()})
    return 0


def _look_up(home: Path) -> dict[str, float]:
    """Milliseconds to read everything about a resident, of residents in no order."""
    database = open_storage(home, load_settings(home))
    chance = random.Random(1)
    took = []
    for _ in range(LOOKUPS):
        who = resident_id(chance.randrange(PEOPLE))
        with database.reading() as connection:
            began = time.perf_counter()
            found = read_snapshot(connection, MUNICIPALITY, who, _WANTED)
            took.append((time.perf_counter() - began) * 1000)
        if found is None:
            raise RuntimeError("a resident of the delivery is not in the register")
    database.close()
    return {
        "register_lookup_p50_ms": statistics.median(took),
        "register_lookup_p99_ms": statistics.quantiles(took, n=100)[98],
    }


def _merge(figures: dict[str, float]) -> None:
    mine: list[dict[str, object]] = [
        {"name": name, "value": value, "unit": name.rpartition("_")[2], "people": PEOPLE}
        for name, value in figures.items()
    ]
    results.keep(mine)
    for row in mine:
        print(f"{row['name']:32} {row['value']:>12} {row['unit']}")


if __name__ == "__main__":
    sys.exit(main())
