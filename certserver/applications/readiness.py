"""Before a post office begins: what has to be done, in which order, and what of it is missing on a day. Data and one
function; what is printed of it is elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.applications.places import POST_OFFICE_PLACES, Place


class Step(Enum):
    """A step on the way to the first day."""

    TALKS = "talks"
    """協議: office, first day, fee"""
    CONSENT = "consent"
    """内諾"""
    RESOLUTION = "resolution"
    """市町村議会の議決"""
    CONTRACT = "contract"
    """指定・契約"""
    EQUIPMENT = "equipment"
    TRAINING = "training"
    TEST = "test"
    NOTICE = "notice"
    """掲示"""
    START = "start"


@dataclass(frozen=True, slots=True)
class StepRow(Dated):
    """A step, which must be done by then, and at which levels it is wanted."""

    step: Step
    after: tuple[Step, ...]
    places: frozenset[Place]


_ACTS = frozenset({Place.POST_OFFICE_X509, Place.POST_OFFICE_INTAKE})
_MIRROR = "ministry page seen in a mirror"


def _row(step: Step, *after: Step, places: frozenset[Place] = POST_OFFICE_PLACES) -> StepRow:
    return StepRow(step, after, places, source=_MIRROR, confirmed=Confirmed.SEEN)


STEPS = (
    _row(Step.TALKS),
    _row(Step.CONSENT, Step.TALKS),
    _row(Step.RESOLUTION, Step.CONSENT, places=_ACTS),
    _row(Step.CONTRACT, Step.CONSENT, Step.RESOLUTION),
    _row(Step.EQUIPMENT, Step.CONTRACT),
    _row(Step.TRAINING, Step.CONTRACT),
    _row(Step.TEST, Step.EQUIPMENT, Step.TRAINING),
    StepRow(
        Step.NOTICE, (Step.CONTRACT,), _ACTS, source="its place among the steps is chosen", confirmed=Confirmed.DESIGN
    ),
    _row(Step.START, Step.TEST, Step.NOTICE),
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A step that is not done on a day. `waits_for`: what must be done before it; `too_early`: it was done, but before
    something that it rests on, and has to be done again."""

    step: Step
    waits_for: tuple[Step, ...]
    too_early: bool = False


def missing(place: Place, done: Mapping[Step, date], day: date) -> tuple[Missing, ...]:
    """What is missing on a day for a level of post office, in the order of the steps; nothing when it may run. Raises
    `ValueError` for another kind of place."""
    if place not in POST_OFFICE_PLACES:
        raise ValueError(f"{place.value} has no such steps")
    rows = [row for row in in_force(STEPS, day) if place in row.places]
    wanted = {row.step for row in rows}
    valid: dict[Step, date] = {}
    found: list[Missing] = []
    for row in rows:
        before = tuple(step for step in row.after if step in wanted)
        waits_for = tuple(step for step in before if step not in valid)
        on = done.get(row.step)
        is_done = on is not None and on <= day
        if on is not None and is_done and not waits_for and all(valid[step] <= on for step in before):
            valid[row.step] = on
        else:
            found.append(Missing(row.step, waits_for, too_early=is_done))
    return tuple(found)
