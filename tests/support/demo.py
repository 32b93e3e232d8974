"""The demonstration as a program of its own, as `make demo` runs it without a display. `python -m tests.support.demo
SITE OUT` plays it once more on a site that is there, with a printer that loses the back of every sheet."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from kiosk.demo.program import show
from kiosk.demo.stage.site import DemoSite
from kiosk.demo.stage.tray import Tray
from printers.virtual import SheetOut

WITHIN_S = 540
"""Seconds on a machine that does much else; alone it takes about 20."""


def run_demo(*arguments: str, environment: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """`koufu-kiosk demo` with these arguments, without a display."""
    return _run("kiosk.cli", "demo", *arguments, environment=environment or {})


def run_demo_without_backs(site: Path, out: Path) -> "subprocess.CompletedProcess[str]":
    """The same on the site of an earlier one, printed on faces only."""
    return _run("tests.support.demo", str(site), str(out), environment={})


def run_office_demo(out: Path) -> "subprocess.CompletedProcess[str]":
    """`KOUFU_DEMO=postoffice koufu-kiosk demo`, the whole day."""
    return _run("kiosk.cli", "demo", "--out", str(out), environment={"KOUFU_DEMO": "postoffice"})


def run_faults_demo(out: Path) -> "subprocess.CompletedProcess[str]":
    """`KOUFU_DEMO=faults koufu-kiosk demo`, all eight faults."""
    return _run("kiosk.cli", "demo", "--out", str(out), environment={"KOUFU_DEMO": "faults"})


def _run(module: str, *arguments: str, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN_S,
        env=inherited | dict(environment),
    )


class FacesOnly(Tray):
    """Catches what a printer without a working duplex unit puts out."""

    def sheet(self, out: SheetOut) -> None:
        document = pdfium.PdfDocument(out.job.document)
        for back in reversed(range(1, len(document), 2)):
            document.del_page(back)
        kept = BytesIO()
        document.save(kept)
        document.close()
        super().sheet(SheetOut(replace(out.job, document=kept.getvalue()), out.sheet))


def _main(site: Path, out: Path) -> int:
    return show(DemoSite(site), out, print, FacesOnly(), display=False, pcsc=False)


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), Path(sys.argv[2])))
