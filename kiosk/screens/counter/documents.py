"""Identity documents on the clerk's window, in every case that marks them: their names, their last days, and what the
server says would do."""

from collections.abc import Callable, Iterable

from kiosk.counter.case import CaseEvent
from kiosk.counter.documents import DOCUMENTS, UNTIL, Document, wrong_days
from kiosk.screens.blocks import Block, Role, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import fields, rows_of
from kiosk.screens.counter.case_words import CaseWords
from kiosk.screens.desk_blocks import Entry, EntryKind
from kiosk.texts.catalogue import Texts

GROUP = "counter-hand"
COLUMNS = 3


class DocumentWords(CaseWords):
    """How documents and their combinations are called."""

    def __init__(self, texts: Texts, *, large: bool = False) -> None:
        super().__init__(texts, GROUP, large=large)

    def document(self, kind: str) -> str:
        """An identity document: those of a card application are called the same here."""
        own = f"document.{kind}"
        return self(own) if own in self else self._texts(f"counter-card.answer.document.{kind}")

    def documents(self, kinds: Iterable[str]) -> str:
        """Several in a row; the names that are known."""
        return self.list_of(self.document(each) for each in kinds if each in DOCUMENTS)

    def ways(self, combinations: Iterable[str]) -> str:
        """Combinations that would do, in the server's words."""
        return self.list_of(self.known("combination", each.lower().replace("+", "-")) for each in combinations)


def document_keys(
    say: DocumentWords, shown: tuple[Document, ...], touch: Callable[[str], CaseEvent], *, columns: int = COLUMNS
) -> tuple[Block, ...]:
    """A key for each document, and a field for the last day of each that is marked."""
    there = {each.kind for each in shown}
    keys = [Control(f"document-{kind}", say.document(kind), touch(kind), chosen=kind in there) for kind in DOCUMENTS]
    return (*rows_of(keys, columns, large=say.large), *_days(say, shown))


def _days(say: DocumentWords, shown: tuple[Document, ...]) -> tuple[Block, ...]:
    if not shown:
        return ()
    wrong = wrong_days(shown)
    entries = tuple(
        Entry(
            name=f"{UNTIL}{each.kind}",
            label=say.document(each.kind),
            value=each.until,
            problem=say("documents.no_day") if each.kind in wrong else "",
            kind=EntryKind.FIGURES,
            most=10,
        )
        for each in shown
    )
    return (
        Words(text=say("documents.until"), role=Role.LABEL, gap=6),
        fields(*entries, large=say.large, gap=1),
    )
