"""Faults of printing. Each says whether anything of a job may have been sent when it is raised; one that does not know
says yes.

PrinterError
├── PrinterAway       nothing answers at the printer's address
│   └── AnswerLost    a request went out and nothing that can be understood came back: it may have been obeyed
├── PrinterRefused    the printer does not take the job: wrong media, no two-sided printing, not the format
│   └── QueueUnfit    no document may go through this queue of CUPS; the message says why
├── PaperTooNarrow    a certificate was sent to a printer that is narrower than A4 at 200 dpi (1,654 dots)
├── UnreadablePages   a PDF can't be turned into the job's pages
├── UnprintableText   a slip holds a character that no font here has; it is never replaced (I10)
├── UnreadableSlip    bytes that were to be drawn as a slip are not ESC/POS as spoken here
└── FontMissing       a font file is not installed; the message names the Debian package
"""


class PrinterError(Exception):
    """Root of all faults of printing."""

    may_have_sent = True
    """Whether anything of the job may have reached the device."""


class PrinterAway(PrinterError):
    """Nothing answers at the printer's address."""

    may_have_sent = False


class AnswerLost(PrinterAway):
    """A request went out and nothing that can be understood came back: it may have been obeyed."""

    may_have_sent = True


class PrinterRefused(PrinterError):
    """The printer does not take the job."""

    may_have_sent = False


class QueueUnfit(PrinterRefused):
    """No document may go through this queue of CUPS; the message says why."""


class PaperTooNarrow(PrinterError):
    """A certificate does not fit the paper at a size at which its codes can be read."""

    may_have_sent = False


class UnreadablePages(PrinterError):
    """The document is no PDF, or does not have the pages that the job promises."""

    may_have_sent = False


class UnprintableText(PrinterError):
    """A slip holds a character that no font here has (I10)."""


class UnreadableSlip(PrinterError):
    """Bytes that were to be drawn as a slip are not ESC/POS as spoken here, or too many."""


class FontMissing(PrinterError):
    """A font file is not installed; the message names the Debian package."""
