"""What a process holds: memory, files, threads, objects of Python and Qt, and what lies on disk. Reads /proc."""

import ctypes
import gc
import json
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from sys import getallocatedblocks

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from koufu.heap import give_back
from tests.soak.in_qml import asked_in_qml

Row = dict[str, float]

_COUNTING = """
(function (root) {
    let items = 0, objects = 0;
    function look(item) {
        items += 1;
        for (let i = 0; i < item.children.length; i++)
            look(item.children[i]);
        objects += item.data.length;
    }
    look(root);
    return JSON.stringify([items, objects]);
})(this)
"""


THREAD_HEAP = 64 << 20
"""Bytes that glibc sets aside for a heap of threads, from a multiple of it on."""


def process(pid: int | str, prefix: str) -> Row:
    """Memory in kB (resident, proportional, its own alone, of no file), heaps of threads, open files and threads of a
    process."""
    place = Path(f"/proc/{pid}")
    memory = {line.split(":")[0]: int(line.split()[1]) for line in _lines(place / "smaps_rollup") if " kB" in line}
    return {
        f"{prefix}rss_kb": memory["Rss"],
        f"{prefix}pss_kb": memory["Pss"],
        f"{prefix}uss_kb": memory["Private_Clean"] + memory["Private_Dirty"],
        f"{prefix}anonymous_kb": memory["Anonymous"],
        f"{prefix}heaps": _thread_heaps(place),
        f"{prefix}files": len(list((place / "fd").iterdir())),
        f"{prefix}threads": len(list((place / "task").iterdir())),
    }


def processes(pids: Iterable[int], prefix: str) -> Row:
    """The same, summed over several."""
    total: Counter[str] = Counter()
    for pid in pids:
        total.update({name: int(value) for name, value in process(pid, prefix).items()})
    return dict(total)


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


_TOLD = (
    *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
    *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
)


class _Mallinfo2(ctypes.Structure):
    """`struct mallinfo2` of glibc (mallinfo(3))."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _TOLD)


def held() -> Row:
    """What this process holds, in kB, once it has given back what it holds no more: `malloc_kb` what was asked of
    `malloc`, `held_kb` all memory of no file. That is without whole pages that lie free, which `malloc` keeps for the
    next sheet's raster, but with those that it can't give back. `malloc_kb` is left out where the C library does not
    tell."""
    libc, told = ctypes.CDLL(None), Row()
    gc.collect()
    give_back()
    if hasattr(libc, "mallinfo2"):
        libc.mallinfo2.restype = _Mallinfo2
        asked = libc.mallinfo2()
        told["malloc_kb"] = (asked.uordblks + asked.hblkhd) / 1024
    return told | {"held_kb": process("self", "")["anonymous_kb"]}


def python() -> Row:
    """What Python holds: blocks of memory, objects that may stand in cycles, timers of Qt that Python made."""
    objects = gc.get_objects()
    timers = sum(1 for each in objects if type(each) is QTimer)
    return {"python_blocks": getallocatedblocks(), "python_objects": len(objects), "python_timers": timers}


def types() -> Counter[str]:
    """How many objects there are of each type, as far as they may stand in cycles."""
    return Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())


def window(view: QQuickView) -> Row:
    """What Qt holds in a window: items, also those unseen, and all objects that items own. Counted in QML itself:
    asked from Python, each would be given an object of Python's too."""
    items, objects = json.loads(asked_in_qml(view, _COUNTING))
    return {"qt_items": items, "qt_objects": objects, "qt_windows": len(QGuiApplication.allWindows())}


def on_disk(files: dict[str, Path]) -> Row:
    """Bytes of files, and of all in folders."""
    return {f"disk_{name}": _bytes(path) for name, path in files.items()}


def _thread_heaps(place: Path) -> int:
    """Heaps beside the first one: each begins with what is in use of it; the rest stands behind and is closed."""
    found, before = 0, (0, 0)
    for line in _lines(place / "maps"):
        places, rights, *_, last = line.split()
        start, end = (int(each, 16) for each in places.split("-"))
        closed = rights.startswith("---") and last == "0"
        found += closed and start == before[1] and before[0] % THREAD_HEAP == 0 and end == before[0] + THREAD_HEAP
        before = (start, end)
    return found


def _bytes(path: Path) -> int:
    if path.is_dir():
        return sum(_bytes(each) for each in path.iterdir())
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()
