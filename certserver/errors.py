"""Faults of the certificate server. Refusals are values, not faults: see `koufu.evidence.words.RefusalReason`.

CertServerError
├── ConfigurationError    what an operator set does not hold together; the text says what to do
│   └── SettingUnread     what is stored of a setting can't be read by this build
├── StorageError          the database can't do what it must
│   └── NoSuchEntry       a register has no such entry
├── SigningFault          the place that keeps a key does not sign
├── AuditBroken           the audit chain does not verify
├── ForeignPage           a page's content is not what its form draws
├── NotAllowed            an officer may not do this, or not alone
├── Busy                  as much of this goes on as may at once; later it can be had
├── PartyAway             a party outside, such as the card maker, did not answer: it may have done it all the same
├── PartyRefused          it does not do what it was asked; a short word says why
├── BadRequest            a message that no honest terminal sends; the text says which field
├── TerminalNotAdmitted   a message of a terminal that is not admitted; once it is, the same one may count
└── IntegrityAlarm        something was about to leave that does not belong together (I9)
"""


class CertServerError(Exception):
    """Root of all faults of the server."""


class ConfigurationError(CertServerError):
    """What an operator set does not hold together. The text says what to do."""


class SettingUnread(ConfigurationError):
    """What is stored of a setting can't be read by this build. Whoever sets settings sets it anew."""


class StorageError(CertServerError):
    """The database can't do what it must."""


class NoSuchEntry(StorageError):
    """A register has no such entry: nothing can be changed in it, or refer to it."""


class SigningFault(CertServerError):
    """The place that keeps a key, such as an HSM, does not sign."""


class AuditBroken(CertServerError):
    """The audit chain does not verify. `at` is the number of the first bad entry."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(f"the audit log does not verify at entry {at}: {why}")
        self.at = at


class ForeignPage(CertServerError):
    """A page's content is of no page that its form draws."""


class NotAllowed(CertServerError):
    """An officer may not do this, or not alone. The text says who may."""


class Busy(CertServerError):
    """As much of this goes on as may at once. `retry_s` seconds later it can be had."""

    def __init__(self, retry_s: int) -> None:
        super().__init__(f"as much of this goes on as may at once; ask again in {retry_s} s")
        self.retry_s = retry_s


class PartyAway(CertServerError):
    """A party outside, such as the card maker, did not answer. It may have done what it was asked all the same."""


class PartyRefused(CertServerError):
    """A party outside does not do what it was asked. `reason` is its short word for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"refused: {reason}")
        self.reason = reason


class BadRequest(CertServerError):
    """A request that is not what the wire allows. The text says which field, and what was expected; it goes out."""


class TerminalNotAdmitted(CertServerError):
    """A message of a terminal that this municipality does not know by what it came with, or that it stopped. Nothing is
    wrong with the message: sent again once the terminal is admitted, it may count. The text goes out."""


class IntegrityAlarm(CertServerError):
    """Something was about to leave that does not belong together. Stops service until a person closes it."""
