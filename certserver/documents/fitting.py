"""How a value is made to fit its field: steps of size, width and lines, the first that fits. A value is never cut; what
fits no step is refused."""

from dataclasses import dataclass

from certserver.antiforgery.paper import dots, points
from certserver.documents.typefaces import Typeface, clusters

FULL_SPACE = "　"
_NOT_FIRST = "】、。，．）」』・ー々ゝ"
"""Never at the start of a line: they belong to what stands before them."""


@dataclass(frozen=True, slots=True)
class Step:
    """Type size in points, horizontal scale, and how many lines."""

    size: float
    scale: float = 1.0
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of a value and the step they fit at."""

    lines: tuple[str, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class Field:
    """Room for a value: width in mm and the steps, largest first. `pitch` is the distance between the baselines of
    several lines in em of the step's size."""

    width: float
    steps: tuple[Step, ...]
    pitch: float = 1.16


def fit(typeface: Typeface, text: str, field: Field) -> Fitted | None:
    """The first step at which a text fits its field, or None."""
    room = dots(field.width)
    whole = typeface.width(text)
    for step in field.steps:
        em = points(step.size) * step.scale
        if whole * em <= room:
            return Fitted((text,), Step(step.size, step.scale))
        if step.lines > 1 and whole * em <= room * step.lines:
            lines = broken(typeface, text, room / em, step.lines)
            if lines is not None:
                return Fitted(lines, Step(step.size, step.scale, len(lines)))
    return None


def broken(typeface: Typeface, text: str, room: float, most: int) -> tuple[str, ...] | None:
    """A text in at most `most` lines of `room` em: broken at full-width spaces if that is enough, else between
    characters, a selector never parted from its base. None when neither is."""
    return _at_spaces(typeface, text, room, most) or _between_characters(typeface, text, room, most)


def _at_spaces(typeface: Typeface, text: str, room: float, most: int) -> tuple[str, ...] | None:
    lines: list[str] = []
    for word in text.split(FULL_SPACE):
        longer = f"{lines[-1]}{FULL_SPACE}{word}" if lines else word
        if lines and typeface.width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    fits = len(lines) <= most and all(typeface.width(line) <= room for line in lines)
    return tuple(lines) if fits else None


def _between_characters(typeface: Typeface, text: str, room: float, most: int) -> tuple[str, ...] | None:
    lines: list[list[str]] = [[]]
    for cluster in clusters(text):
        if lines[-1] and typeface.width("".join((*lines[-1], cluster))) > room:
            carried: list[str] = []
            while cluster in _NOT_FIRST and len(lines[-1]) > 1 and (not carried or carried[0] in _NOT_FIRST):
                carried.insert(0, lines[-1].pop())
            if len(lines) == most:
                return None
            lines.append(carried)
            if cluster == FULL_SPACE and not carried:
                continue
        lines[-1].append(cluster)
    return tuple("".join(line) for line in lines)
