"""Faults of evidence.

EvidenceError
├── MalformedEvidence    bytes that are not what they claim to be
├── BadSignature         bytes that the stated key did not sign
└── StatementMismatch    a statement that does not answer the order at hand (an integrity alarm, I1)
"""

from koufu.evidence.words import Mismatch


class EvidenceError(Exception):
    """Root of all faults of evidence."""


class MalformedEvidence(EvidenceError):
    """The bytes are not what they claim to be: too long, cut short, of another domain, or out of range."""


class BadSignature(EvidenceError):
    """The stated key did not sign these bytes."""


class StatementMismatch(EvidenceError):
    """A well-formed, signed statement that answers something else. `mismatch` names the first field that differs."""

    def __init__(self, mismatch: Mismatch) -> None:
        super().__init__(f"the statement does not answer this order: {mismatch.value} differs")
        self.mismatch = mismatch
