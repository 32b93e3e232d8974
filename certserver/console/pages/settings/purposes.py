"""What documents are for: the first question of a terminal, and what the municipality suggests for each answer."""

from certserver.console.pages.settings.forms import (
    Base,
    Wrong,
    base_of,
    filled,
    into_draft,
    largest_form,
    made,
    most_fields,
    rows,
    sent,
)
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
    return sent(visit, _TEMPLATE, _told, lambda _: into_draft(visit, Content(purposes=tuple(_typed(visit)))))


def _told(visit: Visit, base: Base) -> dict[str, object]:
    return {
        **base.around(),
        "purposes": rows(visit, _MOST_ROWS, "code", base.content.purposes or ()),
        # A scope belongs to its kind: one field asks for both.
        "suggested": [
            (kind.value, scope.value) for kind in CertificateKind for scope in Scope if scope in SCOPES[kind]
        ],
        "options": [each.value for each in Option if any(each in of_kind for of_kind in OPTIONS.values())],
        "advices": [each.value for each in Advice],
    }


def _typed(visit: Visit) -> list[PurposePart]:
    """What the form says, in the order of the places that were given. Raises `Wrong`."""
    found = []
    for row in filled(visit, _MOST_ROWS, "code"):
        kind, _, scope = visit.typed(f"suggested-{row}", 64).partition(" ")
        part = made(
            PurposePart,
            {
                "code": visit.typed(f"code-{row}", 32),
                "kind": kind or None,
                "scope": scope or None,
                "options": tuple(visit.form.getlist(f"options-{row}")) if kind else (),
                "advice": visit.typed(f"advice-{row}", 32),
                **{name: visit.typed(f"{name}-{row}", _LONGEST) for name in _WORDS},
            },
        )
        place = visit.typed(f"place-{row}", 3)
        found.append((int(place) if place.isdecimal() else row + 1, row, part))
    codes = [part.code for _, _, part in found]
    if len(set(codes)) != len(codes):
        raise Wrong(("code",))
    return [part for _, _, part in sorted(found, key=lambda each: each[:2])]


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
