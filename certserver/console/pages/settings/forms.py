"""What all forms of settings share: which draft they go into, what they are filled with, what comes of sending one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from certserver.console.pages.settings.reading import Wrong, row_of
from certserver.console.pages.settings.words import tell
from certserver.console.routes import LARGEST_FORM, MOST_FIELDS, Answer, Gone, Shown
from certserver.console.said import Said
from certserver.console.texts import Texts
from certserver.console.visit import Fields, Visit
from certserver.errors import NoSuchEntry
from certserver.objections import Objected, Objection
from certserver.office.settings.content import Content
from certserver.office.settings.difference import difference
from certserver.office.settings.draft_rows import UNDECIDED, Draft
from certserver.office.settings.drafts import look, put, stands
from certserver.office.settings.lost import last_profile
from certserver.office.settings.making import Kept, WhyNot, instant_of, taken_up
from certserver.office.settings.merging import together
from certserver.office.settings.parts import ProfilePart

_Row = TypeVar("_Row")

SHORTEST_ROWS = 2
"""Empty rows below those that stand: without a script nothing can be added to a page."""

_CHARACTER_BYTES = 12
"""Of a character outside the first plane, as a form sends it."""
_FIELD_BYTES = 48
"""Name of a field and a short value."""


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
    profile: ProfilePart | None = None
    """The profile that a form shows; also one that can't be set any more as it stands, or that could be read last."""

    def around(self) -> Mapping[str, object]:
        """What the template of every form needs."""
        return {
            "draft": self.draft,
            "revision": self.revision,
            "typed": Typed(),
            "wrong": (),
            "faults": {},
            "faulty": frozenset(),
            "moved": False,
            "asked": (),
        }


def base_of(visit: Visit) -> Base:
    """From what a form starts. Raises `NoSuchEntry` for a draft that nobody can change any more."""
    desk, named = visit.desk, visit.query.get("draft", "") or visit.typed("draft", 9)
    stood = stands(desk)
    if not named:
        content = stood.content(desk.now())
        return Base(None, content, stood.revision, content.profile or last_profile(stood, desk.now()))
    draft = own_draft(visit, named)
    at = instant_of(draft, desk.now())
    content = together(stood.content(at), taken_up(draft, stood, at))
    return Base(draft.number, content, stood.revision, content.profile or last_profile(stood, at))


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


def rows(visit: Visit, most: int, name: str, stands: Sequence[_Row], spare: int = SHORTEST_ROWS) -> list[_Row | None]:
    """The rows that a form shows: those that stand, and below them empty ones, as many as were filled at least. Raises
    `ConfigurationError` where more stand than a form can bring back."""
    if len(stands) > most:
        raise Objected(Objection.TOO_MANY_ROWS, most=most)
    filled_to = max((row[1] + 1 for row in map(row_of, visit.form) if row and row[0] == name), default=0)
    empty = max(spare, min(filled_to, most + spare) - len(stands))
    return [*stands, *(None for _ in range(empty))]


def largest_form(most: int, *, fields: int, characters: int) -> int:
    """Bytes of the largest form with so many rows, each of so many fields and characters of free text."""
    return LARGEST_FORM + (most + SHORTEST_ROWS) * (fields * _FIELD_BYTES + characters * _CHARACTER_BYTES)


def most_fields(most: int, *, fields: int) -> int:
    """How many fields that form has."""
    return MOST_FIELDS + (most + SHORTEST_ROWS) * fields


def sent(
    visit: Visit,
    template: str,
    told: Callable[[Visit, Base], Mapping[str, object]],
    content_of: Callable[[Base], Content],
    official_seal: Callable[[], bytes | None] = lambda: None,
) -> Answer:
    """What comes of sending a form: its content put into its draft, or the form once more where something in it is
    wrong, with all that was typed. What a form that grew old says is shown beside what stands now, and not taken."""
    base = base_of(visit)
    revision = number_in(visit.typed("revision", 9) or "0")
    try:
        content = content_of(base)
        seal = official_seal()
    except Wrong as wrong:
        around = {"typed": Typed(visit.form), "revision": revision, **_told_faults(visit.texts, wrong)}
        return Shown(template, {**told(visit, base), **around}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if revision == base.revision:
        came = put(visit.desk, base.draft, content, revision, seal)
        if not isinstance(came, Kept):
            return Gone(f"/settings/drafts/{came.number}", Said.DRAFT_KEPT)
        if came.why is not WhyNot.CHANGED_SINCE:
            return Gone(f"{visit.path}{query(base.draft)}", Said.NOTHING_DONE)
        base = base_of(visit)
    asked = tell(visit.texts, difference(base.content, content), {})
    return Shown(template, {**told(visit, base), "moved": True, "asked": asked}, HTTPStatus.CONFLICT)


def require_profile(base: Base) -> ProfilePart:
    """The profile. Raises `ConfigurationError` while a municipality has none."""
    if base.content.profile is None:
        raise Objected(Objection.NO_PROFILE)
    return base.content.profile


def _told_faults(t: Texts, wrong: Wrong) -> Mapping[str, object]:
    """By input what is wrong with it, the same as a list that leads to each, and the rows in which something is."""
    lines = []
    for each in wrong.faults:
        named = t(f"settings.field.{each.field}")
        if each.row is not None:
            named = t("settings.in-row", row=each.row + 1, field=named)
        if each.of:
            named = t("settings.area-of", area=each.of, of=named)
        lines.append((each.place, named, t(f"mistake.{each.mistake.value}")))
    return {
        "faults": {place: why for place, _, why in reversed(lines)},
        "faulty": frozenset(each.row for each in wrong.faults if each.row is not None),
        "wrong": lines,
    }
