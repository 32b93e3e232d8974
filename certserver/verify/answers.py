"""Three separate answers about a document: is its content as issued, does the sheet look like the original, and what
became of it. None of them stands for another, and no answer says more than was looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from certserver.verify.check import Checked
from certserver.verify.compare import Difference, Poor
from certserver.verify.faces import FaceChecked, NotCompared
from certserver.verify.ground_seen import SheetLook
from certserver.verify.judge import Doubt, Findings, Reason, Verdict
from certserver.verify.status import NOT_ASKED, DocumentStanding, Status
from koufu.evidence.content import PageContent


class Content(Enum):
    """What can be said of what the document says."""

    AS_ISSUED = "as-issued"
    """Signed, whole, and every face was compared with it: nothing differs."""
    BACK_VALID = "back-valid"
    """Signed and whole; not every face was compared."""
    FACE_ONLY = "face-only"
    """Only faces were shown; what is signed stands on the backs."""
    ALTERED = "altered"
    """A face differs from what was signed."""
    CONTRADICTED = "contradicted"
    """What was shown does not belong together, or its signature does not hold."""
    UNKNOWN_SIGNER = "unknown-signer"
    UNREADABLE = "unreadable"


class Trouble(Enum):
    """Why no document was looked at."""

    UNREADABLE_PICTURE = "unreadable-picture"
    TOO_MUCH = "too-much"
    """The check ran out of time or memory, or broke."""


Why = Reason | NotCompared | Poor | Trouble


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason, and the page it is about (from 1), None when it is about the whole."""

    why: Why
    page: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a face differs: its number on the picture of that page, the entry that stands there and its label."""

    number: int
    page: int
    entry: str | None
    label: str
    difference: Difference


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """All that is said about one document. `contents` are its signed pages."""

    content: Content
    sheet: SheetLook
    status: Status
    causes: tuple[Cause, ...]
    places: tuple[Place, ...]
    contents: tuple[PageContent, ...]

    def __repr__(self) -> str:
        return f"<Answers {self.content.value}, {self.sheet.value}, {self.status.standing.value}>"

    @property
    def document_no(self) -> str | None:
        """The number, as far as a signed page tells."""
        return self.contents[0].document_no if self.contents else None

    @property
    def outcome(self) -> "Outcome":
        """What a program goes by."""
        if self.content in _AGAINST:
            return Outcome.NOT_AS_ISSUED
        if self.content is not Content.AS_ISSUED or self.status.standing is DocumentStanding.NO_ANSWER:
            return Outcome.INCOMPLETE
        if self.status.standing not in (DocumentStanding.ISSUED, DocumentStanding.NOT_ASKED):
            return Outcome.NOT_IN_FORCE
        return Outcome.COPY if self.sheet is SheetLook.COPY else Outcome.AS_ISSUED


class Outcome(Enum):
    """What `koufu-verify` exits with."""

    AS_ISSUED = 0
    """As issued, both sides compared; if it was asked for, the status is issued; the sheet looks like no copy."""
    NOT_AS_ISSUED = 1
    """Altered, contradicted, or of an unknown signer."""
    INCOMPLETE = 3
    """Unreadable, a side or page was not shown, or the status was asked for and not answered."""
    COPY = 4
    """As issued, but the sheet looks like a copy."""
    NOT_IN_FORCE = 5
    """As issued, but spoiled, voided, or unknown to the ledger."""


_AGAINST = frozenset({Content.ALTERED, Content.CONTRADICTED, Content.UNKNOWN_SIGNER})
_NOT_SHOWN = frozenset({Reason.NO_FACE, *NotCompared}) - {NotCompared.NOT_LOCATED}
"""What leaves a back valid and the face not looked at."""


def answers(checked: Checked, status: Status = NOT_ASKED) -> Answers:
    """What is said about a document that was checked."""
    findings = checked.findings
    causes = (*map(_of_doubt, findings.doubts), *_of_faces(checked.faces))
    return Answers(
        _content(findings, checked.faces, causes),
        _sheet(checked.faces),
        status,
        tuple(dict.fromkeys(causes)),
        tuple(_places(findings.contents, checked.faces)),
        findings.contents,
    )


def nothing_said(why: Why, detail: str = "") -> Answers:
    """The answers when nothing was looked at."""
    return Answers(Content.UNREADABLE, SheetLook.CANT_TELL, NOT_ASKED, (Cause(why, None, detail),), (), ())


def _of_doubt(doubt: Doubt) -> Cause:
    return Cause(doubt.reason, doubt.page)


def _of_faces(faces: Iterable[FaceChecked]) -> Iterable[Cause]:
    """Why faces were not compared; of several pictures of one, the one that could be counts."""
    compared = {face.page for face in faces if face.problem is None}
    for face in faces:
        if face.problem is not None and face.page not in compared:
            yield Cause(face.problem, face.page, face.detail)


def _content(findings: Findings, faces: tuple[FaceChecked, ...], causes: tuple[Cause, ...]) -> Content:
    reasons = {one.why for one in causes}
    if findings.verdict is Verdict.BAD:
        unknown = Reason.UNKNOWN_KEY in reasons and not findings.contents
        return Content.UNKNOWN_SIGNER if unknown else Content.CONTRADICTED
    if any(face.differences for face in faces):
        return Content.ALTERED
    if reasons == {Reason.NO_SEAL_CODE}:
        return Content.FACE_ONLY
    if findings.contents and {face.page for face in faces if face.as_issued} >= set(range(1, findings.pages + 1)):
        return Content.UNREADABLE if reasons else Content.AS_ISSUED
    return Content.BACK_VALID if findings.contents and reasons <= _NOT_SHOWN else Content.UNREADABLE


def _sheet(faces: tuple[FaceChecked, ...]) -> SheetLook:
    """A copy if any face looks like one, an original only if all do."""
    looks = {face.ground.look() for face in faces}
    if SheetLook.COPY in looks:
        return SheetLook.COPY
    return SheetLook.ORIGINAL if looks == {SheetLook.ORIGINAL} else SheetLook.CANT_TELL


def _places(contents: Iterable[PageContent], faces: Iterable[FaceChecked]) -> Iterable[Place]:
    labels = {(content.page, entry.name): entry.label for content in contents for entry in content.entries}
    for face in faces:
        for number, difference in enumerate(face.differences, 1):
            entry = difference.entry
            yield Place(number, face.page, entry, labels.get((face.page, entry or "")) or "", difference)
