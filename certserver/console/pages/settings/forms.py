"""What all forms of settings share: which draft they go into, what they are filled with, what comes of sending one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from pydantic import ValidationError

from certserver.console.routes import LARGEST_FORM, MOST_FIELDS, Answer, Gone, Shown
from certserver.console.said import Said
from certserver.console.visit import Fields, Visit
from certserver.errors import NoSuchEntry
from certserver.objections import Objected, Objection
from certserver.office.settings.content import Content
from certserver.office.settings.draft_rows import UNDECIDED, Draft
from certserver.office.settings.drafts import look, put, stands
from certserver.office.settings.making import Kept, WhyNot, instant_of, taken_up
from certserver.office.settings.merging import together
from certserver.office.settings.part import Part
from certserver.office.settings.parts import ProfilePart

_Made = TypeVar("_Made", bound=Part)

_Row = TypeVar("_Row")

SHORTEST_ROWS = 2
"""Empty rows below those that stand: without a script nothing can be added to a page."""

_ROW = re.compile(r"(.+)-(0|[1-9]\d{0,3})", re.ASCII)
_CHARACTER_BYTES = 12
"""Of a character outside the first plane, as a form sends it."""
_FIELD_BYTES = 48
"""Name of a field and a short value."""


class Wrong(Exception):
    """What was typed can't be. `fields` are the names of what is wrong."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class Typed:
    """What fields of a form show: what was typed into it, or what stands while nothing was."""

    def __init__(self, form: Fields | None = None) -> None:
        self._form = form

    def value(self, name: str, stands: object = "") -> object:
        """What a field shows."""
        return stands if self._form is None else self._form.get(name, "")

    def ticked(self, name: str, value: str, stands: bool) -> bool:
        """Whether a box has its tick."""
        return stands if self._form is None else value in self._form.getlist(name)


@dataclass(frozen=True, slots=True)
class Base:
    """What a form starts from: the draft it goes into (None: a new one), the settings as they stand at its instant with
    that draft over them, and their revision."""

    draft: int | None
    content: Content
    revision: int

    def around(self) -> Mapping[str, object]:
        """What the template of every form needs."""
        return {"draft": self.draft, "revision": self.revision, "wrong": (), "typed": Typed()}


def base_of(visit: Visit) -> Base:
    """From what a form starts. Raises `NoSuchEntry` for a draft that nobody can change any more."""
    desk, named = visit.desk, visit.query.get("draft", "") or visit.typed("draft", 9)
    stood = stands(desk)
    if not named:
        return Base(None, stood.content(desk.now()), stood.revision)
    draft = own_draft(visit, named)
    at = instant_of(draft, desk.now())
    return Base(draft.number, together(stood.content(at), taken_up(draft, stood, at)), stood.revision)


def own_draft(visit: Visit, named: str) -> Draft:
    """A draft that whoever asks may change. Raises `NoSuchEntry`."""
    draft = look(visit.desk, number_in(named)).draft
    if draft.state not in UNDECIDED or draft.drafted_by != visit.mark:
        raise NoSuchEntry(f"draft {named} is not {visit.mark}'s to change")
    return draft


def number_in(told: str) -> int:
    """The number of a draft as a path tells it. Raises `NoSuchEntry`."""
    if not told.isascii() or not told.isdigit() or len(told) > 9:
        raise NoSuchEntry(f"{told} is no number of a draft")
    return int(told)


def query(draft: int | None) -> str:
    """What leads from form to form of one draft."""
    return "" if draft is None else f"?draft={draft}"


def made(part: type[_Made], values: Mapping[str, object]) -> _Made:
    """A part of what is set. Raises `Wrong`."""
    try:
        return part.model_validate(values)
    except ValidationError as error:
        places = (each["loc"][0] if each["loc"] else "together" for each in error.errors())
        raise Wrong(tuple(dict.fromkeys(map(str, places)))) from error


def filled(visit: Visit, most: int, *names: str) -> list[int]:
    """The rows of what was sent in which one of these fields is filled, however many the form had. Raises `Wrong` for
    more than can be taken."""
    named = (_ROW.fullmatch(name) for name, typed in visit.form.multi_items() if typed.strip())
    found = {int(row[2]) for row in named if row and row[1] in names}
    if len(found) > most:
        raise Wrong(("rows",))
    return sorted(found)


def rows(visit: Visit, most: int, name: str, stands: Sequence[_Row], spare: int = SHORTEST_ROWS) -> list[_Row | None]:
    """The rows that a form shows: those that stand, and below them empty ones, as many as were filled at least. Raises
    `ConfigurationError` where more stand than a form can bring back."""
    if len(stands) > most:
        raise Objected(Objection.TOO_MANY_ROWS, most=most)
    named = (_ROW.fullmatch(each) for each in visit.form)
    filled_to = max((int(row[2]) + 1 for row in named if row and row[1] == name), default=0)
    empty = max(spare, min(filled_to, most + spare) - len(stands))
    return [*stands, *(None for _ in range(empty))]


def largest_form(most: int, *, fields: int, characters: int) -> int:
    """Bytes of the largest form with so many rows, each of so many fields and characters of free text."""
    return LARGEST_FORM + (most + SHORTEST_ROWS) * (fields * _FIELD_BYTES + characters * _CHARACTER_BYTES)


def most_fields(most: int, *, fields: int) -> int:
    """How many fields that form has."""
    return MOST_FIELDS + (most + SHORTEST_ROWS) * fields


def whole_number(told: str, field: str) -> int:
    """A number that was typed, full-width digits too. Raises `Wrong`."""
    try:
        return int(told)
    except ValueError as error:
        raise Wrong((field,)) from error


def sent(
    visit: Visit,
    template: str,
    told: Callable[[Visit, Base], Mapping[str, object]],
    keep: Callable[[Base], Answer],
) -> Answer:
    """What comes of sending a form: what `keep` makes of it, or the form once more where something in it is wrong. A
    form that grew old is not looked into: shown again it would pass for one of what stands now."""
    base = base_of(visit)
    if number_in(visit.typed("revision", 9) or "0") != base.revision:
        return _moved(visit, base.draft)
    try:
        return keep(base)
    except Wrong as wrong:
        shown = {**told(visit, base), "wrong": wrong.fields, "typed": Typed(visit.form)}
        return Shown(template, shown, HTTPStatus.UNPROCESSABLE_ENTITY)


def into_draft(visit: Visit, content: Content, official_seal: bytes | None = None) -> Answer:
    """Puts what a form says into its draft, and goes on to the draft."""
    draft = visit.typed("draft", 9)
    seen = visit.typed("revision", 9)
    came = put(
        visit.desk,
        number_in(draft) if draft else None,
        content,
        number_in(seen or "0"),
        official_seal,
    )
    if isinstance(came, Kept):
        number = number_in(draft) if draft else None
        if came.why is WhyNot.CHANGED_SINCE:
            return _moved(visit, number)
        return Gone(f"{visit.path}{query(number)}", Said.NOTHING_DONE)
    return Gone(f"/settings/drafts/{came.number}", Said.DRAFT_KEPT)


def require_profile(base: Base) -> ProfilePart:
    """The profile. Raises `ConfigurationError` while a municipality has none."""
    if base.content.profile is None:
        raise Objected(Objection.NO_PROFILE)
    return base.content.profile


def _moved(visit: Visit, draft: int | None) -> Gone:
    return Gone(f"{visit.path}{query(draft)}", Said.SETTINGS_MOVED)
