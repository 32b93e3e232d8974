"""Waits for what another program does to files, told by the kernel (inotify) instead of looked for again and again."""

import ctypes
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_MODIFY, _ATTRIB, _CREATE = 0x2, 0x4, 0x100
_MOST_BYTES = 65536
_libc = ctypes.CDLL(None, use_errno=True)


class FolderWatch:
    """What happens in one folder since it was made. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._told: int = _libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        if _libc.inotify_add_watch(self._told, os.fsencode(folder), _MODIFY | _ATTRIB | _CREATE) < 0:
            raise OSError(ctypes.get_errno(), f"{folder} can't be watched")

    def until(self, happened: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float) -> bool:
        """Asks now and after every change, for so many seconds or until the process ends; returns the last answer."""
        deadline = time.monotonic() + seconds
        with _end_of(process) as ended:
            while not happened():
                left = max(0.0, deadline - time.monotonic())
                ready, _, _ = select.select([self._told, ended], [], [], left)
                if self._told not in ready:
                    return happened()
                os.read(self._told, _MOST_BYTES)
        return True

    def __enter__(self) -> "FolderWatch":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._told)


@contextmanager
def _end_of(process: subprocess.Popen[bytes]) -> Iterator[int]:
    ended = os.pidfd_open(process.pid)
    try:
        yield ended
    finally:
        os.close(ended)
