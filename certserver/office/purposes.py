"""For what an officer looks at personal data: a reason of a list, and the reference of the case at hand, never a
person. Pure."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Self

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", re.ASCII)


class Reason(Enum):
    """For what an officer looks at personal data."""

    DECISION = "decision"
    """An application or enrolment that waits."""
    INQUIRY = "inquiry"
    """The person concerned asked."""
    CORRECTION = "correction"
    """What is in a register is put right."""
    INCIDENT = "incident"
    """Something went wrong with a document."""
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A reason, and the reference of the case at hand. Raises `ValueError` for a reference that might be a name."""

    reason: Reason
    reference: str

    def __post_init__(self) -> None:
        if not REFERENCE.fullmatch(self.reference):
            raise ValueError("a reference is made of letters, digits and hyphens")

    def __str__(self) -> str:
        return f"{self.reason.value} {self.reference}"

    @classmethod
    def kept(cls, text: str) -> Self:
        """What was kept as its text. Raises `ValueError` for a text that is none."""
        reason, _, reference = text.partition(" ")
        return cls(Reason(reason), reference)
