"""Prints into a folder, which stands for the resident's tray. Only ever put together with virtual devices: it leaves a
readable document on the disk (I11)."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from printers.errors import PrinterAway
from printers.model import Printed, PrinterProblem, PrinterStatus, PrintFailed, PrintJob, Progress, Settled, not_ready

_NAME_BYTES = 16


class PdfFilePrinter:
    """The `PagePrinter` that writes each job as one PDF file, whole or not at all. Names are 128 random bits and files
    are created exclusively (I4). `random_bytes` gives that many random bytes; `printed` lists the files in order."""

    def __init__(
        self,
        folder: Path,
        random_bytes: Callable[[int], bytes],
        put_in_tray: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._random_bytes = random_bytes
        self._put_in_tray = put_in_tray
        self.printed: list[Path] = []

    def __repr__(self) -> str:
        return f"<PdfFilePrinter {len(self.printed)} files>"

    def status(self) -> PrinterStatus:
        """`OFFLINE` when the folder is not there."""
        return PrinterStatus() if self._folder.is_dir() else not_ready(PrinterProblem.OFFLINE)

    def wake(self) -> PrinterStatus:
        """The same: a folder does not sleep."""
        return self.status()

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Writes the file. Raises `PrinterAway` when the folder takes none."""
        for sheet in range(1, job.sheets + 1):
            for side in (1, 2):
                if give_up():
                    return PrintFailed(0, PrinterProblem.OTHER, unsent=True)
                tell(Progress(sheet, side))
        name = self._random_bytes(_NAME_BYTES).hex()
        finished = self._folder / f"{name}.pdf"
        try:
            _write_whole(self._folder / f".{name}", finished, job.document)
        except OSError as fault:
            raise PrinterAway("the tray folder takes no file") from fault
        self.printed.append(finished)
        self._put_in_tray(finished)
        return Printed(job.sheets)


def _write_whole(unfinished: Path, finished: Path, document: bytes) -> None:
    """A link, unlike a rename, never replaces a file that is there."""
    out = open(unfinished, "xb", opener=lambda path, flags: os.open(path, flags, 0o600))  # noqa: SIM115
    try:
        with out:
            out.write(document)
        os.link(unfinished, finished)
    finally:
        # The finished file is there or not, whatever becomes of this one.
        with suppress(OSError):
            unfinished.unlink()
