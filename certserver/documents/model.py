"""What every document is made of, whatever its kind: entries in reading order, before any thought of where they stand
on a sheet. What is printed but left out by choice is in the document and not in the signed content (I11)."""

from dataclasses import dataclass
from typing import Protocol

from koufu.evidence.content import NOT_COVERED, PageEntry
from koufu.evidence.words import CertificateKind

OMITTED = "【省略】"
"""Left out by the resident's choice, or never shown in this kind."""

BLANK = "【空欄】"
"""The field does not apply, or the register holds nothing."""

UNUSED = "＊＊＊"
"""The form has a field here that this person's entry does not need."""


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One value as printed. `name` is its stable short name in the signed content, `label` what stands at it. A
    `private` one is on the page alone: the signed content only says that something stands there which it does not cover
    (I11); its text is empty where it is not known."""

    name: str
    text: str
    label: str = ""
    private: bool = False

    def __repr__(self) -> str:
        return f"<Entry {self.name}>"

    @property
    def covered(self) -> bool:
        """Whether the signed content has it."""
        return self.text not in ("", OMITTED)

    def signed(self) -> PageEntry:
        """As it stands in the signed content."""
        return PageEntry(self.name, self.label, NOT_COVERED if self.private else self.text)


class Document(Protocol):
    """What a document of any kind has; the rest is between its own two modules."""

    @property
    def kind(self) -> CertificateKind:
        """The kind."""
        ...

    @property
    def form(self) -> str:
        """Name and version of its form, as the signed content tells them."""
        ...

    @property
    def clause(self) -> str:
        """The certification clause."""
        ...
