"""Sheets that explain, in large print: a pictogram and a sentence in each row, and on the back more of it, answers to
point at, or the four PINs with empty boxes."""

from certserver.antiforgery.paper import dots
from certserver.documents.fitting import Field
from certserver.documents.ink import Align
from certserver.documents.typefaces import Face
from certserver.papers import parts
from certserver.papers.explanations import ALIKE, EXPLANATIONS, PIN_KINDS, Answer, PinKind, Told
from certserver.papers.kinds import PaperKind
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


def draw_explained(sheets: Sheets, paper: PlainPaper) -> None:
    """One sheet, both sides of it."""
    explanation = EXPLANATIONS[paper.kind]
    face, back = sheets.face(), sheets.back()
    _head(face, explanation.title)
    _rows(face, explanation.told)
    _foot(face, paper, "うらも 見てください")
    _head(back, explanation.more_title)
    if explanation.answers:
        _answers(back, explanation.answers)
    elif paper.kind is PaperKind.PINS_EXPLAINED:
        _pins(back)
    else:
        _rows(back, explanation.more)
    _foot(back, paper, "")


def _head(side: Side, title: str) -> None:
    left = (LEFT + RIGHT - width_of(side, title, _TITLE)) / 2
    read_aloud(side, title, left, 15, RIGHT - left + 1, _TITLE)
    side.rule(LEFT, RIGHT, 38, 18)


def _foot(side: Side, paper: PlainPaper, more: str) -> None:
    told = "　".join(each for each in (paper.town.name, paper.town.place, paper.town.phone) if each)
    side.value("town", told, LEFT, 281, Field(120, parts.LINE_STEPS))
    if more:
        side.text(more, RIGHT, 281, 12, Face.BOX_BOLD, align=Align.RIGHT)


def _rows(side: Side, told: tuple[Told, ...]) -> None:
    height = (_BOTTOM - _TOP) / len(told)
    for at, each in enumerate(told):
        top = _TOP + at * height
        if at:
            side.rule(LEFT, RIGHT, top, 4)
        picture_top = top + (height - _PICTURE) / 2
        draw_picture(side, each.picture, LEFT + 2, picture_top, _PICTURE)
        if each.crossed:
            _cross(side, LEFT + _PICTURE - 2, picture_top + _PICTURE - 4)
        _middle(side, each.words, _TEXT_LEFT, top, height)


def _cross(side: Side, x: float, y: float) -> None:
    """A cross on a white disc, so that it is seen on a dark picture too."""
    side.draw(f"q 1 g 0 G {dots(0.5)} w {round_path(dots(x), dots(y), dots(6))} B Q")
    draw_picture(side, Picture.CROSS, x - 5.5, y - 5.5, 11, weight=2.2)


def _middle(side: Side, words: str, left: float, top: float, height: float) -> None:
    """Words in the middle of a row's height."""
    end = read_aloud(_Nowhere(side), words, left, 0, RIGHT - left, WORDS)
    read_aloud(side, words, left, top + (height - end) / 2, RIGHT - left, WORDS)


def _answers(side: Side, answers: tuple[Answer, ...]) -> None:
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
            start = left + (width - width_of(side, line, 20)) / 2
            y = read_aloud(side, line, start, y - 2, width, 20)


def _pins(side: Side) -> None:
    height = 48.0
    for at, each in enumerate(PIN_KINDS):
        _pin(side, at + 1, each, _TOP + at * height, height)
    side.rule(LEFT, RIGHT, _TOP + len(PIN_KINDS) * height, 4)
    read_aloud(side, ALIKE, LEFT, _TOP + len(PIN_KINDS) * height + 6, RIGHT - LEFT, WORDS)


def _pin(side: Side, number: int, pin: PinKind, top: float, height: float) -> None:
    if number > 1:
        side.rule(LEFT, RIGHT, top, 4)
    side.text(str(number), LEFT + 3, top + height / 2, 40, Face.BOX_BOLD)
    left = LEFT + 20
    y = read_aloud(side, pin.name, left, top + 1, RIGHT - left, 18)
    y = read_aloud(side, pin.use, left, y - 1.5, RIGHT - left, 15, Face.BOX)
    read_aloud(side, pin.signs, left, y - 1.5, RIGHT - left, 15)
    told = f"{pin.tries}[回|かい] まちがえると [使|つか]えなくなります"
    read_aloud(side, told, RIGHT - width_of(side, told, 13), y + 8.5, RIGHT, 13)
    for at in range(pin.boxes):
        box = left + at * 9
        side.frame(box, y + 10, box + 7.5, y + 19, 5)


class _Nowhere(Side):
    """A side that only measures: what is set on it is dropped."""

    def __init__(self, like: Side) -> None:
        super().__init__(like.fonts, like.wanting, [])
