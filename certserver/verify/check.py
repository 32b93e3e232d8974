"""The whole check of one document but for its status: pictures in, what was found out. It opens no network and believes
nothing but keys; `confined` runs it where a hostile file can do no harm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certserver.verify.faces import FaceChecked, Redrawing, faces_checked
from certserver.verify.judge import Doubt, Findings, Keys, Reason, Verdict, judge
from certserver.verify.pictures import Picture
from certserver.verify.symbols import Found, find


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """What the codes say, and what the faces look like."""

    findings: Findings
    faces: tuple[FaceChecked, ...]

    def __repr__(self) -> str:
        return f"<Checked {self.findings!r}, {len(self.faces)} faces>"


def check(
    pictures: Sequence[Picture], keys: Keys, redrawing: Redrawing, signed: Callable[[], None] = lambda: None
) -> Checked:
    """Checks pictures of one document's faces and backs, in any order. `signed` is called for each picture in which a
    page was found that the keys' owners signed. Raises `UnreadablePicture`."""
    seen: list[tuple[Picture, Found]] = []
    for picture in pictures:
        found = find(picture.raster())
        seen.append((picture, found))
        if found.seal_code is not None and judge([found], keys).contents:
            signed()
    findings = judge([found for _, found in seen], keys)
    faces = tuple(faces_checked(findings.contents, seen, redrawing)) if _is_one_document(findings) else ()
    return Checked(_without_code(findings, faces), faces)


def _is_one_document(findings: Findings) -> bool:
    return bool(findings.contents) and len({content.document_no for content in findings.contents}) == 1


def _without_code(findings: Findings, faces: Sequence[FaceChecked]) -> Findings:
    """A face that was compared needs no code any more to be known."""
    compared = {face.page for face in faces if face.problem is None}
    doubts = tuple(doubt for doubt in findings.doubts if not _answered(doubt, compared))
    verdict = findings.verdict
    if not doubts and findings.contents:
        verdict = Verdict.GOOD
    return Findings(verdict, findings.document_no, findings.pages, doubts, findings.contents)


def _answered(doubt: Doubt, compared: set[int]) -> bool:
    return doubt.reason is Reason.NO_FACE and doubt.page in compared
