"""The two configuration files of cupsd, as far as they say where documents lie and for how long. Pure; reads them as
cupsd does (cupsd.conf(5), cups-files.conf(5))."""

import re
from collections.abc import Mapping

from printers.cups.faults import Flaw, QueueFault

HISTORY_S = (30, 3600)
"""How long CUPS must and may remember that there was a job: its random name, its size and its end. Only there it says
whether it sent all of the document."""

_YES = frozenset({"true", "on", "enabled", "yes"})
_NO = frozenset({"false", "off", "disabled", "no"})
_UNITS = {"": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_TIME = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)([mhdw]?)")
_PATHS = ("RequestRoot", "TempDir")


def directives(text: str) -> Mapping[str, str]:
    """Name in lower case, and value. Of one that stands twice the last counts."""
    found = {}
    for line in text.splitlines():
        name, _, value = re.sub(r"(?<!\\)#.*", "", line).strip().partition(" ")
        if name and not name.startswith("<"):
            found[name.lower()] = value.strip()
    return found


def seconds(value: str | None) -> float:
    """A time as cupsd reads it; yes, what nobody wrote, and what can't be read, is for ever."""
    told = "yes" if value is None else value.lower()
    if told in _NO:
        return 0
    time = _TIME.fullmatch(told)
    return float("inf") if told in _YES or time is None else float(time[1]) * _UNITS[time[2]]


def faults_of_times(cupsd_conf: str) -> list[QueueFault]:
    """What is kept longer than a document may be."""
    said = directives(cupsd_conf.replace("\t", " "))
    found = []
    if seconds(said.get("preservejobfiles")) > 0:
        found.append(QueueFault(Flaw.KEEPS_FILES))
    shortest, longest = HISTORY_S
    if not shortest <= seconds(said.get("preservejobhistory")) <= longest:
        found.append(QueueFault(Flaw.JOB_HISTORY))
    return found


def spool_folders(cups_files_conf: str) -> tuple[list[str], list[QueueFault]]:
    """The folders that documents and what filters make of them lie in. Where none is said cupsd follows its own making
    or its environment (`TMPDIR`), which can't be read: that is a fault."""
    said = directives(cups_files_conf.replace("\t", " "))
    named = {name: said.get(name.lower(), "") for name in _PATHS}
    faults = [QueueFault(Flaw.SPOOL_NOT_NAMED, name) for name, path in named.items() if not path.startswith("/")]
    return [path for path in named.values() if path.startswith("/")], faults
