"""What campaigns that go on from run to run share: which code a figure was measured on, so that figures of another are
not counted with it, and files that are written as a whole or not at all."""

import json
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SERVER = ("certserver/**/*.py", "proto/koufu/**/*.py", "hardware/card/virtual/**/*.py")
PRODUCT = ("kiosk/**/*.py", "!kiosk/demo/**/*.py", "hardware/**/*.py", "printers/**/*.py", *SERVER)
"""Without the demonstration: a campaign that stands on a part of it names that part beside this."""


def files_of(patterns: Sequence[str]) -> set[Path]:
    """The files that the patterns find, one after the other; one that begins with `!` takes out what it finds."""
    files: set[Path] = set()
    for pattern in patterns:
        if pattern.startswith("!"):
            files -= set(ROOT.glob(pattern[1:]))
        else:
            files |= set(ROOT.glob(pattern))
    return files


def code_in_force(patterns: Sequence[str]) -> str:
    """Twelve hexadecimal digits that are others with any other byte in these files."""
    digest = sha256()
    for file in sorted(files_of(patterns)):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def commit_in_force() -> str:
    """The commit, with a word where files differ from it; empty where nobody knows."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=-changed"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def write_whole(file: Path, text: str) -> None:
    """As a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(text)
    fresh.replace(file)


def put_aside(files: Sequence[Path], code: str) -> None:
    """Keeps what was measured on other code beside what begins now."""
    for file in files:
        if file.exists():
            file.replace(file.with_name(f"{file.stem}-{code or 'unknown'}{file.suffix}"))


def as_json(told: Any) -> str:
    """For people and for the next run."""
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
