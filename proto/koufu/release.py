"""Which build this is and which wire it speaks, as every node tells at start (I8)."""

import re

BUILD = "0.1.0"
"""The version of the distribution; a test holds it against pyproject."""

WIRE_SCHEMA = 2
"""Number of the koufu.v1 messages as they stand. It rises when an older peer could misread them."""

_BUILD = re.compile(r"(\d{1,5})\.(\d{1,5})\.(\d{1,5})", re.ASCII)


def build_number(build: str) -> tuple[int, int, int] | None:
    """A build as numbers that compare, or None when it is not one."""
    match = _BUILD.fullmatch(build)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None
