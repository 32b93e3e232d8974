"""Why no document may go through a queue of CUPS: closed words, and a sentence for whoever set it up. Pure."""

from dataclasses import dataclass
from enum import Enum


class Flaw(Enum):
    """What is wrong. The word goes into the log, the sentence is told by `koufu-kiosk printer`."""

    AWAY = "cups-away"
    NOT_CUPSD = "not-cupsd"
    UNREADABLE = "configuration-unreadable"
    SPOOL_NOT_NAMED = "spool-not-named"
    SPOOL_ON_DISK = "spool-on-disk"
    SPOOL_OUTLIVES = "spool-outlives-cupsd"
    SWAP = "swap"
    KEEPS_FILES = "keeps-files"
    JOB_HISTORY = "job-history"
    NO_QUEUE = "no-such-queue"
    NOT_ONE_PRINTER = "not-one-printer"
    RAW = "raw-queue"
    RETRIES = "retries"
    BANNERS = "banners"
    NO_A4 = "queue-without-a4"
    NO_BOTH_SIDES = "queue-without-both-sides"
    DEVICE_ENDS_EARLY = "device-does-not-wait"
    DEVICE_UNNAMED = "device-without-address"
    DEVICE_UNTRUSTED = "device-without-x509"
    DEVICE_IS_A_QUEUE = "device-is-a-queue"


_SENTENCES = {
    Flaw.AWAY: "nothing answers at CUPS' socket {}: start koufu-cups.service",
    Flaw.NOT_CUPSD: "the socket is held by {}, not by a cupsd itself: mask cups.socket and start koufu-cups.service",
    Flaw.UNREADABLE: "cupsd was started with a configuration that can't be read or understood: {}",
    Flaw.SPOOL_NOT_NAMED: "cups-files.conf does not say {} with a path from the root: then cupsd looks for one itself",
    Flaw.SPOOL_ON_DISK: "{} would keep documents on a disk: it must lie on a tmpfs that cupsd sees",
    Flaw.SPOOL_OUTLIVES: "{} stays when cupsd ends, and one that starts again prints what it finds there: it must be a "
    "tmpfs of its service alone (TemporaryFileSystem=)",
    Flaw.SWAP: "memory may be written to {}: switch swap off, encrypt it, or set MemorySwapMax=0 for its service",
    Flaw.KEEPS_FILES: "cupsd.conf must say PreserveJobFiles No; else a document stays after its job",
    Flaw.JOB_HISTORY: "cupsd.conf must say PreserveJobHistory with 30 seconds to an hour: it tells whether a document "
    "was sent whole, and is not to be kept longer",
    Flaw.NO_QUEUE: "CUPS knows no queue named {}",
    Flaw.NOT_ONE_PRINTER: "the queue is {}: it must be a queue of this machine in front of one printer",
    Flaw.RAW: "the queue has no driver, so nothing would turn a PDF into what the printer takes: "
    "lpadmin -m everywhere, or name the printer itself with ipp:",
    Flaw.RETRIES: "the queue's error policy is {}, so a failed job would be printed later: "
    "lpadmin -o printer-error-policy=abort-job",
    Flaw.BANNERS: "the queue prints banner pages: lpadmin -o job-sheets-default=none,none",
    Flaw.NO_A4: "the queue has no A4",
    Flaw.NO_BOTH_SIDES: "the queue does not print both sides",
    Flaw.DEVICE_ENDS_EARLY: "the queue's device is {}, which takes a job for done when its bytes are sent: the fee "
    "could not be kept honestly. Use ipp: or ipps: (for USB ipp-usb)",
    Flaw.DEVICE_UNNAMED: "the queue's device has no address that can be asked ({}): lpadmin -v ipp://HOST/ipp/print",
    Flaw.DEVICE_UNTRUSTED: "the queue's device is ipps:, and printer_ca does not name the X.509 that it is known by",
    Flaw.DEVICE_IS_A_QUEUE: "the queue's device is a queue of CUPS again, and no printer",
}


@dataclass(frozen=True, slots=True)
class QueueFault:
    """One flaw; `what` is the name that it is about: a path, a scheme, a setting. Never anything of a document."""

    flaw: Flaw
    what: str = ""

    @property
    def word(self) -> str:
        """For the log."""
        return f"{self.flaw.value} {self.what}".rstrip()

    def __str__(self) -> str:
        return _SENTENCES[self.flaw].format(self.what)
