"""The figures of one machine, build/bench/results.json: each benchmark puts its own there and leaves the others'."""

import json
from collections.abc import Sequence
from pathlib import Path

FILE = Path("build/bench/results.json")


def keep(rows: Sequence[dict[str, object]]) -> None:
    """Puts rows in the place of those of the same `name`."""
    names = {row["name"] for row in rows}
    others = [row for row in json.loads(FILE.read_text()) if row["name"] not in names] if FILE.exists() else []
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps([*others, *rows], indent=2) + "\n")
