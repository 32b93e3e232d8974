"""`make mutants`: plants one fault after the other in the running product and says what notices it. It goes on where it
stopped, as long as the code is the same; build/mutants keeps the table (mutants.txt, mutants.json). The exit status
says whether all were noticed."""

import argparse
import json
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.mutants.mutant import Caught, Mutant, caught, noticed
from tests.mutants.planted import PLANTED
from tests.simulation.figures import MEASURES as SIMULATION
from tests.support.campaigns import as_json, code_in_force, commit_in_force, write_whole
from tests.support.sim_scenario import a_post

FOLDER = Path("build/mutants")
MEASURES = (*SIMULATION, "tests/mutants/*.py", "tests/incidents/*.py", "tests/support/taking_out.py")


@dataclass(frozen=True)
class Row:
    """One planted fault. `by`: what noticed it after so many `trials`; empty when nothing did."""

    name: str
    family: str
    by: str
    trials: int
    said: str
    cpu_s: float
    code: str = ""
    """What it was measured on."""


def plant(mutant: Mutant) -> Row:
    """Plants it on a fresh server and plays until something notices; the same without it must be noticed by nothing."""
    began = time.process_time()
    with a_post() as post:
        found = caught(post, mutant)
        if found is not None and (without := noticed(post, mutant, found.trials)) is not None:
            found = replace(without, by="", said=f"noticed with nothing planted: {without.said}")
    cpu_s = round(time.process_time() - began, 2)
    found = found or Caught("", 0, "")
    return Row(
        mutant.name, mutant.family.value, found.by, found.trials, found.said[:160], cpu_s, code_in_force(MEASURES)
    )


def table(rows: list[Row]) -> str:
    """For people."""
    noticed = sum(bool(row.by) for row in rows)
    codes = sorted({row.code for row in rows})
    lines = [
        f"{noticed} of {len(rows)} planted faults noticed, {sum(row.cpu_s for row in rows):.0f} CPU seconds",
        f"of code {', '.join(codes)}, commit {commit_in_force() or 'unknown'}",
        "",
    ]
    for row in rows:
        lines.append(f"{row.family}: {row.name}")
        lines.append(f"    {f'{row.by} ({row.trials})' if row.by else 'NOT NOTICED'}  {row.said}")
    return "\n".join(lines) + "\n"


def _load() -> dict[str, Row]:
    kept = FOLDER / "mutants.json"
    told = json.loads(kept.read_text()) if kept.exists() else []
    code = code_in_force(MEASURES)
    return {each["name"]: Row(**each) for each in told if each.get("code") == code}


def _save(rows: list[Row]) -> None:
    write_whole(FOLDER / "mutants.json", as_json([asdict(row) for row in rows]))
    write_whole(FOLDER / "mutants.txt", table(rows))


def main() -> int:
    """All of them, or those whose name has a word in it."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="those with this in their name, anew")
    parser.add_argument("--anew", action="store_true", help="also those that were noticed before")
    wanted = parser.parse_args()
    known = _load()
    for mutant in PLANTED:
        if wanted.only not in mutant.name:
            continue
        before = known.get(mutant.name)
        if before is None or not before.by or wanted.anew or wanted.only:
            known[mutant.name] = plant(mutant)
            _save([known[each.name] for each in PLANTED if each.name in known])
            row = known[mutant.name]
            print(f"{'noticed' if row.by else 'NOT NOTICED':12} {row.name}: {row.by} {row.cpu_s} s", flush=True)
    rows = [known[each.name] for each in PLANTED if each.name in known]
    print(table(rows))
    # A run of some says nothing of the others.
    return 0 if all(row.by for row in rows) and (wanted.only or len(rows) == len(PLANTED)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
