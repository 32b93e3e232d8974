"""What one page says, as its form takes it: every entry of the content once, by name. A page is drawn from this alone,
whether it is printed or was read back from paper; what a form would not draw, it does not take, and that is a fault."""

from collections.abc import Mapping
from types import MappingProxyType

from certserver.documents.model import Entry
from certserver.errors import ForeignPage
from koufu.evidence.bitmap import Bitmap
from koufu.evidence.content import NOT_COVERED, PageContent
from koufu.evidence.words import CertificateKind

CONTINUATION = "continuation"
"""Names the mark that more follows, or nothing."""

NOTHING_PRIVATE: Mapping[str, str] = MappingProxyType({})


class Page:
    """The entries of a content that were not taken yet. `private` are the texts of private entries by name, as far as
    they are known: a verifier knows none, and there stays white."""

    def __init__(self, content: PageContent, private: Mapping[str, str] = NOTHING_PRIVATE) -> None:
        self._content = content
        self._private = private
        self._entries = {entry.name: entry for entry in content.entries}
        self._pictures = {picture.name: picture.bitmap for picture in content.pictures}

    @property
    def kind(self) -> CertificateKind:
        """Of which kind the document is."""
        return self._content.kind

    @property
    def number(self) -> int:
        """From 1."""
        return self._content.page

    @property
    def pages(self) -> int:
        """How many there are."""
        return self._content.pages

    @property
    def last(self) -> bool:
        """Whether it is the one with the certification."""
        return self.number == self.pages

    def has(self, name: str) -> bool:
        """Whether there is an entry that was not taken yet."""
        return name in self._entries

    def upcoming(self) -> str:
        """The name of the next entry in reading order that was not taken yet, empty at the end."""
        return next(iter(self._entries), "")

    def take(self, name: str, label: str | None = "") -> Entry:
        """An entry, which must have this label; None for whichever the register gave it. Raises `ForeignPage`."""
        entry = self._entries.pop(name, None)
        if entry is None or (label is not None and entry.label != label):
            raise ForeignPage(f"a page lacks {name}, or it is labelled otherwise than its form does")
        if entry.text == NOT_COVERED:
            return Entry(name, self._private.get(name, ""), entry.label, private=True)
        return Entry(name, entry.text, entry.label)

    def take_or(self, name: str, label: str, absent: str) -> Entry:
        """The same, or an entry with what is printed where the content has none."""
        return self.take(name, label) if name in self._entries else Entry(name, absent, label)

    def take_picture(self, name: str) -> Bitmap:
        """A picture. Raises `ForeignPage`."""
        bitmap = self._pictures.pop(name, None)
        if bitmap is None:
            raise ForeignPage(f"a page lacks the picture {name}")
        return bitmap

    def require_empty(self) -> None:
        """Raises `ForeignPage` when something was not taken: it would be signed and not printed."""
        left = (*self._entries, *self._pictures)
        if left:
            raise ForeignPage(f"a page says what its form does not draw: {', '.join(left)}")
