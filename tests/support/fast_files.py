"""Where tests keep their files: in memory where there is plenty, since a database that makes sure of each commit waits
for a disk thousands of times. Never where somebody has said otherwise (`TMPDIR`)."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

_MEMORY = Path("/dev/shm")
_WANTED = 6 << 30
"""Bytes free: what a module's tests share stays until the end of a run."""


@cache
def folder() -> Path:
    """A folder with a short name, for all that goes with the tests."""
    return _MEMORY if _roomy() else Path("/tmp")


def use() -> None:
    """Temporary files of this process and of those it starts are made there."""
    if "TMPDIR" not in os.environ and _roomy():
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None


def _roomy() -> bool:
    """No, too, where programs that tests write could not be started, as in many containers."""
    try:
        usable = os.access(_MEMORY, os.W_OK) and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
        return usable and min(shutil.disk_usage(_MEMORY).free, _memory_available()) > _WANTED
    except OSError:
        return False


def _memory_available() -> int:
    (line,) = (line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemAvailable"))
    return int(line.split()[1]) * 1024
