"""What is asked of the machine about the program that holds a socket: this test holds one, and what the kernel tells of
it stands in a folder of its own."""

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from printers.cups.daemon import Machine, faults_of_daemon
from printers.cups.faults import Flaw

_OWN_TMPFS = """40 1 0:9 / /var/spool/cups rw - tmpfs tmpfs rw
41 40 0:10 / /var/spool/cups/tmp rw - tmpfs tmpfs rw
"""
_DISK = "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
_SWAP = "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n"


@dataclass
class Told:
    """A machine with one cupsd, as good as it can be."""

    folder: Path
    listener: socket.socket

    @property
    def machine(self) -> Machine:
        return Machine(self.folder / "proc", self.folder / "sys", self.folder / "proc/swaps")

    @property
    def process(self) -> Path:
        return self.folder / "proc" / str(os.getpid())

    def write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def flaws(self) -> dict[Flaw, str]:
        def connect() -> socket.socket:
            link = socket.socket(socket.AF_UNIX)
            link.connect(self.listener.getsockname())
            return link

        found = faults_of_daemon(connect, self.folder / "socket", self.machine)
        assert all(str(fault) for fault in found)
        return {fault.flaw: fault.what for fault in found}


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        listener.listen()
        machine = Told(tmp_path, listener)
        machine.write(machine.process / "cmdline", f"/usr/sbin/cupsd\0-f\0-c\0{tmp_path}/cupsd.conf\0")
        machine.write(machine.process / "mountinfo", _DISK + _OWN_TMPFS)
        machine.write(machine.process / "cgroup", "0::/system.slice/koufu-cups.service\n")
        machine.write(tmp_path / "proc/1/mountinfo", _DISK)
        machine.write(tmp_path / "proc/swaps", "Filename Type Size Used Priority\n")
        machine.write(tmp_path / "cupsd.conf", "PreserveJobFiles No\nPreserveJobHistory 60\n")
        machine.write(tmp_path / "cups-files.conf", "RequestRoot /var/spool/cups\nTempDir /var/spool/cups/tmp\n")
        yield machine


def test_a_cupsd_with_a_tmpfs_of_its_own_is_fit(told: Told) -> None:
    assert told.flaws() == {}


def test_another_program_at_the_socket_is_named(told: Told) -> None:
    told.write(told.process / "cmdline", "/usr/lib/systemd/systemd\0--system\0")
    assert told.flaws() == {Flaw.NOT_CUPSD: "systemd"}


def test_nobody_at_the_socket_is_told(told: Told) -> None:
    told.listener.close()

    def connect() -> socket.socket:
        raise ConnectionRefusedError

    (fault,) = faults_of_daemon(connect, Path("/run/cups/cups.sock"), told.machine)
    assert (fault.flaw, fault.what) == (Flaw.AWAY, "/run/cups/cups.sock")


@pytest.mark.parametrize("missing", ["cupsd.conf", "cups-files.conf", "proc/1/mountinfo", "proc/swaps"])
def test_i11_what_can_t_be_read_is_no_yes(told: Told, missing: str) -> None:
    (told.folder / missing).unlink()
    assert told.flaws() == {Flaw.UNREADABLE: str(told.folder / missing)}


def test_i11_a_file_without_end_is_not_read(told: Told) -> None:
    told.write(told.folder / "cupsd.conf", "#" * (1 << 20) + "\nPreserveJobFiles No\n")
    assert set(told.flaws()) == {Flaw.UNREADABLE}


def test_i11_a_spool_on_the_disk_is_refused(told: Told) -> None:
    told.write(told.process / "mountinfo", _DISK)
    assert told.flaws() == {Flaw.SPOOL_ON_DISK: "/var/spool/cups/tmp"}


def test_i2_a_tmpfs_of_the_whole_machine_is_refused(told: Told) -> None:
    told.write(told.folder / "proc/1/mountinfo", _DISK + _OWN_TMPFS)
    assert told.flaws() == {Flaw.SPOOL_OUTLIVES: "/var/spool/cups/tmp"}


def test_i11_memory_that_may_be_swapped_is_refused(told: Told) -> None:
    told.write(told.folder / "proc/swaps", _SWAP)
    assert told.flaws() == {Flaw.SWAP: "/dev/sda2"}
    told.write(told.folder / "sys/fs/cgroup/system.slice/koufu-cups.service/memory.swap.max", "max\n")
    assert told.flaws() == {Flaw.SWAP: "/dev/sda2"}


@pytest.mark.parametrize("group", ["system.slice/koufu-cups.service", "system.slice"])
def test_a_service_that_may_not_swap_is_fit(told: Told, group: str) -> None:
    told.write(told.folder / "proc/swaps", _SWAP)
    told.write(told.folder / "sys/fs/cgroup" / group / "memory.swap.max", "0\n")
    assert told.flaws() == {}


def test_encrypted_swap_is_fit(told: Told) -> None:
    told.write(told.folder / "proc/swaps", _SWAP.replace("/dev/sda2", "/dev/dm-0"))
    assert told.flaws() == {Flaw.SWAP: "/dev/dm-0"}
    told.write(told.folder / "sys/block/dm-0/dm/uuid", "CRYPT-LUKS2-0-swap\n")
    assert told.flaws() == {}


def test_i11_a_tmpfs_that_is_never_swapped_is_fit(told: Told) -> None:
    told.write(told.folder / "proc/swaps", _SWAP)
    own = _OWN_TMPFS.replace("tmpfs rw\n", "tmpfs rw,noswap\n")
    told.write(told.process / "mountinfo", _DISK + own)
    assert told.flaws() == {}
