"""How a value is made to fit its field: steps of size, width and lines, the first that fits. Lines end at spaces, in
a word only where no step fits otherwise: a reader can't tell such a break from a space. A value is never cut; what fits
no step is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from certserver.antiforgery.paper import dots, points
from certserver.documents.typefaces import Typeface, clusters

SPACES = "　 "
"""Where a line ends first; a space there is not set."""

_NOT_FIRST = "】、。，．）」』・ー々ゝ"
"""Never at the start of a line: they belong to what stands before them."""


@dataclass(frozen=True, slots=True)
class Step:
    """Type size in points, horizontal scale, and how many lines."""

    size: float
    scale: float = 1.0
    lines: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class Fitted:
    """Lines of a value with their widths in em, and the step they fit at."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    step: Step

    def __repr__(self) -> str:
        return f"<Fitted in {len(self.lines)} lines at {self.step.size} pt>"


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Room for a value: width in mm and the steps, largest first. `pitch` is the distance between the baselines of
    several lines in em of the step's size. Each field of a form is its own, however like another."""

    width: float
    steps: tuple[Step, ...]
    pitch: float = 1.16


class Measure(Protocol):
    """What knows how wide characters are."""

    def widths(self, of: Iterable[str]) -> Iterator[float]:
        """Width of each cluster in em."""
        ...


def fit(typeface: Typeface, text: str, field: Field) -> Fitted | None:
    """The first step at which a text fits its field with lines that end at spaces; else the first with lines that end
    anywhere; else None."""
    room = dots(field.width)
    whole = typeface.width(text)
    for step in field.steps:
        if whole * points(step.size) * step.scale <= room:
            return Fitted((text,), (whole,), step)
        if (fitted := _in_lines(typeface, text, room, step, at_spaces=True)) is not None:
            return fitted
    fits = (_in_lines(typeface, text, room, step, at_spaces=False) for step in field.steps)
    return next((fitted for fitted in fits if fitted is not None), None)


def _in_lines(typeface: Typeface, text: str, room: int, step: Step, *, at_spaces: bool) -> Fitted | None:
    """A text in several lines at a step that has them; `room` in dots."""
    if step.lines == 1:
        return None
    lines = broken(typeface, text, room / (points(step.size) * step.scale), step.lines, at_spaces=at_spaces)
    return None if lines is None else Fitted(lines, tuple(map(typeface.width, lines)), step)


def broken(measure: Measure, text: str, room: float, most: int, *, at_spaces: bool = False) -> tuple[str, ...] | None:
    """A text in at most `most` lines of `room` em: broken at a space, which then is not set, unless the rest would no
    longer fit; else, where not `at_spaces` alone, between characters, a selector never parted from its base. None when
    it does not fit."""
    rest = clusters(text)
    widths = list(measure.widths(rest))
    lines: list[str] = []
    while rest:
        if len(lines) == most:
            return None
        count = _that_fit(widths, room)
        start = count
        if count < len(rest):
            spaces = [at for at in range(1, count + 1) if rest[at] in SPACES]
            if spaces and (at_spaces or sum(widths[spaces[-1] + 1 :]) <= room * (most - len(lines) - 1)):
                count, start = spaces[-1], spaces[-1] + 1
            elif at_spaces:
                return None
            else:
                while count > 1 and rest[count] in _NOT_FIRST:
                    count -= 1
                start = count
        lines.append("".join(rest[:count]))
        rest, widths = rest[start:], widths[start:]
    return tuple(lines)


def _that_fit(widths: list[float], room: float) -> int:
    """How many characters fit a line; at least one."""
    used = 0.0
    for count, width in enumerate(widths):
        used += width
        if used > room and count:
            return count
    return len(widths)
