"""A cupsd of a test's own, with the configuration that is shipped for a terminal: as somebody without rights, on a
socket of its own, with a spool in memory that it alone sees, and as many queues as the test wants."""

import grp
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.ipp_printer import IppPrinterMissing, running
from tests.support.printer_clocks import until_it_comes

MEMORY = Path("/dev/shm")
_PROGRAMS = ("cupsd", "lpadmin")

_PACKAGED = Path(__file__).parents[2] / "packaging/cups"

_QUEUE = """<Printer {name}>
State Idle
Accepting Yes
DeviceURI {uri}
ErrorPolicy abort-job
</Printer>
"""
"""Of printers.conf: a queue that `lpadmin` would not make, for want of its backend or of a printer."""


@dataclass
class PrivateCups:
    """A running cupsd. `swaps` is what stands for the machine's own /proc/swaps."""

    folder: Path
    spool_there: Path
    process: subprocess.Popen[bytes]

    @property
    def spool(self) -> Path:
        """Its spool, as it sees it."""
        return Path(f"/proc/{self.process.pid}/root{self.spool_there}")

    @property
    def socket(self) -> Path:
        return self.folder / "cups.sock"

    @property
    def swaps(self) -> Path:
        return self.folder / "swaps"

    def add_queue(self, name: str, uri: str, *options: str) -> None:
        """With the driver that CUPS makes of what the printer tells of itself."""
        self.tell("lpadmin", "-p", name, "-E", "-v", uri, "-m", "everywhere", *options)
        driver = self.folder / "etc/ppd" / f"{name}.ppd"
        assert any(driver.exists() for _ in until_it_comes()), self.log()

    def log(self) -> str:
        return (self.folder / "error_log").read_text()

    def documents(self) -> list[str]:
        """The files of documents in the spool, by cupsd's way of naming them."""
        return [path.name for path in self.spool.glob("d*")]

    def tell(self, program: str, *words: str) -> None:
        """One of CUPS' own commands for staff."""
        subprocess.run([program, "-h", str(self.socket), *words], check=True, capture_output=True, timeout=30)

    def die(self) -> None:
        """With its filters and backends, as a service does."""
        _end_all(self.process)

    def everything_in_memory(self) -> bytes:
        """All octets of all its files: what somebody would find who could read this memory."""
        files = (path for folder in (self.folder, self.spool) for path in folder.rglob("*") if path.is_file())
        return b"".join(path.read_bytes() for path in files)


@contextmanager
def private_cups(
    *, disk: Path | None = None, shared: bool = False, keeps: bool = False, ready: dict[str, str] | None = None
) -> Iterator[PrivateCups]:
    """Starts one. `ready` are queues by name and device. Its spool lies in `disk` where one is given, and is not its
    own alone when it is `shared`; one that `keeps` has documents and jobs for ever. Raises `IppPrinterMissing`."""
    for program in _PROGRAMS:
        if shutil.which(program) is None:
            raise IppPrinterMissing(f"{program} is not installed: see packaging/setup/debian-packages.txt")
    folder = Path(tempfile.mkdtemp(prefix="koufu-cups-", dir=MEMORY))
    try:
        spool = disk or folder / "spool"
        for each in (folder / "etc", folder / "cache", spool, spool / "tmp"):
            each.mkdir(exist_ok=True)
        (folder / "swaps").write_text("Filename Type Size Used Priority\n")
        _configure(folder, spool, keeps)
        queues = (_QUEUE.format(name=name, uri=uri) for name, uri in (ready or {}).items())
        (folder / "etc/printers.conf").write_text("".join(queues))
        own = not shared and disk is None
        with _started(folder, spool, own=own) as process:
            yield PrivateCups(folder, spool, process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started_again(cups: PrivateCups) -> Iterator[PrivateCups]:
    """The same cupsd after `die`, as its service would start it."""
    cups.socket.unlink()
    with _started(cups.folder, cups.spool_there, own=True) as process:
        yield PrivateCups(cups.folder, cups.spool_there, process)


def _configure(folder: Path, spool: Path, keeps: bool) -> None:
    """As shipped, but for where everything lies, and who may make queues: whoever runs the tests."""
    places = {
        "/etc/cups/koufu": f"{folder}/etc",
        "/run/cups": str(folder),
        "/var/spool/cups": str(spool),
        "/var/cache/cups": f"{folder}/cache",
        "/var/log/cups": str(folder),
        "SystemGroup lpadmin": f"SystemGroup {grp.getgrgid(os.getegid()).gr_name}",
    }
    if keeps:
        places |= {"PreserveJobFiles No": "PreserveJobFiles Yes", "PreserveJobHistory 60": ""}
    for name in ("cupsd.conf", "cups-files.conf"):
        text = (_PACKAGED / name).read_text()
        for shipped, here in places.items():
            text = text.replace(shipped, here)
        (folder / "etc" / name).write_text(text)


@contextmanager
def _started(folder: Path, spool: Path, *, own: bool) -> Iterator[subprocess.Popen[bytes]]:
    """Not as root: it would take the folders for the system's own, and run its filters as another user."""
    user = pwd.getpwnam("lp")
    for path in (folder, *folder.rglob("*"), spool, *spool.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)
    places = (spool, spool / "tmp")
    mounts = [f"mkdir -p '{at}' && mount -t tmpfs -o uid={user.pw_uid},gid={user.pw_gid} tmpfs '{at}'" for at in places]
    cupsd = f"cupsd -f -c '{folder}/etc/cupsd.conf' -s '{folder}/etc/cups-files.conf'"
    as_user = f"exec setpriv --reuid={user.pw_uid} --regid={user.pw_gid} --clear-groups {cupsd}"
    alone = ["unshare", "--mount", "sh", "-c", " && ".join([*(mounts if own else ()), as_user])]
    said = (folder / "stderr").open("wb")
    with said, running(alone, stdout=said, stderr=said, start_new_session=True) as process:
        if not any(process.poll() is not None or (folder / "cups.sock").exists() for _ in until_it_comes()):
            raise IppPrinterMissing("cupsd does not start")
        if process.poll() is not None:
            raise IppPrinterMissing("cupsd does not start: " + (folder / "stderr").read_text())
        try:
            yield process
        finally:
            _end_all(process)


def _end_all(cupsd: subprocess.Popen[bytes]) -> None:
    """cupsd and what it has begun: each filter and backend has a process group of its own, all are of its session, and
    a backend outlives its cupsd as long as it waits for a printer."""
    cupsd.kill()
    cupsd.wait()
    for each in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if each.name.isdecimal() and os.getsid(int(each.name)) == cupsd.pid:
                os.kill(int(each.name), signal.SIGKILL)
