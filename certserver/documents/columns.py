"""What a koseki and its supplement are made of, whatever the kind: sections of blocks of rows, in reading order, before
any thought of lines and pages. No value is changed on its way (I10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from certserver.documents.model import Entry
from koufu.evidence.words import CertificateKind

OPENING, CLOSING = "【", "】"
"""Around what an item is called."""


def bracketed(label: str) -> str:
    """「【婚姻日】」."""
    return f"{OPENING}{label}{CLOSING}"


class Weight(Enum):
    """How large an item stands among the others."""

    PLAIN = "plain"
    HEAD = "head"
    """氏名 of the head of a koseki."""
    NAME = "name"
    """名 of a person."""


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """One value. What it is called stands in the entry's label where the form calls it so, and in its text where the
    register does. A label stands in brackets before the value, or `beside` it in the label column."""

    entry: Entry
    weight: Weight = Weight.PLAIN
    beside: bool = False

    @property
    def lead(self) -> str:
        """What it is called, in brackets; empty when nothing stands before the value."""
        if self._labelled:
            return bracketed(self.entry.label)
        text = self.entry.text
        return text[: text.index(CLOSING) + 1] if text.startswith(OPENING) and CLOSING in text else ""

    @property
    def value(self) -> str:
        """What follows."""
        return self.entry.text if self._labelled else self.entry.text[len(self.lead) :]

    @property
    def _labelled(self) -> bool:
        return bool(self.entry.label) and not self.beside

    def __repr__(self) -> str:
        return f"<Item {self.entry.name}>"


REMOVED = "除籍"

Row = tuple[Item, ...]
"""Items that stand beside each other where there is room, else below each other."""


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """What stays whole on a page. Beside its rows, in the label column: `heading` at the edge on a line of its own
    above, `section` at the edge, `label` (of the form) or `title` (of the register) spread, and the box 除籍."""

    rows: tuple[Row, ...]
    heading: str = ""
    section: str = ""
    label: str = ""
    title: Entry | None = None
    removed: Entry | None = None

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        if self.title is not None:
            yield self.title
        if self.removed is not None:
            yield self.removed
        for row in self.rows:
            for item in row:
                yield item.entry

    def __repr__(self) -> str:
        return f"<Block of {len(self.rows)} rows>"


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """Blocks below a rule. `again` stands above them where they go on on a further page."""

    blocks: tuple[Block, ...]
    again: Block | None = None

    def __repr__(self) -> str:
        return f"<Section of {len(self.blocks)}>"


@dataclass(frozen=True, slots=True, repr=False)
class ColumnDocument:
    """What a document in two columns says."""

    kind: CertificateKind
    form: str
    sections: tuple[Section, ...]
    clause: str

    def __repr__(self) -> str:
        return f"<ColumnDocument {self.kind.value} of {len(self.sections)} sections>"
