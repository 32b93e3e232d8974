"""What a printer of rasters was sent, made readable again by the CUPS project's own filter."""

import subprocess
from pathlib import Path

_FILTER = "/usr/lib/cups/filter/rastertopdf"


def pdf_of_raster(raster: bytes, folder: Path) -> bytes:
    """The dots of each page as a PDF."""
    file = folder / "sent.pwg"
    file.write_bytes(raster)
    command = [_FILTER, "1", "koufu", "reading", "1", "", str(file)]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
