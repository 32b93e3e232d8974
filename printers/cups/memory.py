"""Whether a folder lies in memory alone, by what the kernel says of mounts and swap. Pure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
_OCTAL = re.compile(r"\\([0-7]{3})")
_SWAP_IN_MEMORY = re.compile(r"/dev/zram\d+")
_MAPPED = re.compile(r"/dev/(dm-\d+)")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of a process' mountinfo (proc(5)); `device` is the same wherever this file system is mounted."""

    device: str
    point: str
    kind: str
    options: frozenset[str]

    @property
    def in_memory(self) -> bool:
        """Whether its files are never written anywhere but to memory, and perhaps swap."""
        return self.kind in _IN_MEMORY

    @property
    def never_swapped(self) -> bool:
        """Whether the file system itself keeps them from swap (tmpfs from Linux 6.4 on)."""
        return self.kind == "ramfs" or "noswap" in self.options


def read_mounts(mountinfo: str) -> list[Mount]:
    """In the order in which they were mounted."""
    found = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) > 5 and len(kinds) > 2:
            options = frozenset((*fields[5].split(","), *kinds[2].split(",")))
            found.append(Mount(fields[2], _plain(fields[4]), kinds[0], options))
    return found


def mount_of(folder: str, mounts: Iterable[Mount]) -> Mount | None:
    """The mount that a folder lies in: the deepest, of several at one place the last."""
    path = PurePosixPath(folder)
    over = [mount for mount in mounts if path.is_relative_to(mount.point)]
    deepest = max((len(PurePosixPath(mount.point).parts) for mount in over), default=0)
    return next((mount for mount in reversed(over) if len(PurePosixPath(mount.point).parts) == deepest), None)


def readable_swap(swaps: str, mapped: Callable[[str], str]) -> str | None:
    """The first swap device that keeps what it is given readable, or None. Compressed memory keeps it from the disk, a
    mapped device is encrypted if its kind says so: `mapped` gives what the device mapper calls it (`CRYPT-…`)."""
    for line in swaps.splitlines()[1:]:
        name = _plain(line.split(" ")[0].split("\t")[0])
        device = _MAPPED.fullmatch(name)
        encrypted = device is not None and mapped(device[1]).startswith("CRYPT-")
        if name and not encrypted and not _SWAP_IN_MEMORY.fullmatch(name):
            return name
    return None


def _plain(escaped: str) -> str:
    return _OCTAL.sub(lambda octal: chr(int(octal[1], 8)), escaped)
