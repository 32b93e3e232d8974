"""No scanner: a site without one. It says so."""

from hardware.errors import ScannerAway
from hardware.scanner.model import Scanned


class NoScanner:
    """The `Scanner` that is not there."""

    def scan(self) -> Scanned:
        """Raises `ScannerAway`."""
        raise ScannerAway("this site has no scanner")
