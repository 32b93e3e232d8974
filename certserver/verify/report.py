"""The answers for programs (JSON) and for people (words). Both say the same."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum

from certserver.ports import in_japan
from certserver.verify.answers import Answers, Cause, Content, Place
from certserver.verify.ground_seen import SheetLook
from certserver.verify.status import DocumentStanding
from certserver.verify.words import BY_COMMAND, CONTENT, KINDS, REASONS, SHEET, STATUS, UNLABELLED, Tongue, Words
from koufu.evidence.content import NOT_COVERED, PageContent
from koufu.evidence.numbers import printed as printed_number

_HEADS = (Words("内容", "Content"), Words("用紙", "Sheet"), Words("状態", "Status"))
_PAGE = Words("{}ページ", "page {}")
_PLACE = Words(
    "  {number}. {page}ページ {what}  左から{left:.0f}～{right:.0f} mm、上から{top:.0f}～{bottom:.0f} mm"
    "（強さ {strength:.1f}）",
    "  {number}. page {page}, {what}: {left:.0f} to {right:.0f} mm from the left, {top:.0f} to {bottom:.0f} mm from "
    "the top (strength {strength:.1f})",
)
_ELSEWHERE = Words("欄の外", "outside entries")
_DAYS = Words("{}日前に発行されました。", "It was issued {} days ago.")
_UNCOVERED = Words("署名の対象外（照合していません）", "Not covered by the signature, not compared")
_FACTS = (
    Words("発行者", "Issuer"),
    Words("種類", "Kind"),
    Words("発行日", "Issued"),
    Words("発行番号", "Number"),
)


class Grade(Enum):
    """What an answer is to whoever holds the paper."""

    GOOD = "good"
    BAD = "bad"
    """Don't accept it."""
    MORE = "more"
    """Something is still to be shown."""
    UNKNOWN = "unknown"


_GRADES: Mapping[Content | SheetLook | DocumentStanding, Grade] = {
    Content.AS_ISSUED: Grade.GOOD,
    Content.BACK_VALID: Grade.MORE,
    Content.FACE_ONLY: Grade.MORE,
    Content.ALTERED: Grade.BAD,
    Content.CONTRADICTED: Grade.BAD,
    Content.UNKNOWN_SIGNER: Grade.BAD,
    Content.UNREADABLE: Grade.MORE,
    SheetLook.ORIGINAL: Grade.GOOD,
    SheetLook.COPY: Grade.BAD,
    SheetLook.CANT_TELL: Grade.UNKNOWN,
    DocumentStanding.ISSUED: Grade.GOOD,
    DocumentStanding.SPOILED: Grade.BAD,
    DocumentStanding.VOIDED: Grade.BAD,
    DocumentStanding.RECALLED: Grade.BAD,
    DocumentStanding.UNKNOWN: Grade.BAD,
    DocumentStanding.NOT_ASKED: Grade.UNKNOWN,
    DocumentStanding.NO_ANSWER: Grade.UNKNOWN,
}
_OF = Words("{}枚", "{} sheet(s)")


def as_json(
    answers: Answers, names: dict[str, str], now: int, tongue: Tongue, *, fields: bool = False, command: bool = False
) -> dict[str, object]:
    """The report. `names` are those of municipalities by code, `now` in Unix seconds; `command`: with advice for
    whoever calls `koufu-verify`."""
    first = answers.contents[0] if answers.contents else None
    report: dict[str, object] = {
        "content": {
            "answer": answers.content.value,
            "grade": _GRADES[answers.content].value,
            "text": CONTENT[answers.content].told(tongue),
            "reasons": [_reason(cause, tongue, command=command) for cause in answers.causes],
            "differences": [_difference(place, tongue) for place in answers.places],
            "not_covered": [
                {"page": page.page, "entry": entry.name, "label": entry.label}
                for page in answers.contents
                for entry in page.entries
                if entry.text == NOT_COVERED
            ],
        },
        "sheet": {
            "answer": answers.sheet.value,
            "grade": _GRADES[answers.sheet].value,
            "text": SHEET[answers.sheet].told(tongue),
        },
        "status": {
            "answer": answers.status.standing.value,
            "grade": _GRADES[answers.status.standing].value,
            "at": answers.status.at,
            "text": _status(answers, now, tongue),
        },
        "outcome": answers.outcome.name.lower().replace("_", "-"),
        "document_no": answers.document_no,
        "pages": first.pages if first is not None else 0,
        "municipality": first.municipality if first is not None else None,
        "name": names.get(first.municipality) if first is not None else None,
        "kind": first.kind.value if first is not None else None,
        "issued_at": first.issued_at if first is not None else None,
    }
    if fields:
        report["fields"] = [_fields(content) for content in answers.contents]
    return report


def as_words(
    answers: Answers, names: dict[str, str], now: int, tongue: Tongue, *, fields: bool = False
) -> Iterator[str]:
    """The same for whoever calls `koufu-verify`, line by line."""
    for head, text in three_answers(answers, now, tongue):
        yield f"{head}  {text}"
        if head == _HEADS[0].told(tongue):
            yield from (_cause_line(cause, tongue) for cause in answers.causes)
            yield from (_place_line(place, tongue) for place in answers.places)
    if not answers.contents:
        return
    first = answers.contents[0]
    issued = in_japan(first.issued_at)
    facts = (
        names.get(first.municipality, first.municipality),
        f"{KINDS[first.kind].told(tongue)}  {_OF.told(tongue).format(first.pages)}",
        f"{issued:%Y-%m-%d %H:%M}",
        printed_number(first.document_no),
    )
    yield ""
    for name, fact in zip(_FACTS, facts, strict=True):
        yield f"{name.told(tongue)}  {fact}"
    uncovered = [entry.label for page in answers.contents for entry in page.entries if entry.text == NOT_COVERED]
    if uncovered:
        yield f"{_UNCOVERED.told(tongue)}  {'、'.join(dict.fromkeys(uncovered))}"
    if fields or answers.content is Content.BACK_VALID:
        for content in answers.contents:
            yield ""
            yield f"[{content.page}/{content.pages}]"
            yield from (f"{entry.label or '－'}  {entry.text}" for entry in content.entries)


def three_answers(answers: Answers, now: int, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """What each answer is about, and its sentence."""
    said = (CONTENT[answers.content].told(tongue), SHEET[answers.sheet].told(tongue), _status(answers, now, tongue))
    return tuple((head.told(tongue), text) for head, text in zip(_HEADS, said, strict=True))


def _sentence(cause: Cause, tongue: Tongue, *, command: bool) -> str:
    texts = [REASONS[cause.why].told(tongue)]
    if command and cause.why in BY_COMMAND:
        texts.append(BY_COMMAND[cause.why].told(tongue))
    return ("" if tongue is Tongue.JAPANESE else "; ").join(texts)


def _reason(cause: Cause, tongue: Tongue, *, command: bool) -> dict[str, object]:
    return {
        "reason": cause.why.value,
        "page": cause.page,
        "text": _sentence(cause, tongue, command=command),
        **({"detail": cause.detail} if cause.detail else {}),
    }


def _difference(place: Place, tongue: Tongue) -> dict[str, object]:
    area = place.difference.area
    return {
        "number": place.number,
        "page": place.page,
        "entry": place.entry,
        "label": place.label,
        "called": _called(place, tongue),
        "box_mm": [round(edge, 1) for edge in (area.left, area.top, area.right, area.bottom)],
        "strength": round(place.difference.strength, 2),
    }


def _status(answers: Answers, now: int, tongue: Tongue) -> str:
    status = answers.status
    if status.standing is DocumentStanding.ISSUED and status.at is not None:
        days = max(timedelta(seconds=now - status.at).days, 0)
        return _DAYS.told(tongue).format(days)
    return STATUS[status.standing].told(tongue)


def _cause_line(cause: Cause, tongue: Tongue) -> str:
    page = f"{_PAGE.told(tongue).format(cause.page)}: " if cause.page is not None else ""
    detail = f" [{cause.detail}]" if cause.detail else ""
    return f"  - {page}{_sentence(cause, tongue, command=True)}{detail}"


def _place_line(place: Place, tongue: Tongue) -> str:
    area = place.difference.area
    return _PLACE.told(tongue).format(
        number=place.number,
        page=place.page,
        what=_called(place, tongue),
        left=area.left,
        right=area.right,
        top=area.top,
        bottom=area.bottom,
        strength=place.difference.strength,
    )


def _called(place: Place, tongue: Tongue) -> str:
    """What a place is called: the label that stands there, else the entry's own word."""
    if place.label:
        return place.label
    if place.entry is None:
        return _ELSEWHERE.told(tongue)
    words = UNLABELLED.get(place.entry.rstrip("0123456789"))
    return words.told(tongue) if words is not None else place.entry


def _fields(content: PageContent) -> dict[str, object]:
    return {
        "page": content.page,
        "kind": content.kind.value,
        "form": content.form,
        "municipality": content.municipality,
        "issued_at": content.issued_at,
        "entries": [[entry.name, entry.label, entry.text] for entry in content.entries],
    }
