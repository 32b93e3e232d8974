"""What a campaign found, in lines: of rows of one code and one database alone."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.kills.plans import KILLS, Victim
from tests.support.campaigns import PRODUCT, commit_in_force

STAGE = (f"kiosk/demo/{file}.py" for file in ("__init__", "stage/__init__", "stage/processes", "stage/site"))
MEASURES = (*PRODUCT, *STAGE, "tests/kills/*.py", "tests/support/books_outside.py")
"""What a row depends on."""
Row = dict[str, Any]


def rows_of(file: Path, code: str, database: str) -> list[Row]:
    """Of that code, on that database."""
    if not file.exists():
        return []
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    return [row for row in rows if (row.get("code"), row.get("database")) == (code, database)]


def kills_in(rows: Iterable[Row]) -> int:
    """How many programs were killed in them."""
    kills = {victim.value for victim in (*KILLS, Victim.DATABASE)}
    return sum(row["struck"] and row["victim"] in kills for row in rows)


def told(row: Row) -> str:
    """One instant in a line."""
    struck = f"struck at {row['struck_at_s']:.2f} s" if row["struck"] else "not struck"
    end = "; ".join(row["wrong"]) or (
        f"{row['issued']} issued, {row['delivered']} delivered, {row['sheets']} sheets, {row['kept']} yen kept, "
        f"{row['owed']} owed, {row['in_doubt']} in doubt, {row['others']} orders of another terminal"
    )
    return f"{row['number']}: {row['what']}, {struck}, {row['took_s']} s, {row['cpu_s']} CPU s: {end}"


def summary(rows: list[Row], code: str, database: str) -> str:
    """All of them."""
    struck = Counter(row["victim"] for row in rows if row["struck"])
    wrong = Counter(row["victim"] for row in rows if row["wrong"])
    lines = [f"on {database}, code {code}, commit {commit_in_force() or 'unknown'}", f"{'':24}struck   wrong"]
    lines += [f"{victim:24}{count:6}  {wrong[victim]:6}" for victim, count in sorted(struck.items())]
    lines.append(f"{'all':24}{struck.total():6}  {wrong.total():6}")
    lines.append(f"{'kills':24}{kills_in(rows):6}")
    lines.append(f"{'came too late to strike':24}{sum(not row['struck'] for row in rows):6}")
    for name in ("issued", "delivered", "sheets", "kept", "owed", "in_doubt"):
        lines.append(f"{name:24}{sum(row.get(name, 0) for row in rows):6}")
    lines.append(f"{'CPU s':24}{sum(row['cpu_s'] for row in rows):6.0f}")
    return "\n".join(lines) + "\n"
