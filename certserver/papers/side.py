"""One side of a paper while it is drawn, in millimetres from the top left. A form calls it; it knows no form, and it
never draws another glyph than the one asked for: what it lacks or can't fit is noted by the name of its field (I10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from certserver.antiforgery.paper import DPI, MM_PER_INCH, Box, dots, number, points
from certserver.documents.fitting import Field, broken, fit
from certserver.documents.ink import BODY_CENTRE, FRAME, RULE, Align, Layer
from certserver.documents.stationery import ink
from certserver.documents.subset import Subset
from certserver.documents.typefaces import Face, Typeface
from certserver.papers.jpeg import Jpeg

LEFT, RIGHT = 15.0, 195.0
"""The text frame of an A4 sheet, in mm."""

PROSE_PITCH = 1.55
_MOST_LINES = 200
_ORPHAN = 7
_NARROWER = (0.97, 0.94, 0.91, 0.88, 0.85, 0.8, 0.75)
_DOTS_A_MM = DPI / MM_PER_INCH


class Fonts(dict[Face, Subset]):
    """The fonts of one paper: those that it uses and no other."""

    def __init__(self, typefaces: Mapping[Face, Typeface]) -> None:
        super().__init__()
        self._typefaces = typefaces

    def __missing__(self, face: Face) -> Subset:
        subset = self[face] = Subset(self._typefaces[face])
        return subset


@dataclass(slots=True)
class Wanting:
    """Names of the fields whose text lacks a glyph, and of those that fit no step."""

    missing: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)


class Side:
    """A side. Pictures (`jpegs`) are named by their place in the paper's list of them."""

    def __init__(self, fonts: Fonts, wanting: Wanting, jpegs: list[Jpeg]) -> None:
        self.fonts = fonts
        self.wanting = wanting
        self._jpegs = jpegs
        self._layer = Layer(fonts)
        self._reversed = Layer(fonts)
        self._art: list[str] = []
        self._pictures: list[str] = []

    def content(self) -> str:
        """The operators of the side, in dots: drawings, lines, pictures, text, and white text last."""
        parts = [*self._art, ink(self._layer), *self._pictures]
        if self._reversed.bare_texts:
            parts += ["1 g BT", *self._reversed.bare_texts, "ET 0 g"]
        return "\n".join(parts)

    def draw(self, operators: str) -> None:
        """Operators of their own, in dots, under everything else."""
        self._art.append(operators)

    def rule(self, left: float, right: float, y: float, thickness: int = RULE) -> None:
        """A horizontal rule."""
        self._layer.level(dots(left), dots(right), dots(y), thickness)

    def upright(self, top: float, bottom: float, x: float, thickness: int = RULE) -> None:
        """A vertical rule."""
        self._layer.upright(dots(top), dots(bottom), dots(x), thickness)

    def frame(self, left: float, top: float, right: float, bottom: float, thickness: int = FRAME) -> None:
        """A frame around a rectangle."""
        self._layer.frame(Box.of_mm(left, top, right, bottom), thickness)

    def solid(self, left: float, top: float, right: float, bottom: float) -> None:
        """A black rectangle, drawn before all text."""
        self._layer.bar(Box.of_mm(left, top, right, bottom))

    def dashed(self, left: float, right: float, y: float) -> None:
        """A line to cut or fold along."""
        self._art.append(f"q 3 w [24 16] 0 d {dots(left)} {dots(y)} m {dots(right)} {dots(y)} l S Q")

    def box(self, left: float, centre: float, side: float, *, ticked: bool = False, filled: bool = False) -> None:
        """A box to tick, ticked or blackened where it was."""
        top = centre - side / 2
        self.frame(left, top, left + side, top + side, dots(0.25))
        if filled:
            self.solid(left, top, left + side, top + side)
        if ticked:
            x, y, em = dots(left), dots(top), dots(side)
            path = f"{x + 0.2 * em:.1f} {y + 0.52 * em:.1f} m {x + 0.42 * em:.1f} {y + 0.76 * em:.1f} l"
            self._art.append(f"q {dots(0.5)} w 1 J 1 j {path} {x + 0.82 * em:.1f} {y + 0.24 * em:.1f} l S Q")

    def picture(self, jpeg: Jpeg, left: float, top: float, width: float, height: float) -> None:
        """A photo in a rectangle, whole and not distorted, centred in it."""
        room = Box.of_mm(left, top, left + width, top + height)
        scale = min(room.width / jpeg.width, room.height / jpeg.height)
        across, down = round(jpeg.width * scale), round(jpeg.height * scale)
        x, y = room.left + (room.width - across) // 2, room.top + (room.height - down) // 2
        self._pictures.append(f"q {across} 0 0 {-down} {x} {y + down} cm /{picture_name(len(self._jpegs))} Do Q")
        self._jpegs.append(jpeg)

    def label(self, text: str, left: float, right: float, centre: float, size: float, face: Face = Face.LABEL) -> None:
        """A word of the form, spread evenly (均等割付) and condensed where it is wider."""
        layer = Layer(self.fonts)
        layer.spread(text, dots(left), dots(right), dots(centre), size, face=face)
        self._layer.bare_texts.extend(layer.texts)

    def text(
        self,
        text: str,
        x: float,
        centre: float,
        size: float,
        face: Face = Face.LABEL,
        *,
        align: Align = Align.LEFT,
        white: bool = False,
        mute: bool = False,
    ) -> None:
        """A line of fixed text around a height; `mute` text stays out of the text layer. Raises `LookupError` for a
        glyph that its face lacks."""
        layer = self._reversed if white else self._layer
        width = layer.width(face, text, size)
        left = dots(x) - {Align.LEFT: 0.0, Align.MIDDLE: width / 2, Align.RIGHT: width}[align]
        layer.text(face, text, left, dots(centre) + BODY_CENTRE * points(size), size, bare=True, mute=mute)

    @staticmethod
    def mm(of_dots: float) -> float:
        """Dots as millimetres."""
        return of_dots / _DOTS_A_MM

    def width(self, text: str, size: float, face: Face = Face.LABEL) -> float:
        """Of a line of fixed text, in mm."""
        return self._layer.width(face, text, size) / _DOTS_A_MM

    def value(
        self,
        name: str,
        text: str,
        x: float,
        centre: float,
        room: Field,
        *,
        face: Face = Face.VALUE,
        align: Align = Align.LEFT,
    ) -> float:
        """What somebody told or a register holds, exactly as it is, at the first step that fits; its right edge."""
        if not text:
            return x
        typeface = self.fonts[face].typeface
        if not typeface.has(text):
            self.wanting.missing.append(name)
            return x
        fitted = fit(typeface, text, room)
        if fitted is None:
            self.wanting.misfits.append(name)
            return x
        size, scale = fitted.step.size, fitted.step.scale
        em = points(size)
        pitch = em * room.pitch
        baseline = dots(centre) + BODY_CENTRE * em - pitch * (len(fitted.lines) - 1) / 2
        right = 0.0
        for line, wide in zip(fitted.lines, fitted.widths, strict=True):
            width = wide * em * scale
            left = dots(x) - {Align.LEFT: 0.0, Align.MIDDLE: width / 2, Align.RIGHT: width}[align]
            self._layer.text(face, line, left, baseline, size, scale=scale, bare=True)
            right, baseline = max(right, left + width), baseline + pitch
        return right / _DOTS_A_MM

    def misfit(self, name: str) -> None:
        """Notes that a field can't be set."""
        self.wanting.misfits.append(name)

    def lines(self, text: str, width: float, size: float, face: Face = Face.LABEL) -> tuple[str, ...]:
        """A paragraph of fixed text in the lines it takes, narrower where its last line would have a few characters
        alone."""
        typeface, room = self.fonts[face].typeface, dots(width) / points(size)
        usual = broken(typeface, text, room, _MOST_LINES) or ("",)
        if len(usual) > 1 and len(usual[-1]) < _ORPHAN:
            for share in _NARROWER:
                lines = broken(typeface, text, room * share, len(usual))
                if lines and len(lines[-1]) >= _ORPHAN:
                    return lines
        return usual

    def prose(
        self,
        text: str,
        left: float,
        top: float,
        width: float,
        size: float,
        face: Face = Face.LABEL,
        *,
        pitch: float = PROSE_PITCH,
    ) -> float:
        """Fixed text in as many lines as it takes, each paragraph from a new one; the height at which it ends."""
        height = points(size) * pitch / _DOTS_A_MM
        y = top
        for paragraph in text.split("\n"):
            for line in self.lines(paragraph, width, size, face):
                if line:
                    self.text(line, left, y + height / 2, size, face)
                y += height
        return y

    def circle(self, x: float, y: float, radius: float, thickness: float = 0.3, *, dashed: bool = False) -> None:
        """A circle around a point."""
        dash = "[12 10] 0 d" if dashed else ""
        self._art.append(f"q {dots(thickness)} w {dash} {round_path(dots(x), dots(y), dots(radius))} S Q")


def picture_name(at: int) -> str:
    """The name of a paper's picture in its file."""
    return f"P{at}"


def round_path(x: float, y: float, radius: float) -> str:
    """A circle as a path of four curves."""
    c = 0.5523 * radius
    n = number
    quarters = (
        (x + radius, y + c, x + c, y + radius, x, y + radius),
        (x - c, y + radius, x - radius, y + c, x - radius, y),
        (x - radius, y - c, x - c, y - radius, x, y - radius),
        (x + c, y - radius, x + radius, y - c, x + radius, y),
    )
    return f"{n(x + radius)} {n(y)} m " + " ".join(f"{' '.join(map(n, each))} c" for each in quarters) + " h"
