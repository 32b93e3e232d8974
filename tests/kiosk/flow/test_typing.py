"""Kana and figures with twelve keys."""

import pytest

from kiosk.flow.typing import MARK, SPACE, Typed, erased, figure, kana, settled

LIMIT = 30


def typed(*keys: int) -> str:
    state = Typed()
    for key in keys:
        state = kana(state, key, LIMIT)
    return state.text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ((0,), "あ"),
        ((0, 0), "い"),
        ((0, 1), "あか"),
        ((1, MARK), "が"),
        ((1, MARK, MARK), "か"),
        ((5, MARK, MARK), "ぱ"),
        ((9, 9, 9), "ん"),
        ((9, 9, 9, 9, 9), "わ"),
        ((6, SPACE, 6), "ま　ま"),
        ((MARK,), ""),
    ],
)
def test_a_key_again_gives_its_next_sign(keys: tuple[int, ...], text: str) -> None:
    assert typed(*keys) == text


def test_a_sign_that_stands_is_not_changed_by_its_key() -> None:
    assert kana(settled(kana(Typed(), 0, LIMIT)), 0, LIMIT).text == "ああ"


def test_figures_and_hyphens() -> None:
    state = Typed()
    for key in (8, SPACE, 9):
        state = figure(state, key, LIMIT)
    assert state.text == "9-0"
    assert erased(state).text == "9-"


def test_nothing_grows_beyond_its_limit() -> None:
    assert figure(Typed("12345678"), 0, 8).text == "12345678"


def test_i11_what_was_typed_stands_in_no_repr() -> None:
    assert "か" not in repr(kana(Typed(), 1, LIMIT))
