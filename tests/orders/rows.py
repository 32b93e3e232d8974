"""What terminals saw of each order, a line of JSON each, so that it can be held against the server's own books
afterwards."""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import Any

from koufu.evidence.words import CertificateKind, Option, Scope
from tests.orders.expected import Wanted

_NO_ROUND = "rows.none"


class By(Enum):
    """By what a document's codes were read: the pictures of them in the file, or what a renderer made of its pages, the
    one that terminals have or another."""

    PICTURES = "pictures"
    RASTER = "raster"
    OTHER_RENDERER = "other renderer"


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """One that was issued to a terminal: its statement's bytes, and the canonical bytes of its pages, as they were read
    from its codes; `words` are the faces', where they were looked at."""

    line: int
    copy: int
    document_no: str
    statement: bytes
    pages: tuple[bytes, ...]
    words: str = ""
    by: By = By.PICTURES

    def __repr__(self) -> str:
        return f"<Document {self.line}/{self.copy}>"


@dataclass(slots=True)
class Row:
    """One order. `end`: issued, refused at a step, gave-up; cut-off, when nobody knows. `refusals` are reasons that the
    terminal was told, however often."""

    terminal: str
    resident: str
    order_id: bytes
    token: bytes = field(repr=False)
    fee: int
    lines: list[Wanted]
    end: str = "cut-off"
    documents: list[Document] = field(default_factory=list, repr=False)
    refusals: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "terminal": self.terminal,
            "resident": self.resident,
            "order": self.order_id.hex(),
            "token": self.token.hex(),
            "fee": self.fee,
            "lines": [_line(line) for line in self.lines],
            "end": self.end,
            "documents": list(map(_document, self.documents)),
            "refusals": dict(self.refusals),
            "faults": self.faults,
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Row":
        """What `told` gave."""
        return cls(
            told["terminal"],
            told["resident"],
            bytes.fromhex(told["order"]),
            bytes.fromhex(told["token"]),
            told["fee"],
            [_wanted(line) for line in told["lines"]],
            told["end"],
            [
                Document(line, copy, number, b64decode(statement), tuple(map(b64decode, pages)), words, By(by))
                for line, copy, number, statement, pages, words, by in told["documents"]
            ],
            Counter(told["refusals"]),
            list(told["faults"]),
        )


class Rows:
    """The file of a round, which has its number in its name: what number counts is kept with what was judged, so that
    no round is judged twice or not at all, wherever a run is cut off. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _NO_ROUND
        self._lock = Lock()

    def begin(self, number: int, *, wrong: bool) -> None:
        """Notes the orders of this round from now on. Those of other rounds are judged: they are put away, and where
        something was wrong kept beside the next ones."""
        self._path = self._folder / f"rows-{number}.jsonl"
        for other in set(self._folder.glob("rows-*.jsonl")) - {self._path}:
            other.rename(self._folder / ("rows.wrong" if wrong else "rows.judged"))

    def add(self, row: Row) -> None:
        """Notes an order as it stands: what is noted last of it counts."""
        line = json.dumps(row.told(), ensure_ascii=False) + "\n"
        with self._lock, self._path.open("a") as file:
            file.write(line)

    def read(self) -> dict[bytes, Row]:
        """By order. A line that was cut off is none."""
        return {row.order_id: row for row in self._all()}

    def _all(self) -> Iterator[Row]:
        if not self._path.exists():
            return
        for line in self._path.read_text().splitlines():
            try:
                told = json.loads(line)
            except ValueError:
                continue
            yield Row.read(told)


def _document(each: Document) -> list[Any]:
    pages = list(map(_letters, each.pages))
    return [each.line, each.copy, each.document_no, _letters(each.statement), pages, each.words, each.by.value]


def _line(wanted: Wanted) -> list[Any]:
    options = sorted(option.value for option in wanted.options)
    return [wanted.kind.value, wanted.scope.value, options, list(wanted.members), wanted.copies]


def _wanted(told: list[Any]) -> Wanted:
    kind, scope, options, members, copies = told
    return Wanted(CertificateKind(kind), Scope(scope), frozenset(map(Option, options)), tuple(members), copies)


def _letters(data: bytes) -> str:
    return b64encode(data).decode("ascii")
