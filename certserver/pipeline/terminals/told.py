"""What a terminal tells of itself with its heartbeats, and how that is kept: words and numbers about devices, paper and
debts, nothing personal."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT_BY_ITS_OWN = '%"owed": {%'
"""By what (SQL LIKE) kept words are found that are `Told.to_its_own`; a word of a terminal has no such marks in it."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What a terminal owes, as its journal knows: `yen` to whoever is at it, and whether that is `unclear`; debts that
    it put on slips and remembers, with their yen (whether they were paid back it does not know); outcomes that the
    server does not have, and those that it did not take; calls for staff that nobody was told of; documents that were
    released and are not out."""

    yen: int = 0
    unclear: bool = False
    debts: int = 0
    debt_yen: int = 0
    outcomes_untold: int = 0
    outcomes_set_aside: int = 0
    calls_untold: int = 0
    documents_on_the_way: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing stands open; debts on slips are the office's to pay back."""
        open_ones = self.outcomes_untold, self.outcomes_set_aside, self.calls_untold, self.documents_on_the_way
        return not self.yen and not self.unclear and not any(open_ones)


@dataclass(frozen=True, slots=True)
class Told:
    """What a heartbeat told: `devices` by name, each `ready` or a word for what is wrong; `faults` are the reasons why
    it serves nobody; `sheets` in its tray, None where the printer can't say. `owed` is None where it told nothing of
    it: a terminal tells its own municipality alone."""

    devices: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    sheets: int | None = None
    owed: Owed | None = None

    @property
    def to_its_own(self) -> bool:
        """Whether a terminal told this to its own municipality: it does so every half minute. To others it comes when
        somebody at it wants something from there."""
        return self.owed is not None

    def kept(self) -> str:
        """As it is stored."""
        told: dict[str, Any] = {"devices": dict(self.devices), "faults": list(self.faults), "sheets": self.sheets}
        told["owed"] = None if self.owed is None else asdict(self.owed)
        return json.dumps(told, sort_keys=True)


def told_in(kept: str) -> Told:
    """What was stored."""
    told = json.loads(kept)
    owed = told.get("owed")
    return Told(
        devices=told.get("devices", {}),
        faults=tuple(told.get("faults", ())),
        sheets=told.get("sheets"),
        owed=None if owed is None else Owed(**owed),
    )
