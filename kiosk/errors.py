"""Faults of the terminal. What a resident is refused is a value; what a device breaks is an event of the flow.

KioskError
├── ConfigurationError    the site's settings do not hold together; the text says what to do
│   └── ScanUnusable      a scan of a calibration sheet can't be measured; the text says what to do
├── ServerAway            the certificate server did not answer in time
├── X509Refused           the server gives this terminal no X.509; a short word says why
├── ServerFault           the server answered with a fault
│   ├── RequestRejected   it looked at the request and does not take it: sending it again is of no use
│   ├── NotAdmittedThere  it does not know this terminal by its X.509, or stopped it: once it knows it, the same may do
│   ├── ChallengeRejected  what it wants under the card's key is no challenge, or one for another terminal
│   └── MunicipalityNotServed  the signed directory names no server for this terminal's municipality
├── JournalBroken         what must be on disk before it is done can't be written: nothing was done
└── DocumentRejected      a document that does not answer its order, before paper moves (I1)
"""

from koufu.evidence.words import Mismatch


class KioskError(Exception):
    """Root of all faults of the terminal."""


class ConfigurationError(KioskError):
    """The site's settings do not hold together. The text says what to do."""


class ScanUnusable(ConfigurationError):
    """A scan of a calibration sheet can't be measured. The text says what to do."""


class ServerAway(KioskError):
    """The certificate server did not answer in time, or can't be reached."""


class X509Refused(KioskError):
    """The server gives this terminal no X.509. `reason` is its short word for why, `wait_s` seconds to wait."""

    def __init__(self, reason: str, wait_s: int = 0) -> None:
        super().__init__(f"the server gives no X.509: {reason}")
        self.reason = reason
        self.wait_s = wait_s


class ServerFault(KioskError):
    """The server answered with a fault."""


class RequestRejected(ServerFault):
    """The server looked at the request and does not take it. Sending it again is of no use."""


class NotAdmittedThere(ServerFault):
    """The server does not know this terminal by the X.509 it came with, or stopped it. Once it knows it, the same
    request may do."""


class ChallengeRejected(ServerFault):
    """What the server wants under the card's key is no challenge, or one for another terminal."""


class MunicipalityNotServed(ServerFault):
    """The signed directory names no server for this terminal's municipality."""


class JournalBroken(KioskError):
    """What must be on disk before it is done can't be written. Nothing was done."""


class DocumentRejected(KioskError):
    """A document that does not answer its order. With a `mismatch` another person's page may be at hand (I9);
    without one only a code could not be read: a terminal fault."""

    def __init__(self, mismatch: Mismatch | None) -> None:
        super().__init__("unreadable" if mismatch is None else mismatch.value)
        self.mismatch = mismatch
