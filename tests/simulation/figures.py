"""What a campaign has played so far: kept in build/simulate between runs, as JSON for the next and as text to read, of
one code alone. What was played with another is put aside, and nothing is counted twice."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path

from kiosk.flow.occasions import DEBTS
from tests.support.campaigns import PRODUCT, as_json, code_in_force, commit_in_force, put_aside, write_whole
from tests.support.sim_world import World

FOLDER = Path("build/simulate")
"""Where the campaign keeps them."""
MEASURES = (
    *PRODUCT,
    "tests/simulation/__main__.py",
    "tests/simulation/figures.py",
    "tests/support/books_outside.py",
    "tests/support/server*.py",
    "tests/support/sim_*.py",
)
"""What a figure depends on."""


@dataclass
class Figures:
    """`stories` come from seeds, `cases` are single faults in a journey; `struck` counts what did go wrong, by kind,
    and `replayed` the seeds that were played again alone and told the same story."""

    code: str = ""
    commit: str = ""
    stories: int = 0
    cases: int = 0
    next_seed: int = 0
    next_case: dict[str, int] = field(default_factory=dict)
    cpu_s: float = 0.0
    virtual_hours: float = 0.0
    visits: int = 0
    sheets: int = 0
    white_backs: int = 0
    without_sheets: int = 0
    debts: int = 0
    power_cuts: int = 0
    server_crashes: int = 0
    replayed: int = 0
    violations: int = 0
    struck: Counter[str] = field(default_factory=Counter)

    def saw(self, world: World) -> None:
        """One world that came to its end."""
        self.struck.update(world.struck)
        self.struck.update(f"network: {met.partition(' ')[2]}" for met in world.network.met)
        self.struck["write of the journal failed"] += world.store.failed
        self.virtual_hours += world.time.now / 3600
        self.visits += len(world.begun)
        self.sheets += len(world.sheets)
        self.white_backs += sum(out.sheet.white_back for out in world.sheets)
        self.without_sheets += not world.sheets
        self.debts += sum(call.occasion in DEBTS for call in world.staff_calls)
        self.power_cuts += world.power_cuts

    def add(self, other: "Figures") -> None:
        """Those of another process."""
        self.struck.update(other.struck)
        for each in fields(Figures):
            if each.type in (int, float) and each.name != "next_seed":
                setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def lines(self) -> list[str]:
        """For people."""
        each = self.cpu_s / max(1, self.stories + self.cases)
        return [
            f"{self.stories} stories from seeds, {self.cases} single faults in journeys: {self.violations} violations",
            f"all of them of code {self.code}, commit {self.commit or 'unknown'}",
            f"{self.cpu_s:.0f} CPU seconds, {each:.3f} each; {self.virtual_hours:.0f} hours of a post office",
            f"{self.visits} visits began, {self.debts} debts",
            f"{self.sheets} sheets came out, {self.white_backs} with a white back; none in {self.without_sheets}",
            f"{self.power_cuts} power cuts, {self.server_crashes} server processes that ended",
            f"{self.replayed} seeds played again alone, each the same story",
            *(f"{count:8}  {kind}" for kind, count in sorted(self.struck.items()) if count),
        ]


def load(first_seed: int, folder: Path = FOLDER) -> Figures:
    """As the last campaign left them, where that was of this code."""
    kept = folder / "summary.json"
    fresh = Figures(code=code_in_force(MEASURES), commit=commit_in_force(), next_seed=first_seed)
    if not kept.exists():
        return fresh
    told = json.loads(kept.read_text())
    if told.get("code") != fresh.code:
        put_aside((kept, folder / "summary.txt", folder / "failures.txt"), told.get("code", ""))
        return fresh
    return Figures(**{**told, "struck": Counter(told["struck"])})


def save(figures: Figures, folder: Path = FOLDER) -> None:
    """Each file as a whole or not at all."""
    write_whole(folder / "summary.json", as_json(vars(figures)))
    write_whole(folder / "summary.txt", "\n".join(figures.lines()) + "\n")


def failed(violations: Iterable[tuple[str, str]], folder: Path = FOLDER) -> None:
    """Keeps what to play again, and why."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "failures.txt").open("a") as file:
        for what, why in violations:
            file.write(f"{what}\t{why.splitlines()[0] if why else ''}\n")
