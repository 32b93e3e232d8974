"""What comes out of a demonstration's machine, visit by visit, and what is left of one visit in a folder: its sheets,
its own receipt, the verdict on the sheets. Never things of two visits together."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from kiosk.demo.playing.witness import Took
from kiosk.errors import ConfigurationError
from kiosk.flow.state import Terminal
from printers.slips.model import Paper
from printers.slips.picture import draw
from printers.virtual import SheetOut

PRINTER_DPI = 600
PIXELS_ACROSS = 2
"""Dots of the printer to a pixel of the raster: a scanner of 300 dpi."""

AS_ISSUED = "as-issued"
_OURS = re.compile(
    r"before-the-power-cut|certificate(-\d+)?\.pdf|papers|raster|receipt\.(bin|png)|screens|site|summary\.json|visits"
)


@dataclass(slots=True)
class CameOut:
    """Of one visit: documents that came out whole, as delivered to the printer, and slips as bytes."""

    documents: list[bytes] = field(default_factory=list)
    slips: list[bytes] = field(default_factory=list)


class Catches(Protocol):
    """Whoever takes what comes out."""

    def sheet(self, out: SheetOut) -> None:
        """A sheet came out."""
        ...

    def slip(self, out: bytes) -> None:
        """A slip came out."""
        ...


class Tray:
    """Keeps what came out apart by visit."""

    def __init__(self) -> None:
        self._attempt = 0
        self._visits = [CameOut()]

    def sees(self, terminal: Terminal) -> None:
        """The terminal changed: what comes out after a visit has begun belongs to that visit."""
        if terminal.attempts != self._attempt:
            self._attempt = terminal.attempts
            self._visits.append(CameOut())

    def sheet(self, out: SheetOut) -> None:
        """A sheet came out. A document counts with its last sheet."""
        if out.sheet == out.job.sheets:
            self._visits[-1].documents.append(out.job.document)

    def slip(self, out: bytes) -> None:
        """A slip came out."""
        self._visits[-1].slips.append(out)

    @property
    def finished(self) -> list[CameOut]:
        """Every visit that brought sheets, in order."""
        return [visit for visit in self._visits if visit.documents]

    @property
    def last_visit(self) -> CameOut | None:
        """The last visit that ended with sheets and a receipt; failing that, the last with sheets."""
        printed = self.finished
        ended = [visit for visit in printed if visit.slips]
        best = ended or printed
        return best[-1] if best else None


def clear(out: Path) -> None:
    """Takes an earlier demonstration away, and nothing else: a folder with other things in it stays as it is."""
    if not out.exists():
        return
    strange = sorted(path.name for path in out.iterdir() if not _OURS.fullmatch(path.name))
    if strange:
        raise ConfigurationError(f"{out} holds other things ({strange[0]}): name an empty or a new folder with --out")
    shutil.rmtree(out)


def leave_behind(out: Path, visit: CameOut, steps: Sequence[Took], trust: Path) -> dict[str, Any]:
    """Sheets, receipt, summary; returns the summary. `trust` is the folder with
    the exported trust list. The verdict comes from a raster of the sheets, by the verifier a
    recipient has; of several documents the first that is not good gives it."""
    verdicts = []
    for number, document in enumerate(visit.documents, start=1):
        certificate = out / ("certificate.pdf" if number == 1 else f"certificate-{number}.pdf")
        certificate.write_bytes(document)
        verdicts.append(_sheet_check(certificate, out / "raster" / certificate.stem, trust))
    if visit.slips:
        (out / "receipt.bin").write_bytes(visit.slips[-1])
        draw(visit.slips[-1], Paper.MM_80).save(out / "receipt.png")
    verdict = next((each for each in verdicts if each["outcome"] != AS_ISSUED), verdicts[0])
    summary = {
        "steps": [{"name": step.name, "ms": step.ms} for step in steps],
        "document_no": verdict.get("document_no"),
        "sheet_check": verdict,
    }
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    return summary


def leave_all_behind(
    out: Path, visits: Sequence[CameOut], steps: Mapping[str, Sequence[Took]], trusts: Mapping[str, Path]
) -> dict[str, str]:
    """Each visit in a folder of its own below `visits`, named as its steps and its municipality's
    trust list are; returns the
    verdict of each. Raises `ConfigurationError` unless every visit brought sheets."""
    if len(visits) != len(steps):
        raise ConfigurationError(f"{len(visits)} of {len(steps)} visits brought sheets")
    verdicts = {}
    for visit, (name, took) in zip(visits, steps.items(), strict=True):
        folder = out / "visits" / name
        folder.mkdir(parents=True)
        verdicts[name] = str(leave_behind(folder, visit, took, trusts[name])["sheet_check"]["outcome"])
    (out / "summary.json").write_text(json.dumps({"visits": verdicts}, ensure_ascii=False, indent=2) + "\n")
    return verdicts


def _sheet_check(certificate: Path, raster: Path, trust: Path) -> dict[str, Any]:
    raster.mkdir(parents=True)
    drawing = ["/usr/bin/pdftoppm", "-r", str(PRINTER_DPI), "-gray", str(certificate), str(raster / "page")]
    subprocess.run(drawing, check=True)
    for drawn in raster.glob("page-*.pgm"):
        with Image.open(drawn) as side:
            side.reduce(PIXELS_ACROSS).save(drawn.with_suffix(".png"))
        drawn.unlink()
    verifier = str(Path(sys.executable).with_name("koufu-verify"))
    pictures = map(str, sorted(raster.glob("page-*.png")))
    believing = ("--trust-list", str(trust / "trust-list.bin"), "--trust-key", str(trust / "trust-list.pub"))
    checking = [verifier, "--json", *believing, *pictures]
    done = subprocess.run(checking, capture_output=True, text=True, check=False)
    verdict: dict[str, Any] = json.loads(done.stdout) if done.stdout else {"outcome": "wrong-call", "said": done.stderr}
    return verdict
