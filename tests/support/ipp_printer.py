"""The CUPS project's own printer in software, `ippeveprinter`, on the loopback: started for a test, told what its paper
does, and stopped again. It wants a D-Bus and an Avahi daemon; they run privately beside it, so that tests in parallel
and the machine's own daemons do not meet."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.file_events import FolderWatch

_TRIES = 5
_START_WITHIN = 60.0

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/>
  </policy>
</busconfig>
"""

_AVAHI = """[server]
allow-interfaces=lo
use-ipv6=no
[publish]
publish-workstation=no
publish-hinfo=no
"""

# What the printer holds and can do beyond its defaults: A4 in its one tray.
_ATTRIBUTES = """ATTR keyword media-ready iso_a4_210x297mm
ATTR keyword media-default iso_a4_210x297mm
ATTR keyword media-supported iso_a4_210x297mm
ATTR keyword sides-supported {sides}
ATTR mimeMediaType document-format-supported {formats}
ATTR keyword print-scaling-supported auto,none
ATTR keyword print-color-mode-supported monochrome
ATTR octetString printer-input-tray "type=sheetFeedAutoRemovableTray;maxcapacity=250;level={sheets};status=0;name=main"
"""

# What a queue makes its driver of, for a printer that takes rasters: their dots, tones and the sizes of paper.
_RASTER_ATTRIBUTES = """ATTR text printer-make-and-model "Koufu Raster"
ATTR resolution pwg-raster-document-resolution-supported {dpi}dpi
ATTR resolution printer-resolution-supported {dpi}dpi
ATTR resolution printer-resolution-default {dpi}dpi
ATTR keyword pwg-raster-document-type-supported sgray_8
ATTR keyword pwg-raster-document-sheet-back normal
ATTR collection media-size-supported {{ MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700 }}
ATTR keyword sides-default one-sided
ATTR integer media-top-margin-supported 423
ATTR integer media-bottom-margin-supported 423
ATTR integer media-left-margin-supported 423
ATTR integer media-right-margin-supported 423
ATTR collection media-col-default {{
  MEMBER collection media-size {{ MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700 }}
  MEMBER integer media-top-margin 423 MEMBER integer media-bottom-margin 423
  MEMBER integer media-left-margin 423 MEMBER integer media-right-margin 423
}}
ATTR collection media-col-database {{
  MEMBER collection media-size {{ MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700 }}
  MEMBER integer media-top-margin 423 MEMBER integer media-bottom-margin 423
  MEMBER integer media-left-margin 423 MEMBER integer media-right-margin 423
}}
"""

# Run by the printer for each job: keeps the document, then does what the test writes into the pipe, line by line.
# Lines with ATTR: and STATE: go to the printer, `exit N` ends the job.
_COMMAND = """#!/bin/sh
cp "$1" "{folder}/received-$IPP_JOB_ID"
printf '%s\\n' "$IPP_SIDES" "$IPP_MEDIA" "$IPP_JOB_NAME" "$IPP_PRINT_COLOR_MODE" > '{folder}/wishes'
while read -r line; do
  case "$line" in
    exit*) exit "${{line#exit }}" ;;
    *) echo "$line" >&2 ;;
  esac
done < '{folder}/paper'
"""


class IppPrinterMissing(Exception):
    """The machine can't run the software printer; the message says what is missing."""


@dataclass
class SoftwarePrinter:
    """A running `ippeveprinter`. `paper` takes the lines that the job's command obeys."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    paper: int

    @property
    def uri(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    def sides_done(self, count: int) -> None:
        self._obey(f"ATTR: job-impressions-completed={count}")

    def reason(self, change: str) -> None:
        """Adds (`+media-jam-error`) or takes away (`-media-jam-error`) a printer-state-reason."""
        self._obey(f"STATE: {change}")

    def finish(self, code: int = 0) -> None:
        self._obey(f"exit {code}")

    def received(self) -> list[bytes]:
        """The documents in the order in which their jobs began."""
        return [path.read_bytes() for path in sorted(self.folder.glob("received-*"), key=_number)]

    def log(self) -> str:
        return (self.folder / "printer.log").read_text()

    def wishes(self) -> list[str]:
        return (self.folder / "wishes").read_text().splitlines()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def _obey(self, line: str) -> None:
        os.write(self.paper, line.encode() + b"\n")


def _number(path: Path) -> int:
    return int(path.name.removeprefix("received-"))


@contextmanager
def name_service(folder: Path) -> Iterator[dict[str, str]]:
    """A private D-Bus and Avahi on the loopback; yields the environment in which `ippeveprinter` finds them."""
    for program in ("dbus-daemon", "avahi-daemon", "ippeveprinter"):
        if shutil.which(program) is None:
            raise IppPrinterMissing(f"{program} is not installed: see packaging/setup/debian-packages.txt")
    bus = folder / "bus"
    (folder / "bus.conf").write_text(_BUS.format(socket=bus))
    (folder / "avahi.conf").write_text(_AVAHI)
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}"}
    avahi = f"exec avahi-daemon --no-drop-root --no-rlimits --no-chroot --no-proc-title -f '{folder}/avahi.conf'"
    # Avahi keeps its pid file at one fixed place: a /run of its own lets several run side by side.
    alone = ["unshare", "--mount", "sh", "-c", f"mount -t tmpfs tmpfs /run && {avahi}"]
    with ExitStack() as stack:
        watch = stack.enter_context(FolderWatch(folder))
        command = ["dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile"]
        broker = stack.enter_context(running(command, stderr=subprocess.DEVNULL))
        if not watch.until(bus.exists, broker, _START_WITHIN):
            raise IppPrinterMissing("the D-Bus daemon does not start")
        log = stack.enter_context((folder / "avahi.log").open("w+b"))
        daemon = stack.enter_context(running(alone, env=environment, stderr=log.fileno(), stdout=log.fileno()))

        said = folder / "avahi.log"
        if not watch.until(lambda: "startup complete" in said.read_text(), daemon, _START_WITHIN):
            raise IppPrinterMissing("Avahi does not start: " + said.read_text())
        yield environment


FORMATS = "application/pdf,image/pwg-raster"
SIDES = "one-sided,two-sided-long-edge,two-sided-short-edge"


def printer_attributes(
    *, formats: str = FORMATS, sides: str = SIDES, sheets: int = 200, raster_dpi: int | None = None
) -> str:
    """What a printer holds and can do, for `ippeveprinter -a`."""
    told = _ATTRIBUTES.format(sides=sides, formats=formats, sheets=sheets)
    return told if raster_dpi is None else told + _RASTER_ATTRIBUTES.format(dpi=raster_dpi)


@contextmanager
def software_printer(
    folder: Path,
    environment: dict[str, str],
    *,
    formats: str = FORMATS,
    sides: str = SIDES,
    sheets: int = 200,
    raster_dpi: int | None = None,
    keys: Path | None = None,
) -> Iterator[SoftwarePrinter]:
    """A printer with A4 in its tray, in a folder of its own. `keys` holds `localhost.crt` and `.key` for ipps."""
    spool = folder / "spool"
    spool.mkdir()
    pipe = folder / "paper"
    os.mkfifo(pipe)
    (folder / "attributes.conf").write_text(
        printer_attributes(formats=formats, sides=sides, sheets=sheets, raster_dpi=raster_dpi)
    )
    command = folder / "command.sh"
    command.write_text(_COMMAND.format(folder=folder))
    command.chmod(0o755)
    with ExitStack() as stack:
        paper = os.open(pipe, os.O_RDWR)
        stack.callback(os.close, paper)
        process, port = _start(stack, folder, environment, keys)
        yield SoftwarePrinter(port, folder, process, paper)


def _start(
    stack: ExitStack, folder: Path, environment: dict[str, str], keys: Path | None
) -> tuple[subprocess.Popen[bytes], int]:
    log = folder / "printer.log"
    for _ in range(_TRIES):
        port = free_port()
        arguments = ["ippeveprinter", "-v", "-n", "localhost", "-p", str(port), "-a", "attributes.conf", "-r", "off"]
        arguments += ["-c", str(folder / "command.sh"), "-d", "spool", *(["-K", str(keys)] if keys else [])]
        out = stack.enter_context(log.open("wb"))
        process = stack.enter_context(
            running(
                [*arguments, f"Koufu {port}"], env=environment, cwd=folder, stdout=out.fileno(), stderr=out.fileno()
            )
        )

        def listening(port: int = port, process: subprocess.Popen[bytes] = process) -> bool:
            with socket.socket() as probe:
                return process.poll() is not None or probe.connect_ex(("127.0.0.1", port)) == 0

        _wait_for(listening, "ippeveprinter does not start: " + log.read_text())
        if process.poll() is None:
            return process, port
    raise IppPrinterMissing("ippeveprinter does not start: " + log.read_text())


def free_port() -> int:
    """A port of the loopback that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(arguments: list[str], **options: object) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(happened: Callable[[], bool], otherwise: str) -> None:
    """A port gives no event when somebody begins to listen: looks often, for a bounded time."""
    deadline = time.monotonic() + _START_WITHIN
    while not happened():
        if time.monotonic() > deadline:
            raise IppPrinterMissing(otherwise)
        time.sleep(0.01)
