"""What comes out of the printers, act by act, and what is left of it in a folder: papers as PDF, slips as
bytes, and pictures of both."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from printers.slips.model import Paper
from printers.slips.picture import draw
from printers.virtual import SheetOut

DPI = 100
"""Of the pictures of papers: as large as on a screen."""


@dataclass(frozen=True, slots=True)
class Came:
    """A paper that came out whole (PDF), or a slip (ESC/POS bytes)."""

    content: bytes = field(repr=False)
    slip: bool


class ActTray:
    """Catches what comes out."""

    def __init__(self) -> None:
        self._came: list[Came] = []

    def sheet(self, out: SheetOut) -> None:
        """A sheet came out. A paper counts with its last sheet."""
        if out.sheet == out.job.sheets:
            self._came.append(Came(out.job.document, slip=False))

    def slip(self, out: bytes) -> None:
        """A slip came out."""
        self._came.append(Came(out, slip=True))

    def take(self) -> list[Came]:
        """All that lies there: it is gone then."""
        came, self._came = self._came, []
        return came


def leave(folder: Path, came: list[Came], *, drawn: bool = True) -> None:
    """Leaves papers and slips in a folder, numbered as they came; papers as pictures too, where they are `drawn`."""
    if came:
        folder.mkdir(parents=True)
    for number, each in enumerate(came, start=1):
        if each.slip:
            (folder / f"{number:02d}-slip.bin").write_bytes(each.content)
            draw(each.content, Paper.MM_80).save(folder / f"{number:02d}-slip.png")
        else:
            paper = folder / f"{number:02d}-paper.pdf"
            paper.write_bytes(each.content)
            if not drawn:
                continue
            drawing = ["/usr/bin/pdftoppm", "-r", str(DPI), "-png", str(paper), str(paper.with_suffix(""))]
            subprocess.run(drawing, check=True)
