"""What every document is made of, whatever its kind: entries in reading order, before any thought of where they stand
on a sheet. What is printed but left out by choice is in the document and not in the signed content (I11)."""

from dataclasses import dataclass
from typing import Protocol

from certserver.documents.eras import PAD
from koufu.evidence.content import NOT_COVERED
from koufu.evidence.words import CertificateKind

OMITTED = "【省略】"
"""Left out by the resident's choice, or never shown in this kind."""

BLANK = "【空欄】"
"""The field does not apply, or the register holds nothing."""

UNUSED = "＊＊＊"
"""The form has a field here that this person's entry does not need."""


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One value as printed. `name` is its stable short name in the signed content, `label` what stands before it
    where the form has no fixed label. A `private` one is on the page alone: the signed content only says that something
    stands there which it does not cover (I11)."""

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

    @property
    def value(self) -> str:
        """As it stands in the signed content: without the padding that aligns digits."""
        return NOT_COVERED if self.private else self.text.replace(PAD, "")


@dataclass(frozen=True, slots=True, repr=False)
class Imprint:
    """A 1-bit picture at 600 dpi: rows of whole bytes, most significant bit first, 1 for ink."""

    width: int
    height: int
    rows: bytes

    def __repr__(self) -> str:
        return f"<Imprint {self.width}x{self.height}>"


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
