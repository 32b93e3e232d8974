"""What a campaign has played so far: kept in build/simulate between runs, as JSON for the next and as text to read."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.flow.occasions import DEBTS
from tests.support.sim_world import World

FOLDER = Path("build/simulate")
"""Where the campaign keeps them."""


@dataclass
class Figures:
    """`stories` come from seeds, `cases` are single faults in a journey; `struck` counts what went wrong by kind."""

    stories: int = 0
    cases: int = 0
    next_seed: int = 0
    next_case: dict[str, int] = field(default_factory=dict)
    cpu_s: float = 0.0
    virtual_hours: float = 0.0
    sheets: int = 0
    debts: int = 0
    power_cuts: int = 0
    server_crashes: int = 0
    violations: int = 0
    struck: Counter[str] = field(default_factory=Counter)

    def saw(self, world: World) -> None:
        """One world that came to its end."""
        self.struck.update(world.struck)
        self.struck.update(f"network: {met.partition(' ')[2]}" for met in world.network.met)
        self.virtual_hours += world.time.now / 3600
        self.sheets += len(world.sheets)
        self.debts += sum(call.occasion in DEBTS for call in world.staff_calls)
        self.power_cuts += world.power_cuts

    def add(self, other: "Figures") -> None:
        """Those of another process."""
        self.struck.update(other.struck)
        for name in ("stories", "cases", "cpu_s", "virtual_hours", "sheets", "debts", "power_cuts", "violations"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.server_crashes += other.server_crashes

    def lines(self) -> list[str]:
        """For people."""
        each = self.cpu_s / max(1, self.stories + self.cases)
        return [
            f"{self.stories} stories from seeds, {self.cases} single faults in journeys: {self.violations} violations",
            f"{self.cpu_s:.0f} CPU seconds, {each:.3f} each; {self.virtual_hours:.0f} hours of a post office",
            f"{self.sheets} sheets came out, {self.debts} debts",
            f"{self.power_cuts} power cuts, {self.server_crashes} server processes that ended",
            *(f"{count:8}  {kind}" for kind, count in sorted(self.struck.items())),
        ]


def load(first_seed: int, folder: Path = FOLDER) -> Figures:
    """As the last campaign left them."""
    kept = folder / "summary.json"
    if not kept.exists():
        return Figures(next_seed=first_seed)
    told = json.loads(kept.read_text())
    return Figures(**{**told, "struck": Counter(told["struck"])})


def save(figures: Figures, folder: Path = FOLDER) -> None:
    """As a whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("summary.json", json.dumps(vars(figures), indent=1, sort_keys=True, ensure_ascii=False)),
        ("summary.txt", "\n".join(figures.lines())),
    ):
        fresh = folder / f"{name}.new"
        fresh.write_text(text + "\n")
        fresh.replace(folder / name)


def failed(violations: Iterable[tuple[str, str]], folder: Path = FOLDER) -> None:
    """Keeps what to play again, and why."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "failures.txt").open("a") as file:
        for what, why in violations:
            file.write(f"{what}\t{why.splitlines()[0] if why else ''}\n")
