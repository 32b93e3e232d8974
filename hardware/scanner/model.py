"""What a scanner is to the terminal: the Protocol that real and virtual ones fulfil. A scan is in no `repr`."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Scanned:
    """A picture file as the device made it, not looked into; and how fine it is."""

    file: bytes = field(repr=False)
    dots_an_inch: float


class Scanner(Protocol):
    """One scanner, used by one caller at a time. Keeps no picture."""

    def scan(self) -> Scanned:
        """Scans what lies there; waits as long as the device takes. Raises `ScannerAway` when there is none,
        `ScannerEmpty` when nothing came of it."""
        ...
