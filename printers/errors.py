"""Faults of printing.

PrinterError
├── PrinterAway       nothing answers at the printer's address
│   └── AnswerLost    a request went out and nothing that can be understood came back: it may have been obeyed
├── PrinterRefused    the printer does not take the job: wrong media, no two-sided printing, not the format
├── PaperTooNarrow    a certificate was sent to a printer that is narrower than A4 at 200 dpi (1,654 dots)
├── UnreadablePages   a PDF can't be turned into the job's pages
├── UnprintableText   a slip holds a character that no font here has; it is never replaced (I10)
├── UnreadableSlip    bytes that were to be drawn as a slip are not ESC/POS as spoken here
└── FontMissing       a font file is not installed; the message names the Debian package
"""


class PrinterError(Exception):
    """Root of all faults of printing."""


class PrinterAway(PrinterError):
    """Nothing answers at the printer's address."""


class AnswerLost(PrinterAway):
    """A request went out and nothing that can be understood came back: it may have been obeyed."""


class PrinterRefused(PrinterError):
    """The printer does not take the job."""


class PaperTooNarrow(PrinterError):
    """A certificate does not fit the paper at a size at which its codes can be read."""


class UnreadablePages(PrinterError):
    """The document is no PDF, or does not have the pages that the job promises."""


class UnprintableText(PrinterError):
    """A slip holds a character that no font here has (I10)."""


class UnreadableSlip(PrinterError):
    """Bytes that were to be drawn as a slip are not ESC/POS as spoken here, or too many."""


class FontMissing(PrinterError):
    """A font file is not installed; the message names the Debian package."""
