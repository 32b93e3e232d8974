"""What a campaign found, in lines."""

import json
from collections import Counter
from pathlib import Path
from typing import Any


def told(row: dict[str, Any]) -> str:
    """One instant in a line."""
    struck = f"struck at {row['struck_at_s']:.2f} s" if row["struck"] else "not struck"
    end = "; ".join(row["wrong"]) or (
        f"{row['issued']} issued, {row['delivered']} delivered, {row['sheets']} sheets, {row['kept']} yen kept, "
        f"{row['owed']} owed, {row['in_doubt']} in doubt, {row['others']} orders of another terminal"
    )
    return f"{row['number']}: {row['what']}, {struck}, {row['took_s']} s, {row['cpu_s']} CPU s: {end}"


def summary(file: Path) -> str:
    """All of it."""
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    struck = Counter(row["victim"] for row in rows if row["struck"])
    wrong = Counter(row["victim"] for row in rows if row["wrong"])
    lines = [f"{'':24}struck   wrong"]
    lines += [f"{victim:24}{count:6}  {wrong[victim]:6}" for victim, count in sorted(struck.items())]
    lines.append(f"{'all':24}{struck.total():6}  {wrong.total():6}")
    for name in ("issued", "delivered", "sheets", "kept", "owed", "in_doubt"):
        lines.append(f"{name:24}{sum(row.get(name, 0) for row in rows):6}")
    lines.append(f"{'CPU s':24}{sum(row['cpu_s'] for row in rows):6.0f}")
    return "\n".join(lines) + "\n"
