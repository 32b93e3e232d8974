"""Typing kana and figures with the twelve keys, as a person finds out which to press."""

from kiosk.demo.playing.twelve_keys import is_figure, keys_of
from kiosk.flow.scenes import Enrol
from tests.support.journey_steps import Journey


def types(j: Journey, text: str) -> None:
    """This text, sign by sign, and つぎへ. Kana are typed with as many presses as they take; among them `other-signs`
    leads to figures and back."""
    for sign in text:
        if is_figure(sign) is not _scene(j).figures:
            j.touches("other-signs")
        first, *more = keys_of(sign)
        if _scene(j).typed.last == first:
            j.touches("next-sign")
        j.touches(*(f"key-{key}" for key in (first, *more)))
    assert _scene(j).typed.text == text
    j.touches("primary")


def _scene(j: Journey) -> Enrol:
    scene = j.kiosk.state.scene
    assert isinstance(scene, Enrol), j.story()
    return scene
