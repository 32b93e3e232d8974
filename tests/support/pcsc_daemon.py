"""A PC/SC daemon of the tests' own: its own socket, readers and port, beside any daemon of the machine.

The daemon's socket has one fixed place, so it runs where that place is its own (a mount namespace); where the machine
forbids that, it takes the fixed place, and says so when another daemon already has it."""

import atexit
import contextlib
import functools
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.file_events import FolderWatch

READER = "Mihon Reader"
SLOTS = 2
"""Slots of each reader."""
FIXED_PLACE = Path("/run/pcscd")
PROGRAM = "/usr/sbin/pcscd"
DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
START_WITHIN_S = 10.0
PORTS = range(20_000, 32_000)
"""Below those that Linux gives to whoever asks for any."""


@dataclass(slots=True)
class PcscDaemon:
    """A running daemon with virtual readers, each of two slots as vpcd makes them. `port` is where a virtual card
    connects to the first slot; the others follow it."""

    state: Path
    config: Path
    port: int
    readers: int = 1
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a PC/SC program needs in its environment to find this daemon."""
        return {**os.environ, "PCSCLITE_CSOCK_NAME": str(self.state / "pcscd.comm")}

    @property
    def slots(self) -> list[tuple[str, int]]:
        """Name and port of every slot."""
        return [
            (f"{_name(reader)} 00 {slot:02}", self.port + SLOTS * reader + slot)
            for reader in range(self.readers)
            for slot in range(SLOTS)
        ]

    def start(self, *, with_reader: bool = True) -> None:
        """Starts it and waits until it listens."""
        self._configure(with_reader=with_reader)
        for left in self.state.glob("pcscd.*"):
            left.unlink()
        daemon = [PROGRAM, "--foreground", "--error", "--config", str(self.config)]
        command = [*_own_place(self.state), *daemon] if self.state != FIXED_PLACE else daemon
        with FolderWatch(self.state) as watch:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            # It changes the mode of its socket once it listens there.
            if not watch.until(lambda: _listens(self.state / "pcscd.comm"), self.process, START_WITHIN_S):
                raise RuntimeError(f"pcscd did not start (exit {self.process.poll()})")

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ends it as a service manager would."""
        process = self.process
        if process is not None:
            process.terminate()
            process.wait(START_WITHIN_S)

    def kill(self) -> None:
        """Ends it without a word. Another thread may start it anew as soon as it is gone."""
        process = self.process
        if process is not None:
            process.kill()
            process.wait(START_WITHIN_S)

    def _configure(self, *, with_reader: bool) -> None:
        file = self.config / "reader"
        entries = []
        for reader in range(self.readers if with_reader else 0):
            port = self.port + SLOTS * reader
            driver = self.config.parent / f"driver-{reader}.so"  # a copy each: the driver knows one reader a file
            if not driver.exists():
                shutil.copy(DRIVER, driver)
            entries += [
                f'FRIENDLYNAME "{_name(reader)}"',
                f"DEVICENAME /dev/null:{port:#x}",
                f"LIBPATH {driver}",
                f"CHANNELID {port:#x}",
            ]
        file.write_text("".join(f"{entry}\n" for entry in entries))


@contextlib.contextmanager
def pcsc_daemon(readers: int = 1) -> Iterator[PcscDaemon]:
    """A running daemon; this process's PC/SC library speaks to it. It is always the same place, since the library looks
    for it once."""
    state, config = _places()
    daemon = PcscDaemon(state, config, _free_ports(SLOTS * readers), readers)
    os.environ["PCSCLITE_CSOCK_NAME"] = str(state / "pcscd.comm")
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()


@functools.cache
def _places() -> tuple[Path, Path]:
    base = Path(tempfile.mkdtemp(prefix="koufu-pcscd-"))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    config = base / "config"
    config.mkdir()
    state = base / "run"
    state.mkdir()
    probe = subprocess.run([*_own_place(state), "true"], capture_output=True, check=False)
    if probe.returncode == 0:
        return state, config
    if _listens(FIXED_PLACE / "pcscd.comm"):
        raise RuntimeError("another PC/SC daemon runs, and this machine allows no mount namespace beside it")
    FIXED_PLACE.mkdir(exist_ok=True)
    return FIXED_PLACE, config


def _own_place(state: Path) -> list[str]:
    """The command that runs another one with the daemon's fixed place bound to this folder."""
    unshare = shutil.which("unshare") or "unshare"
    user = [] if os.getuid() == 0 else ["--user", "--map-root-user"]
    script = f'mount -t tmpfs tmpfs /run && mkdir {FIXED_PLACE} && mount --bind "$0" {FIXED_PLACE} && exec "$@"'
    return [unshare, *user, "--mount", "sh", "-c", script, str(state)]


def _listens(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(place)) == 0


def _name(reader: int) -> str:
    return READER if reader == 0 else f"{reader}. {READER}"


def _free_ports(count: int) -> int:
    """The first of so many free ports in a row, none of those that the system gives away: while the daemon is away such
    a one would be taken by whoever connects to anything, and the reader not come back."""
    while True:
        first = PORTS[secrets.randbelow(len(PORTS))]
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                stack.enter_context(socket.socket()).bind(("", port))
            return first
