"""A program that runs for months keeps one heap, and gives large memory back at once."""

import subprocess
import sys

THREADS = 6
IN_THREADS = f"""
import ctypes, threading
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fdopen.restype = ctypes.c_void_p
all_there = threading.Barrier({THREADS})

def ask():
    libc.malloc(ctypes.c_size_t(1000))
    all_there.wait()

threads = [threading.Thread(target=ask) for _ in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""
SECOND_RASTER = """
import ctypes
from pathlib import Path
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
raster = ctypes.c_size_t(8 << 20)
libc.free(ctypes.c_void_p(libc.malloc(raster)))
at = libc.malloc(raster)
maps = [line.split() for line in Path("/proc/self/maps").read_text().splitlines()]
first, last = next([int(place, 16) for place in each[0].split("-")] for each in maps if each[-1] == "[heap]")
print("in the heap" if first <= at < last else "apart")
"""
GIVEN_BACK = """
import sys
from pathlib import Path
from koufu.heap import give_back
in_use = [bytearray(100_000) for _ in range(600)]
stays = in_use[-1]
del in_use
def held():
    return int(Path("/proc/self/smaps_rollup").read_text().split("Anonymous:")[1].split()[0])
before = held()
give_back()
print(before - held())
"""


def said_by(program: str, *, kept: bool) -> str:
    """What it prints, run by a Python of its own."""
    begin = "from koufu.heap import keep_one_heap\nkeep_one_heap()\n" if kept else ""
    return subprocess.run([sys.executable, "-c", begin + program], capture_output=True, text=True, check=True).stdout


def test_what_is_free_below_what_stays_is_given_back() -> None:
    assert int(said_by(GIVEN_BACK, kept=True)) > 50_000


def test_threads_share_one_heap() -> None:
    assert said_by(IN_THREADS, kept=False).count("<heap ") > THREADS
    assert said_by(IN_THREADS, kept=True).count("<heap ") == 1


def test_the_second_large_raster_lies_in_no_heap_either() -> None:
    assert said_by(SECOND_RASTER, kept=False).strip() == "in the heap"
    assert said_by(SECOND_RASTER, kept=True).strip() == "apart"
