"""What is ordered, line by line, and the sheets that come of it."""

from dataclasses import dataclass

from koufu.evidence.words import CertificateKind, Option, Scope


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the basket as it stands now. `fee` is in yen for one copy."""

    kind: CertificateKind
    scope: Scope
    options: frozenset[Option]
    members: tuple[str, ...]
    copies: int
    fee: int
    matter: str = ""
    """Reference of what it is about, for kinds that have that."""

    @property
    def total(self) -> int:
        """Yen for all copies."""
        return self.fee * self.copies


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that will come out: which kind, which page of how many."""

    kind: CertificateKind
    page: int
    pages: int
