"""Which of the twelve keys a person presses for a text of kana and figures: the way back from what they give."""

from functools import cache

from kiosk.flow.typing import FIGURES, KANA, MARK, SPACE, Typed, kana

_MOST_MARKS = 3


def is_figure(sign: str) -> bool:
    """Whether a sign stands among figures rather than kana."""
    return sign in FIGURES or sign == "-"


@cache
def keys_of(sign: str) -> tuple[int, ...]:
    """The keys, from 0, that give a figure, a hyphen, a kana or a wide space. Raises `StopIteration` for another."""
    if is_figure(sign):
        return (SPACE if sign == "-" else FIGURES.index(sign),)
    if sign == "　":
        return (SPACE,)
    ways = (
        (key,) * times + (MARK,) * marks
        for key, signs in enumerate(KANA)
        for times in range(1, len(signs) + 1)
        for marks in range(_MOST_MARKS)
    )
    return next(way for way in ways if _gives(way) == sign)


def _gives(way: tuple[int, ...]) -> str:
    typed = Typed()
    for key in way:
        typed = kana(typed, key, 1)
    return typed.text
