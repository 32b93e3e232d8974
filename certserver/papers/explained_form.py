"""Sheets that explain, in large print: a pictogram and a sentence in each row, and on the back more of it, answers to
point at, or the four PINs with empty boxes."""

from collections.abc import Mapping
from dataclasses import dataclass

from certserver.antiforgery.paper import dots
from certserver.documents.fitting import Field
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import explanations, explanations_en, parts
from certserver.papers.explanations import Answer, Explanation, PinKind, Told
from certserver.papers.kinds import PaperKind, PaperLanguage
from certserver.papers.model import PlainPaper
from certserver.papers.pictures import Picture, draw_picture
from certserver.papers.reading import read_aloud, width_of
from certserver.papers.sheets import Sheets
from certserver.papers.side import LEFT, RIGHT, Side, round_path

WORDS = 19.0
"""Points: large print begins at 18."""

_TITLE = 27.0
_PICTURE = 27.0
_TOP, _BOTTOM = 44.0, 274.0
_TEXT_LEFT = LEFT + _PICTURE + 9
_ACROSS = 2


@dataclass(frozen=True, slots=True)
class _Edition:
    """What is told in one language. `tries` has a place for a number; `over`: that there is a back."""

    explanations: Mapping[PaperKind, Explanation]
    pins: tuple[PinKind, ...]
    alike: str
    tries: str
    over: str
    readings: bool


_EDITIONS = {
    PaperLanguage.JAPANESE: _Edition(
        explanations.EXPLANATIONS,
        explanations.PIN_KINDS,
        explanations.ALIKE,
        "{}[回|かい] まちがえると [使|つか]えなくなります",
        "うらも 見てください",
        readings=True,
    ),
    PaperLanguage.ENGLISH: _Edition(
        explanations_en.EXPLANATIONS,
        explanations_en.PIN_KINDS,
        explanations_en.ALIKE,
        "locked after {} wrong tries",
        "Please turn over",
        readings=False,
    ),
}


def draw_explained(sheets: Sheets, paper: PlainPaper) -> None:
    """One sheet, both sides of it."""
    edition = _EDITIONS[paper.language]
    explanation = edition.explanations[paper.kind]
    face, back = _Words(sheets.face(), edition.readings), _Words(sheets.back(), edition.readings)
    _head(face, explanation.title)
    _rows(face, explanation.told)
    _foot(face.side, paper, edition.over)
    _head(back, explanation.more_title)
    if explanation.answers:
        _answers(back, explanation.answers)
    elif paper.kind is PaperKind.PINS_EXPLAINED:
        _pins(back, edition)
    else:
        _rows(back, explanation.more)
    _foot(back.side, paper, "")


@dataclass(frozen=True, slots=True)
class _Words:
    """A side and how words are set on it."""

    side: Side
    readings: bool

    def set(self, told: str, left: float, top: float, width: float, size: float, face: Face = Face.BOX_BOLD) -> float:
        """Words in as many lines as they take; the height at which they end."""
        return read_aloud(self.side, told, left, top, width, size, face, readings=self.readings)

    def width(self, told: str, size: float) -> float:
        """Of words in one line."""
        return width_of(self.side, told, size)

    def height(self, told: str, width: float, size: float) -> float:
        """Of words in as many lines as they take; nothing is set."""
        return read_aloud(_Nowhere(self.side), told, LEFT, 0, width, size, readings=self.readings)


def _head(on: _Words, title: str) -> None:
    left = (LEFT + RIGHT - on.width(title, _TITLE)) / 2
    top = 15 if on.readings else 20
    on.set(title, left, top, RIGHT - left + 1, _TITLE)
    on.side.rule(LEFT, RIGHT, 38, 18)


def _foot(side: Side, paper: PlainPaper, more: str) -> None:
    town = paper.town
    english = paper.language is PaperLanguage.ENGLISH
    where = (town.name_en, town.place_en) if english else (town.name, town.place)
    told = "　".join(each for each in (*where, town.phone) if each)
    side.value("town", told, LEFT, 281, Field(120, parts.LINE_STEPS))
    if more:
        side.text(more, RIGHT, 281, 12, Face.BOX_BOLD, align=Align.RIGHT)


def _rows(on: _Words, told: tuple[Told, ...]) -> None:
    side = on.side
    height = (_BOTTOM - _TOP) / len(told)
    width = RIGHT - _TEXT_LEFT
    for at, each in enumerate(told):
        top = _TOP + at * height
        if at:
            side.rule(LEFT, RIGHT, top, 4)
        picture_top = top + (height - _PICTURE) / 2
        draw_picture(side, each.picture, LEFT + 2, picture_top, _PICTURE)
        if each.crossed:
            _cross(side, LEFT + _PICTURE - 2, picture_top + _PICTURE - 4)
        words_top = top + (height - on.height(each.words, width, WORDS)) / 2
        on.set(each.words, _TEXT_LEFT, words_top, width, WORDS)


def _cross(side: Side, x: float, y: float) -> None:
    """A cross on a white disc, so that it is seen on a dark picture too."""
    side.draw(f"q 1 g 0 G {dots(0.5)} w {round_path(dots(x), dots(y), dots(6))} B Q")
    draw_picture(side, Picture.CROSS, x - 5.5, y - 5.5, 11, weight=2.2)


def _answers(on: _Words, answers: tuple[Answer, ...]) -> None:
    side = on.side
    rows = -(-len(answers) // _ACROSS)
    gap = 7.0
    width = (RIGHT - LEFT - gap * (_ACROSS - 1)) / _ACROSS
    height = (_BOTTOM - _TOP - gap * (rows - 1)) / rows
    for at, each in enumerate(answers):
        left = LEFT + (at % _ACROSS) * (width + gap)
        top = _TOP + (at // _ACROSS) * (height + gap)
        side.frame(left, top, left + width, top + height, 24)
        draw_picture(side, each.picture, left + (width - 30) / 2, top + 6, 30, weight=1.3)
        lines = each.words.split("\n")
        y = top + (40 if len(lines) > 1 else 45)
        for line in lines:
            start = left + (width - on.width(line, 20)) / 2
            y = on.set(line, start, y - 2, width, 20)


def _pins(on: _Words, edition: _Edition) -> None:
    height = 48.0
    for at, each in enumerate(edition.pins):
        _pin(on, at + 1, each, edition.tries, _TOP + at * height)
    bottom = _TOP + len(edition.pins) * height
    on.side.rule(LEFT, RIGHT, bottom, 4)
    on.set(edition.alike, LEFT, bottom + 6, RIGHT - LEFT, WORDS)


def _pin(on: _Words, number: int, pin: PinKind, tries: str, top: float) -> None:
    side, height = on.side, 48.0
    if number > 1:
        side.rule(LEFT, RIGHT, top, 4)
    side.text(str(number), LEFT + 3, top + height / 2, 40, Face.BOX_BOLD)
    left = LEFT + 20
    # With readings the lines have room of their own between them.
    closer = -1.5 if on.readings else 1.5
    y = on.set(pin.name, left, top + (1 if on.readings else 4), RIGHT - left, 18)
    y = on.set(pin.use, left, y + closer, RIGHT - left, 15, Face.BOX)
    end = on.set(pin.signs, left, y + closer, RIGHT - left, 15)
    boxes = y + 10 if on.readings else end + 3
    told = tries.format(pin.tries)
    on.set(told, RIGHT - on.width(told, 13), boxes - (1.5 if on.readings else -2), RIGHT, 13)
    for at in range(pin.boxes):
        box = left + at * 9
        side.frame(box, boxes, box + 7.5, boxes + 9, 5)


class _Nowhere(Side):
    """A side that only measures: what is set on it is dropped."""

    def __init__(self, like: Side) -> None:
        super().__init__(like.fonts, like.wanting, [])
