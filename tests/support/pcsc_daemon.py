"""A PC/SC daemon of the tests' own: its own socket, readers and port, beside any daemon of the machine.

The daemon's socket has one fixed place, so it runs where that place is its own (a mount namespace); where the machine
forbids that, it takes the fixed place, and says so when another daemon already has it."""

import atexit
import contextlib
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

READER = "Mihon Reader"
FIXED_PLACE = Path("/run/pcscd")
PROGRAM = "/usr/sbin/pcscd"
DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
START_WITHIN_S = 10.0


@dataclass(slots=True)
class PcscDaemon:
    """A running daemon with one virtual reader (vpcd gives it two slots). `port` is where a virtual card connects."""

    state: Path
    config: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a PC/SC program needs in its environment to find this daemon."""
        return {**os.environ, "PCSCLITE_CSOCK_NAME": str(self.state / "pcscd.comm")}

    def start(self, *, with_reader: bool = True) -> None:
        """Starts it and waits until it listens."""
        self._configure(with_reader=with_reader)
        for left in self.state.glob("pcscd.*"):
            left.unlink()
        daemon = [PROGRAM, "--foreground", "--error", "--config", str(self.config)]
        command = [*_own_place(self.state), *daemon] if self.state != FIXED_PLACE else daemon
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + START_WITHIN_S
        while not _listens(self.state / "pcscd.comm"):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"pcscd did not start (exit {self.process.poll()})")
            time.sleep(0.01)

    def stop(self) -> None:
        """Ends it as a service manager would."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(START_WITHIN_S)
            self.process = None

    def kill(self) -> None:
        """Ends it without a word."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(START_WITHIN_S)
            self.process = None

    def _configure(self, *, with_reader: bool) -> None:
        file = self.config / "reader"
        if with_reader:
            file.write_text(
                f'FRIENDLYNAME "{READER}"\nDEVICENAME /dev/null:{self.port:#x}\nLIBPATH {DRIVER}\n'
                f"CHANNELID {self.port:#x}\n"
            )
        else:
            file.unlink(missing_ok=True)


@contextlib.contextmanager
def pcsc_daemon() -> Iterator[PcscDaemon]:
    """A running daemon; this process's PC/SC library speaks to it. It is always the same place, since the library looks
    for it once."""
    state, config = _places()
    daemon = PcscDaemon(state, config, _free_port())
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


def _free_port() -> int:
    """A port that is free together with the next one, which vpcd takes for its second slot."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("", port + 1))
                return int(port)
