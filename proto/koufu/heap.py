"""How the C library keeps the memory of a program that runs for months, terminal or server. Where that library is not
glibc, nothing here does anything."""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Of mallopt(3)."""

LARGE = 4 << 20
"""Bytes from which on memory comes from the system itself: a sheet's raster. Of single megabytes drawing a sheet asks
for thousands; had from the system they would take longer than all else."""


def keep_one_heap() -> None:
    """One heap for all threads, and in it nothing large. Called before there are threads.

    By itself glibc makes up to eight heaps a processor. gRPC begins a thread for a call and ends it after; each is
    given whichever heap is free, so that over thousands of visits every heap grows to the most that any thread ever
    asked for. And once something large was let go of, all that is no larger comes out of a heap too: small things that
    are had after it and stay keep its pages. Threads of Python take turns anyway; hardly ever does one wait for the
    heap."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, LARGE)
        libc.mallopt(_M_TRIM_THRESHOLD, 2 * LARGE)


def give_back() -> None:
    """Gives pages of the heap on which nothing lies back to the system, in a few milliseconds: by itself glibc keeps
    those below the topmost for ever. What stood on them, a document too, is gone from memory then."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
