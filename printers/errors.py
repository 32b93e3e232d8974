"""Faults of printing.

PrinterError
├── PrinterAway       nothing answers at the printer's address
├── PrinterRefused    the printer does not take the job: wrong media, no two-sided printing, not the format
└── PaperTooNarrow    a certificate was sent to a printer that is narrower than A4 at 200 dpi (1,654 dots)
"""


class PrinterError(Exception):
    """Root of all faults of printing."""


class PrinterAway(PrinterError):
    """Nothing answers at the printer's address."""


class PrinterRefused(PrinterError):
    """The printer does not take the job."""


class PaperTooNarrow(PrinterError):
    """A certificate does not fit the paper at a size at which its codes can be read."""
