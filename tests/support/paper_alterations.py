"""Forgeries of printed faces, made as a forger with the right font would: in the printed bits, with the halo, so that
nothing but the text gives them away."""

from dataclasses import dataclass
from enum import Enum
from functools import cache

import cv2
import numpy as np
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from certserver.antiforgery.paper import Box
from certserver.demo.artwork import official_seal
from certserver.documents.imprints import read_imprint
from certserver.font_files import IPAMJ_MINCHO, installed
from tests.support.paper_faces import Character, Face
from tests.support.sheets import Bits

VALUE_FONT = str(installed(IPAMJ_MINCHO))
HALO_DOTS = 7
_ROOM = 20
_OTHERS = "田中山本木村林清水池橋石川前藤岡長谷近坂遠青西福太三松井原和子美恵真由健一郎男女父母東京都市区町県番地号"
_LEAST_LIKE = 0.75
_LEAST_VARIANT = 0.02
"""Of a character's ink: variants that differ by less are one to the eye at any size."""


class Forgery(Enum):
    """What is done to a face."""

    DIGIT = "digit"
    CHARACTER = "character"
    VARIANT = "variant"
    """A character of a name, for another form of itself."""
    LINE = "line"
    """A line of values erased."""
    SEAL = "seal"
    """The official seal, for that of another city."""


@dataclass(frozen=True, slots=True, eq=False)
class Forged:
    """The bits that are printed, and the box in dots in which they differ."""

    printed: Bits
    box: Box


def forge(face: Face, kind: Forgery, rng: np.random.Generator, before: Bits | None = None) -> Forged | None:
    """Forges a face (or what was forged `before`) at a place drawn at random; None when it has no such place."""
    printed = (face.printed if before is None else before).copy()
    if kind is Forgery.SEAL:
        return _other_seal(face, printed)
    if kind is Forgery.LINE:
        return _erased_line(face, printed, rng)
    candidates = [character for character in face.characters if _fits(character, kind)]
    for at in rng.permutation(len(candidates))[:20]:
        character = candidates[at]
        new = _replacement(character, kind, rng)
        forged = None if new is None else _swapped(face, printed, character, new)
        if forged is not None:
            return forged
    return None


def _fits(character: Character, kind: Forgery) -> bool:
    if "IPAmj" not in character.font or abs(character.em - character.across) > 0.5:
        return False
    first = character.text[0]
    if kind is Forgery.DIGIT:
        return first in "0123456789０１２３４５６７８９"
    if kind is Forgery.VARIANT:
        # Names stand in at least 11 points.
        return character.em > 90 and len(_variants(first)) > 1
    return "一" <= first <= "鿿"


def _replacement(character: Character, kind: Forgery, rng: np.random.Generator) -> str | None:
    if kind is Forgery.DIGIT:
        digits = "0123456789" if character.text in "0123456789" else "０１２３４５６７８９"
        return str(rng.choice([digit for digit in digits if digit != character.text]))
    if kind is Forgery.CHARACTER:
        return str(rng.choice([other for other in _OTHERS if other != character.text[0]]))
    others = [form for form in _variants(character.text[0]) if form != character.text]
    usable = [form for form in others if _unlike(character, form) >= _LEAST_VARIANT]
    return str(rng.choice(usable)) if usable else None


def _unlike(character: Character, other: str) -> float:
    """How much of the character's ink differs in its other form."""
    mine, theirs = (_drawn(text, character.em) for text in (character.text, other))
    return float((mine ^ theirs).sum() / max(int(mine.sum()), 1))


def _swapped(face: Face, printed: Bits, character: Character, new: str) -> Forged | None:
    old = _drawn(character.text, character.em)
    box = _box(character, old)
    rows, columns = slice(box.top, box.bottom), slice(box.left, box.right)
    if box.top < 0 or box.left < 0 or printed[rows, columns].shape != old.shape:
        return None
    there = printed[rows, columns]
    wide = cv2.dilate(old.view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if not (there & wide).sum() > _LEAST_LIKE * old.sum() or (there & _near(old) & ~wide).any():
        return None
    drawn = _drawn(new, character.em)
    there &= ~(_near(old) | _near(drawn))
    there |= drawn
    return Forged(printed, _around(old ^ drawn, box))


def _erased_line(face: Face, printed: Bits, rng: np.random.Generator) -> Forged | None:
    lines: dict[float, list[Character]] = {}
    for character in face.characters:
        if "IPAmj" in character.font:
            lines.setdefault(round(character.baseline), []).append(character)
    whole = [line for line in lines.values() if len(line) >= 4]
    if not whole:
        return None
    line = whole[rng.integers(len(whole))]
    erased: list[Box] = []
    for character in line:
        drawn = _drawn(character.text, character.em, character.across)
        box = _box(character, drawn)
        if not drawn.any() or box.top < 0 or box.left < 0:
            continue
        there = printed[box.top : box.bottom, box.left : box.right]
        if there.shape != drawn.shape:
            continue
        there &= ~(cv2.dilate(drawn.view(np.uint8), np.ones((9, 9), np.uint8)) > 0)
        erased.append(_around(drawn, box))
    if not erased:
        return None
    edges = np.array([(box.left, box.top, box.right, box.bottom) for box in erased])
    return Forged(printed, Box(*(int(edge) for edge in (*edges[:, :2].min(axis=0), *edges[:, 2:].max(axis=0)))))


def _other_seal(face: Face, printed: Bits) -> Forged | None:
    box = face.official_seal
    if box is None:
        return None
    imprint = read_imprint(official_seal(("例示県", "例示市", "長之印")))
    packed = np.frombuffer(imprint.rows, dtype=np.uint8).reshape(imprint.height, -1)
    bits = np.unpackbits(packed, axis=1)[:, : imprint.width].astype(np.bool_)
    printed[box.top : box.bottom, box.left : box.right] = bits
    return Forged(printed, box)


def _box(character: Character, drawn: Bits) -> Box:
    left, top = round(character.x) - _ROOM, round(character.baseline - character.em) - _ROOM
    return Box(left, top, left + drawn.shape[1], top + drawn.shape[0])


def _around(bits: Bits, box: Box) -> Box:
    rows, columns = np.flatnonzero(bits.any(axis=1)), np.flatnonzero(bits.any(axis=0))
    return Box(
        box.left + int(columns[0]), box.top + int(rows[0]), box.left + int(columns[-1]) + 1, box.top + int(rows[-1]) + 1
    )


def _near(bits: Bits) -> Bits:
    reach = 2 * HALO_DOTS + 1
    return cv2.dilate(bits.view(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))) > 0


def _drawn(text: str, em: float, across: float | None = None) -> Bits:
    """A character in dots, its origin `_ROOM` from the left and an em and `_ROOM` from the top."""
    side = round(em)
    canvas = Image.new("L", (side + 2 * _ROOM, round(em * 1.2) + 2 * _ROOM), 0)
    ImageDraw.Draw(canvas).text((_ROOM, _ROOM + side), text, font=_font(em), fill=255, anchor="ls")
    if across is not None and abs(across - em) > 0.5:
        narrow = canvas.resize((round(canvas.width * across / em), canvas.height))
        canvas = Image.new("L", canvas.size, 0)
        canvas.paste(narrow, (round(_ROOM - _ROOM * across / em), 0))
    return np.asarray(canvas) > 127


@cache
def _font(em: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(VALUE_FONT, em, layout_engine=ImageFont.Layout.RAQM)


@cache
def _variants(character: str) -> tuple[str, ...]:
    """The character and every form of it that the font draws with another glyph."""
    usual, forms = _glyphs()
    glyphs: dict[str, str] = {}
    for selector, glyph in forms.get(ord(character), ()):
        glyphs.setdefault(glyph or usual.get(ord(character), ""), character + chr(selector))
    return tuple(glyphs.values())


@cache
def _glyphs() -> tuple[dict[int, str], dict[int, list[tuple[int, str | None]]]]:
    """The font's usual glyph of each character, and the forms of each with their selectors; None: the usual one."""
    forms: dict[int, list[tuple[int, str | None]]] = {}
    with TTFont(VALUE_FONT) as font:
        for table in font["cmap"].tables:
            if table.format == 14:
                for selector, pairs in sorted(table.uvsDict.items()):
                    for base, glyph in pairs:
                        forms.setdefault(base, []).append((selector, glyph))
        return font.getBestCmap(), forms
