"""What documents are for: the first question of a terminal, and what the municipality suggests for each answer."""

from certserver.console.pages.settings.forms import (
    Base,
    base_of,
    largest_form,
    most_fields,
    rows,
    sent,
)
from certserver.console.pages.settings.reading import Reading
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.rights import Right
from certserver.office.settings.content import Content
from certserver.office.settings.parts import PurposePart
from certserver.rules.choices import OPTIONS, SCOPES
from certserver.rules.settings import Advice
from koufu.evidence.words import CertificateKind, Option, Scope

_TEMPLATE = "settings/purposes"
_MOST_ROWS = 60
_WORDS = ("name", "name_en", "note", "note_en")
_LONGEST = 400
_ROW_FIELDS = 4 + len(_WORDS) + len(Option)


def show(visit: Visit) -> Answer:
    """The form."""
    return Shown(_TEMPLATE, _told(visit, base_of(visit)))


def do(visit: Visit) -> Answer:
    """Puts the list into a draft."""
    return sent(visit, _TEMPLATE, _told, lambda _: Content(purposes=_typed(visit)))


def _told(visit: Visit, base: Base) -> dict[str, object]:
    t = visit.texts
    return {
        **base.around(),
        "purposes": rows(visit, _MOST_ROWS, "code", base.content.purposes or ()),
        # A scope belongs to its kind: one field asks for both.
        "suggested": [
            ("", t("settings.nothing-suggested")),
            *(
                (f"{kind.value} {scope.value}", f"{t(f'word.{kind.value}')} – {t(f'word.{scope.value}')}")
                for kind in CertificateKind
                for scope in Scope
                if scope in SCOPES[kind]
            ),
        ],
        "options": [each.value for each in Option if any(each in of_kind for of_kind in OPTIONS.values())],
        "advices": [(each.value, t(f"word.{each.value}")) for each in Advice],
    }


def _typed(visit: Visit) -> tuple[PurposePart, ...]:
    """What the form says, in the order of the places that were given. Raises `Wrong`."""
    reading = Reading(visit)
    found = []
    for row in reading.rows(_MOST_ROWS, "code"):
        part = _purpose(visit, reading, row)
        place = visit.typed(f"place-{row}", 3)
        if part is not None:
            found.append((int(place) if place.isdecimal() else row + 1, row, part))
    reading.different("code", [(row, part.code) for _, row, part in found])
    reading.done()
    return tuple(part for _, _, part in sorted(found, key=lambda each: each[:2]))


def _purpose(visit: Visit, reading: Reading, row: int) -> PurposePart | None:
    kind, _, scope = visit.typed(f"suggested-{row}", 64).partition(" ")
    return reading.made(
        PurposePart,
        {
            "code": visit.typed(f"code-{row}", 33),
            "kind": kind or None,
            "scope": scope or None,
            "options": tuple(visit.form.getlist(f"options-{row}")) if kind else (),
            "advice": visit.typed(f"advice-{row}", 32),
            **{name: visit.typed(f"{name}-{row}", _LONGEST + 1) for name in _WORDS},
        },
        row,
        places={"kind": "suggested", "scope": "suggested", "options": "suggested", "": "suggested"},
    )


PAGES = (
    PageRoute(
        "/settings/purposes",
        show,
        do,
        right=Right.DRAFT_SETTINGS,
        largest=largest_form(_MOST_ROWS, fields=_ROW_FIELDS, characters=_LONGEST * len(_WORDS)),
        fields=most_fields(_MOST_ROWS, fields=_ROW_FIELDS),
    ),
)
