"""What staff must know, in the order it happened, and what is kept of it. Never personal data. Pure."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.flow.effects import CallStaff
from kiosk.flow.occasions import GRAVE, Occasion
from kiosk.flow.values.service import Belonging

NOTES_KEPT = 500
CALLS_KEPT = 20
"""So many calls for staff go to the server at once, and of those that are neither about money nor an alarm no more are
kept for it."""

_Yen = Annotated[int, Field(ge=0)]


class Note(BaseModel):
    """Something staff must know. `moment` is a date and time; `reference` the short code on screen and slip; `untold`:
    staff were called for it and the server does not know yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    moment: str
    occasion: Occasion
    reference: str
    yen: int = 0
    belongings: tuple[Belonging, ...] = ()
    untold: bool = False

    @property
    def grave(self) -> bool:
        """Whether it is about money or an alarm."""
        return self.occasion in GRAVE

    def call(self) -> CallStaff:
        """The call for staff that it was."""
        return CallStaff(self.occasion, self.reference, self.yen, frozenset(self.belongings))


def noted(notes: tuple[Note, ...], note: Note) -> tuple[Note, ...]:
    """With this one more. A key for staff pressed again says nothing new; what is passing makes room for the rest."""
    if note.occasion is Occasion.STAFF_WANTED and any(_is_again(note, each) for each in notes):
        return notes
    notes = (*notes, note)
    passing = [place for place, each in enumerate(notes) if each.untold and not each.grave]
    late = frozenset(passing[:-CALLS_KEPT])
    notes = tuple(as_told(each) if place in late else each for place, each in enumerate(notes))
    if len(notes) <= NOTES_KEPT:
        return notes
    oldest = next((place for place, each in enumerate(notes) if not each.grave), 0)
    return notes[:oldest] + notes[oldest + 1 :]


def _is_again(note: Note, before: Note) -> bool:
    """Without a visit there is no telling who pressed, so only a call that still waits stands for the next one."""
    same = (before.occasion, before.reference) == (note.occasion, note.reference)
    return same and (before.untold or note.reference != "")


def as_told(note: Note) -> Note:
    """The server knows of it, or nobody needs to know any more."""
    return note.model_copy(update={"untold": False}) if note.untold else note
