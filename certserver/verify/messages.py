"""What goes into the process that checks and what comes out of it. Both ends read with bounds: a hostile picture may
have taken the other end over."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from typing import Any, TypeVar

from certserver.verify.check import Checked
from certserver.verify.compare import Difference, Poor
from certserver.verify.expected import Area
from certserver.verify.faces import FaceChecked, FaceShown, NotCompared
from certserver.verify.ground_seen import GroundSeen
from certserver.verify.judge import Doubt, Findings, Reason, Verdict
from certserver.verify.pictures import UnreadablePicture
from koufu.evidence.content import PageContent

MAX_ANSWER = 64 * 1024 * 1024
"""Bytes: pictures of a dozen faces."""

_E = TypeVar("_E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Request:
    """`files` are inherited descriptors; `keys` raw public keys that were given by hand, `trust_list` the bytes of one
    that was opened already, or none; `bundles` and `fonts` are paths; `seconds` of a
    processor are for a document of one page."""

    files: tuple[int, ...]
    keys: tuple[bytes, ...]
    trust_list: bytes
    bundles: str
    fonts: tuple[str, ...]
    with_pictures: bool
    seconds: int


def write_request(request: Request) -> bytes:
    """As JSON."""
    told = {
        "files": request.files,
        "keys": [key.hex() for key in request.keys],
        "trust_list": b64encode(request.trust_list).decode("ascii"),
        "bundles": request.bundles,
        "fonts": request.fonts,
        "with_pictures": request.with_pictures,
        "seconds": request.seconds,
    }
    return json.dumps(told).encode("ascii")


def read_request(message: bytes) -> Request:
    """Back from JSON; it comes from ourselves."""
    told = json.loads(message)
    return Request(
        tuple(told["files"]),
        tuple(map(bytes.fromhex, told["keys"])),
        b64decode(told["trust_list"]),
        told["bundles"],
        tuple(told["fonts"]),
        told["with_pictures"],
        told["seconds"],
    )


def write_unreadable(why: str) -> bytes:
    """That the pictures can't be looked at."""
    return json.dumps({"unreadable": why}).encode("ascii")


def write_checked(checked: Checked) -> bytes:
    """What was found out."""
    findings = checked.findings
    told = {
        "verdict": findings.verdict.value,
        "doubts": [[doubt.reason.value, doubt.page] for doubt in findings.doubts],
        "contents": [b64encode(content.to_bytes()).decode("ascii") for content in findings.contents],
        "faces": [_face(face) for face in checked.faces],
    }
    return json.dumps(told).encode("ascii")


def read_checked(message: bytes) -> Checked:
    """Back from JSON. Raises `UnreadablePicture` when that was the answer, and `ValueError` for none that the check
    writes."""
    try:
        told = json.loads(message)
        if "unreadable" in told:
            raise UnreadablePicture(str(told["unreadable"])[:200])
        contents = tuple(PageContent.from_bytes(b64decode(content)) for content in told["contents"])
        doubts = tuple(Doubt(Reason(reason), _page(page)) for reason, page in told["doubts"])
        first = contents[0] if contents else None
        findings = Findings(
            Verdict(told["verdict"]),
            first.document_no if first is not None else None,
            first.pages if first is not None else 0,
            doubts,
            contents,
        )
        return Checked(findings, tuple(map(_read_face, told["faces"])))
    except UnreadablePicture:
        raise
    except Exception as error:
        raise ValueError("the process that checks did not answer") from error


def _face(face: FaceChecked) -> dict[str, Any]:
    ground = face.ground
    return {
        "page": face.page,
        "problem": face.problem.value if face.problem is not None else None,
        "detail": face.detail,
        "differences": [
            [*_edges(each.area), each.strength, each.missing, each.added, each.entry] for each in face.differences
        ],
        "ground": [ground.message, ground.background, ground.original, ground.faintest, ground.pixels],
        "shown": _shown(face.shown) if face.shown is not None else None,
    }


def _shown(shown: FaceShown) -> dict[str, Any]:
    return {"framed": _in_letters(shown.framed), "closeups": [_in_letters(one) for one in shown.closeups]}


def _in_letters(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def _edges(area: Area) -> tuple[float, float, float, float]:
    return area.left, area.top, area.right, area.bottom


def _read_face(told: Mapping[str, Any]) -> FaceChecked:
    *shares, pixels = told["ground"]
    message, background, original, faintest = map(_number, shares)
    page = _page(told["page"])
    if page is None:
        raise ValueError("a face is of no page")
    return FaceChecked(
        page,
        _problem(told["problem"]),
        str(told["detail"])[:200],
        tuple(map(_read_difference, told["differences"])),
        GroundSeen(message, background, original, faintest, int(pixels)),
        _read_shown(told["shown"]) if told["shown"] is not None else None,
    )


def _read_shown(told: Mapping[str, Any]) -> FaceShown:
    return FaceShown(b64decode(told["framed"]), tuple(map(b64decode, told["closeups"])))


def _read_difference(told: Sequence[Any]) -> Difference:
    left, top, right, bottom, strength, missing, added = map(_number, told[:7])
    return Difference(Area(left, top, right, bottom), strength, missing, added, told[7])


def _problem(value: str | None) -> NotCompared | Poor | None:
    if value is None:
        return None
    return NotCompared(value) if value in {each.value for each in NotCompared} else Poor(value)


def _page(value: object) -> int | None:
    if value is None or (type(value) is int and value > 0):
        return value
    raise ValueError("a page has no number")


def _number(value: object) -> float:
    if isinstance(value, int | float) and isfinite(value):
        return float(value)
    raise ValueError("a measure is no number")
