"""The page printer: the CUPS project's `ippeveprinter` as a process, and the paper that comes out of it, which is
outside and stays when the process is killed."""

import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from tests.kills.moments import At
from tests.support.ipp_printer import printer_attributes
from tests.support.waiting import until

SIDE_S = 0.15
LISTENS_WITHIN_S = 30.0

# Run by the printer for each job: hands the document to the paper path, then says what that tells it.
_COMMAND = """#!/bin/sh
kept="{folder}/job-$$"
cp "$1" "$kept.new" && mv "$kept.new" "$kept"
mkfifo "$kept.said"
echo "$kept" > '{folder}/jobs'
while read -r line; do
  case "$line" in
    exit*) exit "${{line#exit }}" ;;
    *) echo "$line" >&2 ;;
  esac
done < "$kept.said"
"""


@dataclass
class Sheet:
    """A sheet that lies in the tray: which of its document, and the document; `at` when it came out, by the machine's
    monotonic clock."""

    number: int
    sheets: int
    document: bytes = field(repr=False)
    at: float = field(default_factory=time.monotonic)


class KilledPrinter:
    """`put_out` is told of each sheet, `tick` of each step. What the process told it to print it goes on printing only
    while that process lives."""

    def __init__(
        self, folder: Path, environment: dict[str, str], tick: Callable[[At], None], put_out: Callable[[Sheet], None]
    ) -> None:
        self._folder = folder
        self._environment = environment
        self._tick = tick
        self._put_out = put_out
        self.port = 0
        self.jobs = 0
        """How many ever came."""
        self._life = 0
        self._cancelled = threading.Event()
        self._dead = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._process: subprocess.Popen[bytes] | None = None
        self._came: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        (folder / "attributes.conf").write_text(printer_attributes())
        command = folder / "command.sh"
        command.write_text(_COMMAND.format(folder=folder))
        command.chmod(0o755)
        os.mkfifo(folder / "jobs")
        self._jobs = os.open(folder / "jobs", os.O_RDWR)
        for run in (self._hear, self._feed):
            threading.Thread(target=run, name="paper", daemon=True).start()

    @property
    def idle(self) -> bool:
        """Whether no sheet is on its way."""
        return self._idle.is_set()

    @property
    def alive(self) -> bool:
        """Whether its process is."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Of the process."""
        assert self._process is not None
        return self._process.pid

    def start(self, port: int) -> None:
        """Starts the process, and waits until it listens."""
        self._life += 1
        spool = self._folder / f"spool-{self._life}"
        spool.mkdir()
        arguments = ["ippeveprinter", "-v", "-n", "localhost", "-p", str(port), "-a", "attributes.conf", "-r", "off"]
        arguments += ["-c", str(self._folder / "command.sh"), "-d", str(spool), f"Koufu {port}"]
        reading, writing = os.pipe()
        self._cancelled.clear()
        self._dead.clear()
        self._process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            env=self._environment,
            cwd=self._folder,
            start_new_session=True,
        )
        os.close(writing)
        threading.Thread(target=self._overhear, args=(reading,), name="printer-log", daemon=True).start()
        until(lambda: listens(port) or not self.alive, LISTENS_WITHIN_S)
        if not self.alive:
            raise OSError("ippeveprinter does not start")
        self.port = port

    def kill(self) -> None:
        """It is gone, and what it was printing stops where it is."""
        process = self._process
        if process is None:
            return
        self._dead.set()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()

    def _overhear(self, log: int) -> None:
        """A job that is cancelled stops after the sheet at hand, as in a printer of metal; this one only says so."""
        with os.fdopen(log, "rb") as said, (self._folder / "printer.log").open("ab") as kept:
            for line in said:
                kept.write(line)
                kept.flush()
                if b"Cancel-Job" in line or b"Cancel-My-Jobs" in line:
                    self._cancelled.set()

    def _hear(self) -> None:
        with os.fdopen(self._jobs, "rb", buffering=0) as told:
            heard = b""
            while piece := told.read(4096):
                *names, heard = (heard + piece).split(b"\n")
                for name in names:
                    self._idle.clear()
                    self.jobs += 1
                    self._cancelled.clear()
                    self._came.put(Path(os.fsdecode(name)))

    def _feed(self) -> None:
        while (job := self._came.get()) is not None:
            with suppress(OSError):
                self._print(job, job.read_bytes())
            job.unlink(missing_ok=True)
            if self._came.empty():
                self._idle.set()

    def _print(self, job: Path, document: bytes) -> None:
        pdf = pdfium.PdfDocument(document)
        sheets = len(pdf) // 2
        pdf.close()
        said = os.open(f"{job}.said", os.O_RDWR)
        try:
            for sheet in range(1, sheets + 1):
                for side in (1, 2):
                    if self._dead.wait(SIDE_S):
                        return
                    self._tick(At.SIDE)
                    if side == 2:
                        if self._dead.is_set():
                            return
                        self._put_out(Sheet(sheet, sheets, document))
                        self._tick(At.SIDE)
                    os.write(said, f"ATTR: job-impressions-completed={2 * sheet + side - 2}\n".encode())
                if self._cancelled.is_set():
                    break
            self._tick(At.SIDE)
            os.write(said, b"exit 0\n")
            # Until it was read: whoever closes a pipe too soon takes back what lies in it.
            self._dead.wait(SIDE_S)
        finally:
            os.close(said)
            Path(f"{job}.said").unlink(missing_ok=True)


def listens(port: int) -> bool:
    """Whether somebody takes connections at this port."""
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
