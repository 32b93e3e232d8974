"""Typing kana and figures with the twelve keys, as a person finds out which to press."""

from functools import cache

from kiosk.flow.scenes import Enrol
from kiosk.flow.typing import FIGURES, KANA, MARK, SPACE, Typed, kana
from tests.support.journey_steps import Journey

_MOST_MARKS = 3


def types(j: Journey, text: str) -> None:
    """This text, sign by sign, and つぎへ. Kana are typed with as many presses as they take; among them `other-signs`
    leads to figures and back."""
    for sign in text:
        among_figures = _scene(j).figures
        if (sign in FIGURES or sign == "-") is not among_figures:
            j.touches("other-signs")
        if _scene(j).figures:
            j.touches(f"key-{SPACE if sign == '-' else FIGURES.index(sign)}")
            continue
        first, *more = _presses(sign)
        if _scene(j).typed.last == first:
            j.touches("next-sign")
        j.touches(*(f"key-{key}" for key in (first, *more)))
    assert _scene(j).typed.text == text
    j.touches("primary")


@cache
def _presses(sign: str) -> tuple[int, ...]:
    """The keys that give a kana, a wide space among them."""
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


def _scene(j: Journey) -> Enrol:
    scene = j.kiosk.state.scene
    assert isinstance(scene, Enrol), j.story()
    return scene
