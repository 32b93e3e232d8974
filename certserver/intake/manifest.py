"""What a delivery says of itself: for whom it was made, when, and which files with how many lines and which SHA-256."""

import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from certserver.intake.fields import FILES, HOUSEHOLDS, KOSEKI, MEASURES, RESIDENTS, SUPPLEMENTS
from certserver.intake.findings import Finding, Findings, Rule

MANIFEST = "manifest.json"
FORMAT = "koufu/registers/1"

KNOWN_FILES = (*(file.name for file in FILES), KOSEKI, SUPPLEMENTS)
NEEDED = (HOUSEHOLDS.name, RESIDENTS.name, MEASURES.name)
"""What a whole delivery can't be without. Measures, so that one forgotten file does not lift all of them (I14)."""

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Content(Enum):
    """What a delivery holds."""

    ALL = "all"
    """Every entry of the registers: what is not in it is no more."""
    CHANGES = "changes"
    """Entries that changed or are gone since the delivery that counts now."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: its lines without a header, and the SHA-256 of its bytes in hex."""

    lines: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` has a time zone; `digest` is the SHA-256 of the manifest itself, and so of all that it lists."""

    municipality: str
    made_at: datetime
    content: Content
    files: dict[str, Listed]
    digest: bytes

    def told(self) -> str:
        """As the audit log names it."""
        return f"delivery {self.digest.hex()} of {self.made_at.isoformat()}"


def read_manifest(folder: Path, municipality: str, findings: Findings) -> Manifest | None:
    """The manifest of the delivery in a folder, or None with findings: it is not as it must be, it is for another
    municipality, the folder has other files than it lists, or one is left out that is needed."""

    def find(rule: Rule, field: str = "") -> None:
        findings.add(Finding(MANIFEST, 0, field, rule))

    try:
        told = (folder / MANIFEST).read_bytes()
        found = json.loads(told)
    except (OSError, ValueError, RecursionError):
        find(Rule.MANIFEST)
        return None
    if not isinstance(found, dict) or found.keys() != {"format", "municipality", "made_at", "content", "files"}:
        find(Rule.MANIFEST)
        return None
    made_at, content, files = _made_at(found["made_at"]), _content(found["content"]), _files(found["files"])
    if found["format"] != FORMAT:
        find(Rule.MANIFEST, "format")
    if made_at is None:
        find(Rule.MANIFEST, "made_at")
    if content is None:
        find(Rule.MANIFEST, "content")
    if files is None:
        find(Rule.MANIFEST, "files")
    if found["municipality"] != municipality:
        find(Rule.ANOTHER, "municipality")
    if made_at is None or content is None or files is None:
        return None
    findings.extend(_about_files(folder, content, files))
    return None if findings else Manifest(municipality, made_at, content, files, sha256(told).digest())


def _about_files(folder: Path, content: Content, files: Container[str]) -> Iterator[Finding]:
    for name in KNOWN_FILES:
        there = (folder / name).is_file()
        if there is not (name in files):
            yield Finding(name, 0, "", Rule.UNLISTED if there else Rule.ABSENT)
        elif not there and content is Content.ALL and name in NEEDED:
            yield Finding(name, 0, "", Rule.LEFT_OUT)


def _made_at(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return None if found.tzinfo is None else found


def _content(value: Any) -> Content | None:
    try:
        return Content(value)
    except ValueError:
        return None


def _files(value: Any) -> dict[str, Listed] | None:
    if not isinstance(value, dict) or not value.keys() <= set(KNOWN_FILES):
        return None
    files = {}
    for name, one in value.items():
        if not isinstance(one, dict) or one.keys() != {"lines", "sha256"}:
            return None
        lines, digest = one["lines"], one["sha256"]
        if type(lines) is not int or not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            return None
        files[name] = Listed(lines, digest)
    return files
