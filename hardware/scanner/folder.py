"""A scanner that writes its files into a folder, as network scanners do: whoever scans presses the device's own key.
The file is taken out of the folder at once, and what lay there before is never taken for an answer."""

from pathlib import Path

from hardware.errors import ScannerAway, ScannerEmpty
from hardware.ports import Clock
from hardware.scanner.model import Scanned

WAITS_S = 60.0
LOOKS_EVERY_S = 0.2
MOST_BYTES = 24_000_000
ENDINGS = frozenset({".jpeg", ".jpg", ".png"})


class FolderScanner:
    """The `Scanner` behind a folder. `dots_an_inch` is how the device is set."""

    def __init__(self, folder: Path, dots_an_inch: float, clock: Clock) -> None:
        self._folder = folder
        self._dots_an_inch = dots_an_inch
        self._clock = clock

    def scan(self) -> Scanned:
        """The next file that comes."""
        for old in self._files():
            self._take(old)
        until = self._clock.monotonic() + WAITS_S
        sizes: dict[Path, int] = {}
        while self._clock.monotonic() < until:
            self._clock.wait(LOOKS_EVERY_S)
            for file in self._files():
                size = file.stat().st_size
                # Complete once it did not grow from one look to the next.
                if size and sizes.get(file) == size:
                    content = self._take(file)
                    if len(content) > MOST_BYTES:
                        raise ScannerEmpty("the scanner's file is too long")
                    return Scanned(content, self._dots_an_inch)
                sizes[file] = size
        raise ScannerEmpty("nothing came from the scanner")

    def _files(self) -> list[Path]:
        try:
            return sorted(file for file in self._folder.iterdir() if file.suffix.lower() in ENDINGS)
        except OSError as error:
            raise ScannerAway("the scanner's folder is not there") from error

    def _take(self, file: Path) -> bytes:
        try:
            with file.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
            file.unlink()
        except OSError as error:
            raise ScannerAway("the scanner's file can't be taken") from error
        return content
