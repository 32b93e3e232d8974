"""I11: of a document that is printed nothing touches the disk, neither while it is printed nor after its program died
in the middle of it. Asked of the interpreter itself, which tells of every file that is opened or made."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# What the drivers do in a program of its own: prints, and dies over the second side. Every path that is opened for
# writing, made, linked or renamed goes to its output.
_PROGRAM = """
import json, os, signal, sys

wrote = []

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            wrote.append(str(path))
    elif event in ("os.mkdir", "os.rename", "os.link", "os.symlink", "tempfile.mkstemp", "tempfile.mkdtemp"):
        wrote.append(event)

from printers.escpos.line import LineDown
from printers.escpos.pages import EscposPagePrinter
from printers.ipp.printer import IppPagePrinter
from printers.model import PrintJob
from tests.support.escpos_peer import EscposDevice
from tests.support.ipp_peer import ScriptedPrinter
from tests.support.printer_clocks import JumpingClock
from tests.support.printer_pages import pdf_of

class Wire:
    two_way = True
    def __init__(self):
        self.device, self.heard = EscposDevice(), b""
    def write(self, data, within):
        self.heard += self.device.take(data)
    def read(self, limit, within):
        heard, self.heard = self.heard[:limit], self.heard[limit:]
        return heard
    def close(self):
        pass

job = PrintJob("5f0c2a", pdf_of(1), 1)
clock = JumpingClock()
printer = IppPagePrinter(ScriptedPrinter(sides=[0, 1, 2]), clock) if sys.argv[1] == "ipp" else (
    EscposPagePrinter(Wire(), clock, 1654))
sys.addaudithook(watch)

def tell(at):
    if at.side == 2 and sys.argv[2] == "dies":
        print(json.dumps(wrote), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

settled = printer.print(job, tell, lambda: False)
print(json.dumps([*wrote, type(settled).__name__]))
"""


@pytest.mark.parametrize("ends", ["prints", "dies"])
@pytest.mark.parametrize("way", ["ipp", "escpos"])
def test_i11_a_document_that_is_printed_touches_no_disk(way: str, ends: str, tmp_path: Path, root: Path) -> None:
    environment = {"PYTHONPATH": f"{root}:{root / 'proto'}", "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PATH": ""}
    program = [sys.executable, "-B", "-c", _PROGRAM, way, ends]
    ran = subprocess.run(program, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    assert json.loads(ran.stdout) == ([] if ends == "dies" else ["Printed"])
    assert ran.returncode == (-9 if ends == "dies" else 0)
    assert list(tmp_path.iterdir()) == []
