"""The whole check of one document but for its status, in two halves. `look` opens pictures, where a hostile file can do
no harm (`confined`); `conclude` goes by what is signed and by nobody's word, in the process that asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from certserver.verify.faces import FaceChecked, Redrawing, faces_checked
from certserver.verify.judge import Doubt, Findings, Keys, Reason, judge
from certserver.verify.pictures import Picture
from certserver.verify.symbols import Found, found_in, symbols_in


@dataclass(frozen=True, slots=True, repr=False)
class SideRead:
    """The symbols of sheets in one picture, as their bytes."""

    symbols: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"<SideRead, {len(self.symbols)} symbols>"


Part = SideRead | FaceChecked


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """What the codes say, and what the faces look like."""

    findings: Findings
    faces: tuple[FaceChecked, ...]

    def __repr__(self) -> str:
        return f"<Checked {self.findings!r}, {len(self.faces)} faces>"


class SignedPages:
    """The different pages that the keys' owners signed, among the pictures of a document."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._payloads: set[bytes] = set()

    def add(self, side: SideRead) -> bool:
        """Whether a picture shows one that none before it showed."""
        found = found_in(side.symbols)
        if found.seal_code is None or not judge([found], self._keys).contents:
            return False
        before = len(self._payloads)
        self._payloads.add(found.seal_code.payload)
        return len(self._payloads) > before

    def __len__(self) -> int:
        return len(self._payloads)


def look(pictures: Sequence[Picture], keys: Keys, redrawing: Redrawing) -> Iterator[Part]:
    """Looks at pictures of one document's faces and backs, in any order: what stands in each of them, then how each
    face of a signed page looks. Raises `UnreadablePicture`."""
    seen: list[tuple[Picture, Found]] = []
    for picture in pictures:
        side = SideRead(symbols_in(picture.raster()))
        seen.append((picture, found_in(side.symbols)))
        yield side
    contents = judge([found for _, found in seen], keys).contents
    if len({content.document_no for content in contents}) == 1:
        yield from faces_checked(contents, seen, redrawing)


def conclude(parts: Iterable[Part], keys: Keys) -> Checked:
    """What follows from all parts. How a face looks has to be believed, and only of a page that is signed; all else is
    found out anew. Raises `ValueError` for a face of any other page."""
    given = tuple(parts)
    findings = judge([found_in(part.symbols) for part in given if isinstance(part, SideRead)], keys)
    faces = tuple(part for part in given if isinstance(part, FaceChecked))
    if not {face.page for face in faces} <= {content.page for content in findings.contents}:
        raise ValueError("a face is of no signed page")
    return Checked(_without_code(findings, faces), faces)


def _without_code(findings: Findings, faces: Sequence[FaceChecked]) -> Findings:
    """A face that was compared needs no code any more to be known."""
    compared = {face.page for face in faces if face.problem is None}
    doubts = tuple(doubt for doubt in findings.doubts if not _answered(doubt, compared))
    return Findings(doubts, findings.contents)


def _answered(doubt: Doubt, compared: set[int]) -> bool:
    return doubt.reason is Reason.NO_FACE and doubt.page in compared
