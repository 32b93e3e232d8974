"""Asks the machine what the cupsd behind a socket does with documents: who holds the socket, with which files it was
started, and what lies under the folders that these name. Only reads; never trusts a setting of the kiosk's own."""

import os
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from printers.cups.conf import faults_of_times, spool_folders
from printers.cups.faults import Flaw, QueueFault
from printers.cups.memory import mount_of, read_mounts, readable_swap

_LONGEST = 1 << 20
_CREDENTIALS = struct.Struct("3i")
_USUAL = Path("/etc/cups/cupsd.conf")


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the kernel tells of itself."""

    proc: Path = Path("/proc")
    sys: Path = Path("/sys")
    swaps: Path = Path("/proc/swaps")


def faults_of_daemon(connect: Callable[[], socket.socket], socket_file: Path, machine: Machine) -> list[QueueFault]:
    """All that keeps a document from being given to the cupsd that listens there."""
    try:
        with connect() as link:
            # Of whoever began to listen: this process, and no file that somebody left.
            process = _CREDENTIALS.unpack(link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))[0]
    except OSError:
        return [QueueFault(Flaw.AWAY, str(socket_file))]
    try:
        command = _text(machine.proc / str(process) / "cmdline").split("\0")
        if Path(command[0]).name != "cupsd":
            return [QueueFault(Flaw.NOT_CUPSD, Path(command[0]).name)]
        conf, files = configuration_of(command[1:])
        folders, faults = spool_folders(_text(files))
        faults += faults_of_times(_text(conf))
        faults += _faults_of_places(folders, process, machine)
    except (OSError, ValueError) as fault:
        told = fault.filename if isinstance(fault, OSError) else fault
        return [QueueFault(Flaw.UNREADABLE, str(told))]
    return faults


def configuration_of(arguments: list[str]) -> tuple[Path, Path]:
    """cupsd.conf and cups-files.conf of a cupsd that was started so; the second lies beside the first unless it was
    named (cupsd(8)). Raises `ValueError` for what can't be told."""
    named: dict[str, Path] = {}
    rest = iter(arguments)
    for argument in rest:
        for letter in argument[1:] if argument.startswith("-") else "":
            if letter in "cs":
                named[letter] = Path(next(rest, ""))
    conf = named.get("c", _USUAL)
    files = named.get("s", conf.parent / "cups-files.conf")
    for path in (conf, files):
        if not path.is_absolute():
            raise ValueError(f"{path} is not named from the root")
    return conf, files


def _faults_of_places(folders: list[str], process: int, machine: Machine) -> list[QueueFault]:
    """By the mounts that this process sees. Those that its service has of its own end with it, and with them what a
    job that was cut off left behind."""
    mounts = read_mounts(_text(machine.proc / str(process) / "mountinfo"))
    places = {folder: mount_of(os.path.realpath(folder), mounts) for folder in folders}
    everybodys = {mount.device for mount in read_mounts(_text(machine.proc / "1/mountinfo"))}
    faults = []
    for folder, mount in places.items():
        if mount is None or not mount.in_memory:
            faults.append(QueueFault(Flaw.SPOOL_ON_DISK, folder))
        elif mount.device in everybodys:
            faults.append(QueueFault(Flaw.SPOOL_OUTLIVES, folder))
    if all(mount and mount.never_swapped for mount in places.values()):
        return faults
    swap = readable_swap(_text(machine.swaps), lambda device: _told(machine.sys / "block" / device / "dm/uuid"))
    if swap is not None and not _kept_from_swap(process, machine):
        faults.append(QueueFault(Flaw.SWAP, swap))
    return faults


def _kept_from_swap(process: int, machine: Machine) -> bool:
    """Whether the process' control group may swap nothing (`MemorySwapMax=0`): what it and its filters write into a
    tmpfs counts for that group (Linux, cgroup-v2, memory.swap.max)."""
    for line in _told(machine.proc / str(process) / "cgroup").splitlines():
        if line.startswith("0::/"):
            group = machine.sys / "fs/cgroup" / line.removeprefix("0::/")
            above = [group, *group.parents][: len(Path(line.removeprefix("0::/")).parts)]
            return any(_told(each / "memory.swap.max").strip() == "0" for each in above)
    return False


def _told(path: Path) -> str:
    """Nothing where the kernel does not tell."""
    try:
        return _text(path)
    except OSError:
        return ""


def _text(path: Path) -> str:
    with path.open("rb") as stored:
        content = stored.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise ValueError(f"{path} is too long")
    return content.decode("utf-8", "replace")
