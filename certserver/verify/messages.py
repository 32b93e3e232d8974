"""What comes out of the process that checks, a line of JSON for each thing it found. It is read with bounds, and
nothing that is signed rests on it: a hostile picture may have taken the other end over."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from certserver.verify.check import Checked, Part, SideRead, SignedPages, conclude
from certserver.verify.closeup import MOST_CLOSEUPS
from certserver.verify.compare import Difference, Poor
from certserver.verify.expected import Area
from certserver.verify.faces import MOST_OF_A_PAGE, FaceChecked, FaceShown, NotCompared
from certserver.verify.ground_seen import GroundSeen
from certserver.verify.judge import Keys
from certserver.verify.pictures import UnreadablePicture
from certserver.verify.places import MOST_PLACES
from certserver.verify.symbols import MOST_BYTES_OF_ONE, MOST_SYMBOLS
from koufu.evidence.sizes import MAX_PAGES, MAX_SIDES

MAX_ANSWER = 64 * 1024 * 1024
"""Bytes: pictures of a dozen faces."""

MAX_NAME, MAX_DETAIL = 64, 200
"""Characters of the name of an entry, and of what is told besides a reason."""

_MOST_PARTS = MAX_SIDES + MOST_OF_A_PAGE * MAX_PAGES
_MOST_MEASURE = 1e6
"""Of any measure: a sheet has 62,370 square millimetres."""

_MOST_PIXELS = 1_000_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_DONE = b'{"done": true}\n'


def write_parts(parts: Iterable[Part]) -> Iterable[bytes]:
    """Each as soon as it is found, and that there are no more."""
    for part in parts:
        told = {"side": _side(part)} if isinstance(part, SideRead) else {"face": _face(part)}
        yield json.dumps(told).encode("ascii") + b"\n"
    yield _DONE


def write_unreadable(why: str) -> bytes:
    """That the pictures can't be looked at."""
    return json.dumps({"unreadable": _words(why)}).encode("ascii") + b"\n"


class Hearing:
    """Takes an answer in line by line. `signed` are the pages among it that the keys' owners signed."""

    def __init__(self, keys: Keys) -> None:
        self.signed = SignedPages(keys)
        self._keys = keys
        self._parts: list[Part] = []
        self._done = False

    def take(self, line: bytes) -> None:
        """Takes the next line. Raises `UnreadablePicture` when that was the answer, and `ValueError` for none that the
        check writes."""
        try:
            self._take(json.loads(line))
        except UnreadablePicture:
            raise
        except Exception as error:
            raise ValueError("the process that checks did not answer") from error

    def _take(self, told: Mapping[str, Any]) -> None:
        ((kind, value),) = told.items()
        if self._done or len(self._parts) >= _MOST_PARTS:
            raise ValueError("an answer goes on after its end")
        if kind == "unreadable":
            raise UnreadablePicture(_read_words(value, MAX_DETAIL))
        if kind == "done":
            self._done = True
        elif kind == "side":
            side = _read_side(value)
            self.signed.add(side)
            self._parts.append(side)
        elif kind == "face":
            self._parts.append(_read_face(value))
        else:
            raise ValueError("an answer of no kind")

    def checked(self) -> Checked:
        """What follows from the whole answer. Raises `ValueError` when it is not whole."""
        if not self._done:
            raise ValueError("the process that checks did not answer to the end")
        return conclude(self._parts, self._keys)


def _side(side: SideRead) -> list[str]:
    return [_in_letters(symbol) for symbol in side.symbols]


def _face(face: FaceChecked) -> dict[str, Any]:
    ground = face.ground
    return {
        "page": face.page,
        "problem": face.problem.value if face.problem is not None else None,
        "detail": _words(face.detail),
        "differences": [
            [*_edges(each.area), each.strength, each.missing, each.added, each.entry] for each in face.differences
        ],
        "ground": [ground.message, ground.background, ground.original, ground.faintest, ground.pixels, ground.fine],
        "shown": _shown(face.shown) if face.shown is not None else None,
    }


def _shown(shown: FaceShown) -> dict[str, Any]:
    return {"framed": _in_letters(shown.framed), "closeups": [_in_letters(one) for one in shown.closeups]}


def _in_letters(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def _words(text: str) -> str:
    """What may be printed of a text."""
    return "".join(each if each.isprintable() else "?" for each in text[:MAX_DETAIL])


def _edges(area: Area) -> tuple[float, float, float, float]:
    return area.left, area.top, area.right, area.bottom


def _read_side(told: Sequence[str]) -> SideRead:
    symbols = tuple(_from_letters(letters) for letters in _list(told, MOST_SYMBOLS))
    if any(len(symbol) > MOST_BYTES_OF_ONE for symbol in symbols):
        raise ValueError("a symbol is longer than any")
    return SideRead(symbols)


def _read_face(told: Mapping[str, Any]) -> FaceChecked:
    *shares, pixels, fine = told["ground"]
    message, background, original, faintest = map(_number, shares)
    return FaceChecked(
        _whole(told["page"], 1, MAX_PAGES),
        _problem(told["problem"]),
        _read_words(told["detail"], MAX_DETAIL),
        tuple(map(_read_difference, _list(told["differences"], MOST_PLACES))),
        GroundSeen(message, background, original, faintest, _whole(pixels, 0, _MOST_PIXELS), fine is True),
        _read_shown(told["shown"]) if told["shown"] is not None else None,
    )


def _read_shown(told: Mapping[str, Any]) -> FaceShown:
    return FaceShown(_png(told["framed"]), tuple(map(_png, _list(told["closeups"], MOST_CLOSEUPS))))


def _read_difference(told: Sequence[Any]) -> Difference:
    *measures, entry = told
    left, top, right, bottom, strength, missing, added = map(_number, measures)
    name = _read_words(entry, MAX_NAME) if entry is not None else None
    return Difference(Area(left, top, right, bottom), strength, missing, added, name)


def _problem(value: str | None) -> NotCompared | Poor | None:
    if value is None:
        return None
    return NotCompared(value) if value in {each.value for each in NotCompared} else Poor(value)


def _list(value: object, most: int) -> list[Any]:
    if isinstance(value, list) and len(value) <= most:
        return value
    raise ValueError("a list is none, or too long")


def _read_words(value: object, most: int) -> str:
    if isinstance(value, str) and len(value) <= most and value.isprintable():
        return value
    raise ValueError("a text can't be printed, or is too long")


def _whole(value: object, least: int, most: int) -> int:
    if type(value) is int and least <= value <= most:
        return value
    raise ValueError("a number is none, or out of its bounds")


def _number(value: object) -> float:
    # A truth value is a number to Python.
    if isinstance(value, int | float) and type(value) is not bool and isfinite(value) and abs(value) <= _MOST_MEASURE:
        return float(value)
    raise ValueError("a measure is no number, or too large")


def _from_letters(value: object) -> bytes:
    if not isinstance(value, str):
        raise ValueError("bytes are no letters")
    return b64decode(value, validate=True)


def _png(value: object) -> bytes:
    content = _from_letters(value)
    if not content.startswith(_PNG):
        raise ValueError("a picture for people is none")
    return content
