"""Collects what stands on one side of a sheet, in dots from the top left corner: text, lines, and the calm zones that
text needs in the ground. It knows no form and writes no file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from certserver.antiforgery.paper import Box, dots, number, points
from certserver.documents.fitting import Field, fit
from certserver.documents.model import BLANK, OMITTED, UNUSED
from certserver.documents.subset import Subset, as_halo
from certserver.documents.typefaces import Face, Typeface, clusters

HALO_WIDTH = dots(0.6)
"""White stroke under text: 0.3 mm to each side."""

BODY_CENTRE = 0.375
"""The centre of a line's body above its baseline, in em."""

RULE = 2
"""The thinnest line of a sheet, in dots: 0.085 mm."""

FRAME = dots(0.30)

_ASCENT, _DESCENT = 0.88, 0.12
_CALM_SIDE, _CALM_EDGE = dots(1.5), dots(0.6)
_HANGING, _HANGING_BEHIND = "【", "】"
_HANG = 0.5
_USUAL_WORDS = frozenset((OMITTED, BLANK, UNUSED))
"""A third and more of a certificate of residence, always in the same places."""


class Align(Enum):
    """Which part of its field a value keeps to."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@lru_cache(maxsize=256)
def _scaled(size: float, scale: float) -> tuple[float, float, str]:
    """Of text so large (in points) and condensed: height and width of an em in dots, and both in a text matrix."""
    em = points(size)
    return em, em * scale, f"{number(em * scale)} 0 0 {number(-em)}"


def _calm(x: float, baseline: float, em: float, width: float) -> Box:
    """The zone around a line of text, all in dots."""
    return Box(
        int(x) - _CALM_SIDE,
        int(baseline - _ASCENT * em) - _CALM_EDGE,
        int(x + width) + _CALM_SIDE,
        int(baseline + _DESCENT * em) + _CALM_EDGE,
    )


def _placed(
    typeface: Typeface, text: str, x: float, centre: float, room: Field, align: Align, row: int
) -> tuple[tuple[str, str, Box], ...] | None:
    """The lines of a value, each with its text matrix and calm zone, as `Layer.value` explains; None when it fits no
    step."""
    fitted = fit(typeface, text, room)
    if fitted is None:
        return None
    em, across, matrix = _scaled(fitted.step.size, fitted.step.scale)
    pitch = row or em * room.pitch
    baseline = centre + BODY_CENTRE * em - (0 if row else pitch * (len(fitted.lines) - 1) / 2)
    lines = []
    for line, width in zip(fitted.lines, fitted.widths, strict=True):
        left = x
        if align is Align.MIDDLE:
            left -= width * across / 2
        elif align is Align.RIGHT:
            left -= (width - _HANG * line.endswith(_HANGING_BEHIND)) * across
        elif line.startswith(_HANGING):
            left -= _HANG * across
        lines.append((line, f"{matrix} {number(left)} {number(baseline)}", _calm(left, baseline, em, width * across)))
        baseline += pitch
    return tuple(lines)


def _room(x: float, centre: float, room: Field, align: Align, row: int) -> Box:
    """How far a value can reach in its field, whatever it is."""
    width = dots(room.width)
    left = x if align is Align.LEFT else x - (width if align is Align.RIGHT else width / 2)
    lines = max(step.lines for step in room.steps)
    half = max(points(step.size) * (1 + room.pitch * (step.lines - 1)) for step in room.steps) / 2
    below = row * (lines - 1) + half if row else half
    return Box(int(left), int(centre - half), int(left + width) + 1, int(centre + below) + 1)


_usual = lru_cache(maxsize=1024)(_placed)
"""The same, kept. Only for words that say nothing of a resident."""


@lru_cache(maxsize=1024)
def _spread(
    typeface: Typeface, text: str, left: float, right: float, centre: float, size: float
) -> tuple[str, float, str, str, Box]:
    """As `Layer.spread` explains: its matrix, the space between characters in dots, what stands before and behind the
    operators that show the text, and its calm zone."""
    width = typeface.width(text) * points(size)
    count = len(clusters(text))
    x, scale, tracking = left, 1.0, 0.0
    if width > right - left:
        scale = (right - left) / width
    elif count == 1:
        x = (left + right - width) / 2
    else:
        tracking = (right - left - width) / (count - 1)
    baseline = centre + BODY_CENTRE * points(size)
    em, across, matrix = _scaled(size, scale)
    before, after = _tracked(tracking, across)
    calm = _calm(x, baseline, em, width * scale + tracking * (count - 1))
    return f"{matrix} {number(x)} {number(baseline)}", tracking, before, after, calm


def _tracked(tracking: float, across: float) -> tuple[str, str]:
    """What sets and unsets the space between characters, in dots, of text with an em of `across` dots."""
    return (f"{tracking / across:.4f} Tc ", " 0 Tc") if tracking else ("", "")


class EntryLine(NamedTuple):
    """A line of an entry as it was set: `matrix` as PDF writes it (across, 0, 0, minus down, and where the line begins
    on its baseline, in dots), `tracking` between characters in dots, `calm` the zone around it."""

    name: str
    text: str
    matrix: str
    tracking: float
    calm: Box

    def __repr__(self) -> str:
        return f"<EntryLine of {self.name}>"

    @property
    def box(self) -> Box:
        """Where it stands, without the zone around."""
        calm = self.calm
        return Box(calm.left + _CALM_SIDE, calm.top + _CALM_EDGE, calm.right - _CALM_SIDE, calm.bottom - _CALM_EDGE)


@dataclass(slots=True, repr=False)
class Layer:
    """What one layer of a side holds. Its fonts collect the glyphs it uses; `misfits` names the entries that fit no
    step of their field. `texts` stand on ground and have halos, `bare_texts` stand on white. `entry_lines` tells where
    each entry was set, `rooms` how far one could have reached of which no text is known."""

    fonts: Mapping[Face, Subset]
    texts: list[str] = field(default_factory=list)
    bare_texts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    calm: list[Box] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)
    entry_lines: list[EntryLine] = field(default_factory=list)
    rooms: list[tuple[str, Box]] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Layer of {len(self.texts) + len(self.bare_texts)} texts>"

    def text(
        self,
        face: Face,
        text: str,
        x: float,
        baseline: float,
        size: float,
        *,
        scale: float = 1.0,
        tracking: float = 0.0,
        bare: bool = False,
        mute: bool = False,
        entry: str = "",
    ) -> None:
        """One line of text. `x`, `baseline` and `tracking` (between characters) in dots, `size` in points. `bare` text
        stands on white and needs no halo; `mute` text is ornament and stays out of the text layer. `entry` names the
        entry of which it is a line."""
        em, across, matrix = _scaled(size, scale)
        shown = self.fonts[face].shown(text)
        if mute:
            shown = as_halo(shown)
        before, after = _tracked(tracking, across)
        placed = f"{matrix} {number(x)} {number(baseline)}"
        operator = f"{placed} Tm {before}{shown}{after}"
        if bare:
            self.bare_texts.append(operator)
            return
        self.texts.append(operator)
        calm = _calm(x, baseline, em, self.width(face, text, size, scale=scale, tracking=tracking))
        self.calm.append(calm)
        if entry:
            self.entry_lines.append(EntryLine(entry, text, placed, tracking, calm))

    def width(self, face: Face, text: str, size: float, *, scale: float = 1.0, tracking: float = 0.0) -> float:
        """Of a line of text, in dots."""
        width = self.fonts[face].typeface.width(text) * points(size) * scale
        return width + tracking * (len(clusters(text)) - 1) if tracking else width

    def value(
        self, name: str, text: str, x: float, centre: float, room: Field, *, align: Align = Align.LEFT, row: int = 0
    ) -> None:
        """A value of the register in its field. `x` and `centre` in dots: the edge or middle of the field that `align`
        says, and the middle of the field's height; where each line has a ruled row of its own, `row` is its height and
        `centre` the middle of the first. What fits no step is noted under `name`."""
        if not text:
            self.rooms.append((name, _room(x, centre, room, align, row)))
            return
        subset = self.fonts[Face.VALUE]
        place = _usual if text in _USUAL_WORDS else _placed
        lines = place(subset.typeface, text, x, centre, room, align, row)
        if lines is None:
            self.misfits.append(name)
            return
        for line, matrix, calm in lines:
            self.texts.append(f"{matrix} Tm {subset.shown(line)}")
            self.calm.append(calm)
            self.entry_lines.append(EntryLine(name, line, matrix, 0.0, calm))

    def spread(
        self,
        text: str,
        left: float,
        right: float,
        centre: float,
        size: float,
        *,
        face: Face = Face.LABEL,
        entry: str = "",
    ) -> None:
        """A word of the form spread evenly (均等割付) between two edges in dots, condensed where it is wider; `centre`
        is the middle of the cell's height. Never for a value of the register: where it stands is kept. `entry` as
        in `text`."""
        subset = self.fonts[face]
        placed, tracking, before, after, calm = _spread(subset.typeface, text, left, right, centre, size)
        self.texts.append(f"{placed} Tm {before}{subset.shown(text)}{after}")
        self.calm.append(calm)
        if entry:
            self.entry_lines.append(EntryLine(entry, text, placed, tracking, calm))

    def centred(self, face: Face, text: str, x: float, baseline: float, size: float, *, entry: str = "") -> None:
        """A line of text around a middle."""
        self.text(face, text, x - self.width(face, text, size) / 2, baseline, size, entry=entry)

    def ending(
        self,
        face: Face,
        text: str,
        right: float,
        baseline: float,
        size: float,
        *,
        tracking: float = 0.0,
        bare: bool = False,
        entry: str = "",
    ) -> None:
        """A line of text that ends at a right edge."""
        left = right - self.width(face, text, size, tracking=tracking)
        self.text(face, text, left, baseline, size, tracking=tracking, bare=bare, entry=entry)

    def bar(self, box: Box) -> None:
        """A filled rectangle."""
        self.lines.append(box.bar())

    def level(self, left: int, right: int, y: int, thickness: int = RULE) -> None:
        """A horizontal rule around a height, between two edges."""
        top = y - thickness // 2
        self.bar(Box(left, top, right, top + thickness))

    def upright(self, top: int, bottom: int, x: int, thickness: int = RULE) -> None:
        """A vertical rule around a position, between two heights."""
        left = x - thickness // 2
        self.bar(Box(left, top, left + thickness, bottom))

    def frame(self, box: Box, thickness: int = FRAME) -> None:
        """Four bars around a rectangle's edges that share their corner squares."""
        half = thickness // 2
        outer = box.grown(half)
        self.bar(Box(outer.left, outer.top, outer.right, outer.top + thickness))
        self.bar(Box(outer.left, outer.bottom - thickness, outer.right, outer.bottom))
        self.bar(Box(outer.left, outer.top, outer.left + thickness, outer.bottom))
        self.bar(Box(outer.right - thickness, outer.top, outer.right, outer.bottom))
