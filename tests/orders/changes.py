"""Changes the register of a site once for each line of its standard input, by the commands an operator types: whole
deliveries, deliveries of changes, holds and cancelled seals. `python -m tests.orders.changes FOLDER HOUSES FIRST_SEQ
SEED`, which says `READY` when it is, and after each change. Each step is noted before it is taken, and with its place
in the audit log afterwards, so that a run that was cut off between the two loses none."""

import gc
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from sqlalchemy import select as sql

from certserver.ledger.audit import AuditEvent
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log
from tests.orders.register import Home, Register, Step
from tests.orders.site import Site, Size
from tests.orders.town import MUNICIPALITY, handover, people_of
from tests.support.deliveries import write_delivery

READY = "ready"
STOP_WITHIN_S = 120
MOST_BEHIND = 2
"""So many changes may wait while orders go on."""

KEPT_SNAPSHOTS = 3
_OF_REGISTER = (AuditEvent.REGISTER_CHANGED.value, AuditEvent.REGISTER_SWITCHED.value)
_ODDS = (("whole", 5), ("changes", 8), ("hold", 2), ("lift", 2), ("cancel", 2), ("revive", 2))
_MOST_CHANGED = 12
_SELDOM = 0.12
_HELD_AT_ONCE = 0.06
"""Of all households: nearly everybody can order."""


class Journal:
    """The steps of a site, in a file that only grows."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "changes.jsonl"
        self._read_to = 0

    def intend(self, step: Step) -> None:
        """Notes what is going to be done."""
        self._add({"step": step.told()})

    def done(self, seq: int) -> None:
        """Notes where the audit log tells of the step before; 0: nowhere."""
        self._add({"seq": seq})

    def steps(self) -> Iterator[tuple[int, Step]]:
        """Those that the audit log tells of, with its number there, behind those that were told before. Only where none
        is open."""
        pending: Step | None = None
        for line in self._lines():
            if "step" in line:
                pending = Step.read(line["step"])
            elif pending is not None and line["seq"]:
                yield line["seq"], pending

    def open_step(self) -> Step | None:
        """A step that was intended, and of which nothing more is known."""
        last = self._path.read_bytes().splitlines()[-1:] if self._path.exists() else []
        line = json.loads(last[0]) if last else {}
        return Step.read(line["step"]) if "step" in line else None

    def _add(self, line: dict[str, Any]) -> None:
        with self._path.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def _lines(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._read_to)
            told = file.read()
            self._read_to = file.tell()
        return list(map(json.loads, told.splitlines()))


class Changing:
    """One site's register on its way. `last` is the newest entry of the audit log that tells of it."""

    def __init__(self, site: Site, database: Database, first_seq: int, seed: int) -> None:
        self._site = site
        self._database = database
        self._journal = Journal(site.folder)
        self._dice = random.Random(seed)
        self.register = site.first
        self._last = first_seq
        self._snapshots: list[int] = []
        for seq, step in self._journal.steps():
            self.register, self._last = self.register.after(step), seq
        if (left := self._journal.open_step()) is not None:
            self._settle(left)

    def step(self) -> None:
        """Takes one step of those that are possible."""
        step = self._chosen()
        self._journal.intend(step)
        try:
            self._do(step)
        except RuntimeError as error:
            # The database may have been busy for too long. What the audit log tells was done all the same.
            print(error, file=sys.stderr)
        self._settle(step)

    def _settle(self, step: Step) -> None:
        found = self._told()
        if len(found) > 1:
            raise RuntimeError(f"one step, and the audit log tells of {len(found)}")
        seq, what = found[0] if found else (0, "")
        self._journal.done(seq)
        if found:
            self.register, self._last = self.register.after(step), seq
            if step.do == "whole":
                self._snapshots.append(int(what.split()[1]))

    def _told(self) -> list[tuple[int, str]]:
        """What the audit log tells of the register behind the last step."""
        asked = sql(audit_log.c.audit_seq, audit_log.c.detail).where(
            audit_log.c.municipality == MUNICIPALITY,
            audit_log.c.audit_seq > self._last,
            audit_log.c.event.in_(_OF_REGISTER),
        )
        with self._database.reading() as connection:
            return [(row.audit_seq, json.loads(row.detail)["what"]) for row in connection.execute(asked)]

    def _chosen(self) -> Step:
        if len(self._snapshots) > KEPT_SNAPSHOTS:
            return Step("drop", snapshot=self._snapshots.pop(0))
        names, weights = zip(*_ODDS, strict=True)
        while True:
            step = self._made(self._dice.choices(names, weights)[0])
            if step is not None:
                return step

    def _made(self, do: str) -> Step | None:
        register, dice = self.register, self._dice
        if do == "whole":
            return Step(do, {house: self._moved(house, home) for house, home in register.homes.items()})
        if do == "changes":
            houses = dice.sample(sorted(register.homes), min(len(register.homes), dice.randint(1, _MOST_CHANGED)))
            return Step(do, {house: self._moved(house, register.homes[house]) for house in houses})
        if do in ("lift", "revive"):
            there = sorted(register.held if do == "lift" else register.struck)
            return Step(do, resident=dice.choice(there)) if there else None
        return self._set_by_hand(do, register)

    def _set_by_hand(self, do: str, register: Register) -> Step | None:
        # What people set and what the core system brings keep to households of their own: the one says nothing of how
        # the other is taken back.
        there, of, rest = (register.held, 3, 2) if do == "hold" else (register.struck, 2, 1)
        if len(there) >= max(1, _HELD_AT_ONCE * len(register.homes)):
            return None
        house = self._dice.choice([house for house in register.homes if house % of == rest])
        who = self._dice.choice([who for who in people_of(house) if who.has_seal])
        return None if who.resident_id in there else Step(do, resident=who.resident_id)

    def _moved(self, house: int, home: Home) -> Home:
        """The household at its next revision, and now and then with another fate."""
        everybody = range(len(people_of(house)))

        def some() -> frozenset[int]:
            return frozenset({self._dice.choice(everybody)} if self._dice.random() < _SELDOM else ())

        gone = some() if house % 3 == 0 else frozenset()
        return Home(
            revision=home.revision + 1,
            gone=gone,
            leaving=some() - gone if house % 3 == 0 else frozenset(),
            measures=some() if house % 3 == 1 else frozenset(),
            cancelled=frozenset(place for place in some() if place < 2) if house % 2 == 0 else frozenset(),
        )

    def _do(self, step: Step) -> None:
        match step.do:
            case "whole" | "changes":
                self._deliver(step)
            case "hold" | "lift":
                words = ("withholding", "set" if step.do == "hold" else "lift", "--kind", "issuance-hold")
                self._site.command(*words, "--resident", step.resident)
            case "cancel" | "revive":
                self._site.command("registered-seal", step.do, "--resident", step.resident)
            case _:
                self._site.command("snapshots", "drop", str(step.snapshot))

    def _deliver(self, step: Step) -> None:
        folder = self._site.folder / "delivery"
        shutil.rmtree(folder, ignore_errors=True)
        content = "all" if step.do == "whole" else "changes"
        given = handover(dict(step.homes))
        # Where this file is left out measures stay; that it is there says which there are, and be it none.
        given.gone["measures.csv"] = []
        write_delivery(folder, given, MUNICIPALITY, made_at=datetime.now(UTC), content=content)
        self._site.command("import", str(folder), "--accept-losses")


class ChangingBeside:
    """The same in a process of its own, which begins with this and ends with it."""

    def __init__(self, site: Site, first_seq: int, seed: int) -> None:
        told = (site.folder, site.size.houses, first_seq, seed)
        command = [sys.executable, "-m", "tests.orders.changes", *map(str, told)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ, text=True, bufsize=1
        )
        self._behind = 1

    def change(self) -> None:
        """Has the register changed once more. Orders do not run ahead: a change that waits for the end of a round races
        none of them."""
        print(file=self._process.stdin, flush=True)
        self._behind += 1
        self._wait_for(MOST_BEHIND)

    def settle(self) -> None:
        """Waits until all that was to be changed is."""
        self._wait_for(0)

    def _wait_for(self, behind: int) -> None:
        assert self._process.stdout is not None
        while self._behind > behind:
            if not self._process.stdout.readline():
                raise RuntimeError("the register's changes ended before their time: see what they said")
            self._behind -= 1

    def __enter__(self) -> "ChangingBeside":
        self.settle()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=STOP_WITHIN_S)


def main() -> int:
    """Until standard input ends."""
    folder, houses, first_seq, seed = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    site = Site(folder, Size(houses, 0, 0))
    with (folder / "changes.lock").open("w") as lock, site.database() as database:
        # One that a killed run began takes its last step first.
        flock(lock, LOCK_EX)
        changing = Changing(site, database, first_seq, seed)
        # Each command leaves much behind that is looked for, and all that was imported is none of it.
        gc.freeze()
        print(READY, flush=True)
        for _ in sys.stdin:
            changing.step()
            print(READY, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
