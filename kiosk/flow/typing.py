"""Typing kana and figures with twelve keys, as telephones do: a key pressed again gives its next sign. Pure; nothing
here shows what was typed in `repr`."""

from dataclasses import dataclass, replace
from itertools import pairwise

KANA = (
    "あいうえおぁぃぅぇぉ",
    "かきくけこ",
    "さしすせそ",
    "たちつてとっ",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよゃゅょ",
    "らりるれろ",
    "わをんー",
)
"""The signs of the ten keys 1 to 9 and 0, in the order they come."""

FIGURES = "1234567890"

MARK, SPACE = 10, 11
"""The two keys beside them: voiced or small (゛゜小), and a space; a hyphen among figures."""

KEYS = 12

_MARKED = (
    "かがか",
    "きぎき",
    "くぐく",
    "けげけ",
    "こごこ",
    "さざさ",
    "しじし",
    "すずす",
    "せぜせ",
    "そぞそ",
    "ただた",
    "ちぢち",
    "つづっつ",
    "てでて",
    "とどと",
    "はばぱは",
    "ひびぴひ",
    "ふぶぷふ",
    "へべぺへ",
    "ほぼぽほ",
    "あぁあ",
    "いぃい",
    "うぅゔう",
    "えぇえ",
    "おぉお",
    "やゃや",
    "ゆゅゆ",
    "よょよ",
)
_NEXT_MARK = {before: after for row in _MARKED for before, after in pairwise(row) if before != after}


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """What was typed so far. `last` is the key that a further press goes on with, None when the next one begins a new
    sign."""

    text: str = ""
    last: int | None = None

    def __repr__(self) -> str:
        return "<Typed>"


def kana(typed: Typed, key: int, limit: int) -> Typed:
    """A key from 0 to 11 among kana; a text of `limit` signs grows no more."""
    if key == MARK:
        return replace(typed, text=typed.text[:-1] + _NEXT_MARK.get(typed.text[-1:], typed.text[-1:]))
    if key == SPACE:
        return _grown(typed, "　", limit)
    signs = KANA[key]
    if typed.last == key and typed.text[-1:] in signs:
        following = signs[(signs.index(typed.text[-1]) + 1) % len(signs)]
        return Typed(typed.text[:-1] + following, key)
    return replace(_grown(typed, signs[0], limit), last=key)


def figure(typed: Typed, key: int, limit: int) -> Typed:
    """A key from 0 to 11 among figures."""
    if key == MARK:
        return settled(typed)
    return _grown(typed, "-" if key == SPACE else FIGURES[key], limit)


def settled(typed: Typed) -> Typed:
    """The last sign stands: the same key begins a new one."""
    return replace(typed, last=None)


def erased(typed: Typed) -> Typed:
    """Without its last sign."""
    return Typed(typed.text[:-1])


def _grown(typed: Typed, sign: str, limit: int) -> Typed:
    return Typed(typed.text + sign if len(typed.text) < limit else typed.text)
