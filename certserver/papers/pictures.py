"""Pictograms as strokes on a grid of 48 by 48, drawn at any size: they say the same as the words beside them. None is
another's work."""

import re
from collections.abc import Iterator
from enum import Enum

from certserver.antiforgery.paper import dots, number
from certserver.papers.side import Side, round_path

GRID = 48.0
_STROKE = 2.6


class Picture(Enum):
    """A pictogram. Each stroke begins with how it is painted: `s` a line, `f` black, `w` white with a black line; then
    a path of `M`, `L`, `C` and `Z` as in SVG, `O` a circle (middle, radius), `R` a rectangle with round corners (left,
    top, width, height, radius)."""

    ARROW = ("s M6 24 L40 24", "s M29 12 L41 24 L29 36")
    BABY = (
        "s O24 25 17",
        "f O17.5 24 2",
        "f O30.5 24 2",
        "s M19 32 C22 35 26 35 29 32",
        "s M24 8 C21 4 26 2 28 5 C29 8 25 9 24 8",
    )
    BED = ("s M4 12 L4 40", "s M4 32 L44 32 L44 40", "s O12 24 4.5", "s M19 30 L19 22 L36 22 C41 22 44 25 44 30")
    BIRTHDAY = (
        "s R7 22 34 20 3",
        "s M7 31 C12 35 16 27 21 31 C26 35 30 27 35 31 C37 33 39 32 41 31",
        "s M24 22 L24 13",
        "f M24 4 C27 8 27 11 24 11 C21 11 21 8 24 4 Z",
    )
    CARD = (
        "s R3 10 42 28 4",
        "s O14 21 3.8",
        "s M8 31.5 C8.5 27.6 11 26.4 14 26.4 C17 26.4 19.5 27.6 20 31.5",
        "s M27 20 L38 20",
        "s M27 28 L38 28",
    )
    CHOICE = ("s R4 8 17 17 2", "s R27 8 17 17 2", "s M8 16 L12 21 L18 12", "s M4 36 L44 36")
    CLOCK = ("s O24 24 19", "s M24 12 L24 24 L33 30")
    COUNTER = (
        "s M4 27 L44 27 L44 43 L4 43 Z",
        "s O24 10 5.5",
        "s M13 27 C13 21 17.5 18.5 24 18.5 C30.5 18.5 35 21 35 27",
    )
    CROSS = ("s M9 9 L39 39", "s M39 9 L9 39")
    CUP = (
        "s M8 18 L34 18 L34 32 C34 38 30 41 25 41 L17 41 C12 41 8 38 8 32 Z",
        "s M34 21 C42 20 42 33 34 32",
        "s M15 12 C13 9 17 8 15 4",
        "s M26 12 C24 9 28 8 26 4",
    )
    FACE = (
        "s M6 46 C6 36 13 33 24 33 C35 33 42 36 42 46",
        "w O24 19 12.5",
        "f M11.5 19 C10 4 38 4 36.5 19 C33 12 28 11 24 11 C20 11 15 12 11.5 19 Z",
        "f O19.5 20 1.5",
        "f O28.5 20 1.5",
        "s M20 26 C22.5 28 25.5 28 28 26",
    )
    FACE_DARK = ("f M0 0 L48 0 L48 48 L0 48 Z", "w O24 21 12.5", "f O24 21 9")
    FACE_HAT = (
        "s M6 46 C6 36 13 33 24 33 C35 33 42 36 42 46",
        "w O24 20 12.5",
        "f O19.5 22 1.5",
        "f O28.5 22 1.5",
        "s M20 27 C22.5 29 25.5 29 28 27",
        "f M9 15 L39 15 L39 12 L34 12 C34 2 14 2 14 12 L9 12 Z",
    )
    FACE_SCARF = (
        "w M8 46 C8 36 9 30 10 20 C11 2 37 2 38 20 C39 30 40 36 40 46 Z",
        "w O24 20 9.5",
        "f O20.5 19 1.5",
        "f O27.5 19 1.5",
        "s M20.5 24.5 C22.5 26.5 25.5 26.5 27.5 24.5",
        "s M14 30 C19 36 29 36 34 30",
    )
    FACE_SIDE = (
        "s M6 46 C6 36 13 33 24 33 C35 33 42 36 42 46",
        "w O23 19 12.5",
        "w M35 17 L39 23 L34.5 24 Z",
        "f M12 24 C7 4 33 2 35 13 C28 11 24 13 22 22 C19 22 16 23 12 24 Z",
        "f O31 18 1.5",
        "s M31 27 L34 26.5",
    )
    GESTURE = (
        "s O24 14 9",
        "s M8 46 C8 34 14 29 24 29 C34 29 40 34 40 46",
        "s M38 6 C42 10 42 18 38 22",
        "s M10 6 C6 10 6 18 10 22",
    )
    HEAR = (
        "s M14 20 C14 9 20 5 26 5 C34 5 38 11 38 18 C38 27 29 27 29 35 C29 41 25 43 22 43 C18 43 15 40 15 37",
        "s M21 20 C21 14 24 12 27 12 C30 12 32 15 31 19 C30 23 26 22 25 27",
    )
    HELPER = (
        "s O15 13 7",
        "s M3 42 C3 31 8 25 15 25 C19 25 22 27 24 30",
        "s O33 15 6.5",
        "s M24 42 C24 32 27 26.5 33 26.5 C40 26.5 45 32 45 42",
        "s M14 33 L27 33",
    )
    KEYS_HIDDEN = (
        "s R14 22 28 24 3",
        "f O21 36 1.7",
        "f O28 36 1.7",
        "f O35 36 1.7",
        "f O21 42 1.7",
        "f O28 42 1.7",
        "f O35 42 1.7",
        (
            "w M3 20 C7 10 13 5 21 5 L40 5 C45 5 45 11 41 11 L43 11 C47 12 46 18 42 18 L43 18"
            " C46 19 45 25 41 25 L39 25 C42 26 41 31 37 31 L24 31 C18 31 12 29 8 27 L3 30 Z"
        ),
    )
    LETTER = ("s R4 10 40 28 3", "s M5 13 L24 28 L43 13")
    LIGHT = (
        "s O24 24 9",
        "s M24 3 L24 9",
        "s M24 39 L24 45",
        "s M3 24 L9 24",
        "s M39 24 L45 24",
        "s M9 9 L13.5 13.5",
        "s M34.5 34.5 L39 39",
        "s M9 39 L13.5 34.5",
        "s M34.5 13.5 L39 9",
    )
    LOCK = ("s R9 21 30 23 3", "s M15 21 L15 14 C15 2 33 2 33 14 L33 21", "f O24 30 3", "s M24 31 L24 37")
    MEDICAL = ("s R5 5 38 38 6", "s M24 13 L24 35", "s M13 24 L35 24")
    NO_FACE = ("s M6 46 C6 36 13 33 24 33 C35 33 42 36 42 46", "w O24 19 12.5", "s M8 6 L36 34")
    NOT_ALIKE = (
        "s R3 15 9 18 2",
        "s R14 15 9 18 2",
        "s R25 15 9 18 2",
        "s R36 15 9 18 2",
        "s M7.5 20 L7.5 28",
        "s M18.5 20 L18.5 28",
        "s M29.5 20 L29.5 28",
        "s M40.5 20 L40.5 28",
        "s M6 43 L42 5",
    )
    PEN = ("s M8 40 L11 29 L32 8 L40 16 L19 37 Z", "s M27 13 L35 21", "s M8 44 L40 44")
    PERSON = ("s O24 14 9", "s M7 44 C7 33 13 28 24 28 C35 28 41 33 41 44")
    PHONE = (
        (
            "s M8 9 L15 5 L21.5 15 L17.5 19.5 C20 25 24 29 29 31.5 L33.5 27.5 L43 34 L39 41.5 C36 43.5 31 42 27 40"
            " C18.5 35.5 12 28 8 19 C6.4 15.5 6 11.4 8 9 Z"
        ),
    )
    PLACE = ("s M24 45 C14 33 9 26 9 18 C9 -1 39 -1 39 18 C39 26 34 33 24 45 Z", "s O24 18 5.5")
    QUESTION = ("s M13 16 C13 3 35 3 35 16 C35 24 24 24 24 33", "f O24 41 2.6")
    RING = ("s O24 24 18",)
    SPEAK = ("s M6 6 L42 6 L42 32 L24 32 L13 42 L13 32 L6 32 Z", "f O15 19 2", "f O24 19 2", "f O33 19 2")
    STOP = ("s O24 24 19", "s M11 11 L37 37")
    WALL = (
        "s R6 4 36 40 2",
        "s O24 19 8",
        "s M11 44 C11 34 16 31 24 31 C32 31 37 34 37 44",
        "f M31 8 L38 8 L38 18 L31 18 Z",
        "s M10 10 L15 15",
        "s M15 10 L10 15",
    )


_PART = re.compile(r"([MLCZOR])([^MLCZOR]*)")
_PAINT = {"f": "f", "s": "S", "w": "B"}


def draw_picture(side: Side, picture: Picture, left: float, top: float, size: float, *, weight: float = 1.0) -> None:
    """A pictogram in a square of so many mm; `weight` makes its lines thicker or thinner."""
    em = dots(size)
    scale = em / GRID
    x, y = dots(left), dots(top)
    n = number
    drawn = [f"q {scale:.4f} 0 0 {scale:.4f} {n(x)} {n(y)} cm {n(_STROKE * weight)} w 1 J 1 j 0 G"]
    for stroke in picture.value:
        paint, _, path = stroke.partition(" ")
        drawn.append(f"{'1 g' if paint == 'w' else '0 g'} {' '.join(_operators(path))} {_PAINT[paint]}")
    side.draw("\n".join((*drawn, "Q")))


def _operators(path: str) -> Iterator[str]:
    for letter, told in _PART.findall(path):
        values = [float(each) for each in told.split()]
        if letter == "Z":
            yield "h"
        elif letter == "O":
            yield round_path(*values)
        elif letter == "R":
            yield rounded_path(*values)
        else:
            yield f"{' '.join(map(number, values))} {letter.lower()}"


def rounded_path(left: float, top: float, width: float, height: float, radius: float) -> str:
    """A rectangle with round corners as a path."""
    right, bottom, c = left + width, top + height, radius * 0.4477
    steps = (
        (left + radius, top, "m"),
        (right - radius, top, "l"),
        (right - c, top, right, top + c, right, top + radius, "c"),
        (right, bottom - radius, "l"),
        (right, bottom - c, right - c, bottom, right - radius, bottom, "c"),
        (left + radius, bottom, "l"),
        (left + c, bottom, left, bottom - c, left, bottom - radius, "c"),
        (left, top + radius, "l"),
        (left, top + c, left + c, top, left + radius, top, "c"),
    )
    return " ".join(" ".join(each if isinstance(each, str) else number(each) for each in step) for step in steps) + " h"
