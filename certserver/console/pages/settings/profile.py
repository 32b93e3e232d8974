"""Names, mayor and deputy, clauses, layouts, what the back says about checking, the window; and the official seal,
which comes as a file."""

from dataclasses import fields

from certserver.console.pages.settings.forms import (
    Base,
    Wrong,
    base_of,
    into_draft,
    made,
    number_in,
    require_profile,
    sent,
)
from certserver.console.pages.settings.words import SPLIT_CLAUSES
from certserver.console.routes import Answer, PageRoute, Sent, Shown
from certserver.console.visit import Visit
from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.errors import NoSuchEntry
from certserver.municipality import CheckInstructions, Window
from certserver.office.rights import Right
from certserver.office.settings.content import Content
from certserver.office.settings.draft_rows import Draft
from certserver.office.settings.drafts import look, stands
from certserver.office.settings.parts import ProfilePart
from koufu.evidence.words import CertificateKind

_TEMPLATE = "settings/profile"
_SEAL = "settings/seal"
LARGEST_SEAL = 128 * 1024
LARGEST_FORM = 128 * 1024
"""Clauses of every kind, each character nine bytes on the wire."""

_NAMES = ("prefecture", "prefecture_en", "name", "name_kana", "name_en")
_MAYOR = ("mayor_title", "mayor_name", "deputy_title")
_CHECKING = tuple(field.name for field in fields(CheckInstructions))
_WINDOW = tuple(field.name for field in fields(Window))


def show(visit: Visit) -> Answer:
    """The form."""
    return Shown(_TEMPLATE, _told(visit, base_of(visit)))


def do(visit: Visit) -> Answer:
    """Puts it into a draft."""

    def keep(base: Base) -> Answer:
        return into_draft(visit, Content(profile=_typed(visit, require_profile(base))))

    return sent(visit, _TEMPLATE, _told, keep)


def seal(visit: Visit) -> Answer:
    """The form for a new official seal."""
    base = base_of(visit)
    require_profile(base)
    return Shown(_SEAL, dict(base.around()))


def new_seal(visit: Visit) -> Answer:
    """Puts a seal into a draft. Raises `ConfigurationError` for a file that can't be one."""

    def keep(_: Base) -> Answer:
        content = visit.files.get("seal", b"")
        if not content:
            raise Wrong(("seal",))
        return into_draft(visit, Content(), visit.parts.read_seal(content))

    return sent(visit, _SEAL, lambda _, base: base.around(), keep)


def seal_in_force(visit: Visit) -> Answer:
    """The official seal as it prints now."""
    profile = stands(visit.desk).profile(visit.desk.now())
    if profile is None:
        raise NoSuchEntry("there is no profile yet")
    return Sent("official-seal.png", "image/png", profile.official_seal)


def seal_drafted(visit: Visit) -> Answer:
    """The official seal that a draft has."""
    draft: Draft = look(visit.desk, number_in(visit.named["number"])).draft
    if draft.official_seal is None:
        raise NoSuchEntry("this draft has no official seal")
    return Sent(f"official-seal-{draft.number}.png", "image/png", draft.official_seal)


def _told(_visit: Visit, base: Base) -> dict[str, object]:
    profile = require_profile(base)
    clauses = {(clause.kind, clause.whole): clause.text for clause in profile.clauses}
    return {
        **base.around(),
        "profile": profile,
        "names": _NAMES,
        "mayor": _MAYOR,
        "checking": _CHECKING,
        "window": _WINDOW,
        "clauses": [
            (kind.value, whole, clauses.get((kind, whole), ""), kind in SPLIT_CLAUSES)
            for kind, whole in _clause_fields(profile)
        ],
        "layouts": [
            (kind.value, kind in profile.individual_forms) for kind in CertificateKind if len(forms_of(kind)) > 1
        ],
    }


def _clause_fields(profile: ProfilePart) -> list[tuple[CertificateKind, bool]]:
    """Which clauses a municipality words: of the whole and of a part where these differ; else the one there is."""
    found = []
    for kind in CertificateKind:
        source = forms_of(kind)[0].clause_source
        if kind in SPLIT_CLAUSES:
            found += [(kind, True), (kind, False)]
        elif source is ClauseSource.MUNICIPALITY:
            found.append((kind, any(clause.whole for clause in profile.clauses if clause.kind is kind)))
    return found


def _typed(visit: Visit, profile: ProfilePart) -> ProfilePart:
    """What the form says. Raises `Wrong`."""
    clauses = []
    for kind, whole in _clause_fields(profile):
        text = visit.typed(f"clause-{kind.value}-{'whole' if whole else 'part'}", 400)
        if text:
            clauses.append({"kind": kind, "whole": whole, "text": text})
    ticked = set(visit.form.getlist("layout"))
    names = {name: visit.typed(name) for name in (*_NAMES, *_MAYOR)}
    return made(
        ProfilePart,
        {
            **names,
            "deputy_title": names["deputy_title"] or None,
            "clauses": clauses,
            "individual_forms": tuple(kind for kind in CertificateKind if kind.value in ticked),
            "checking": {name: visit.typed(f"checking-{name}") for name in _CHECKING},
            "window": {name: visit.typed(f"window-{name}") for name in _WINDOW},
        },
    )


PAGES = (
    PageRoute("/settings/profile", show, do, right=Right.DRAFT_SETTINGS, largest=LARGEST_FORM),
    PageRoute("/settings/seal", seal, new_seal, right=Right.DRAFT_SETTINGS, uploads=LARGEST_SEAL),
    PageRoute("/settings/seal/in-force.png", seal_in_force, right=Right.SEE, file=True),
    PageRoute("/settings/drafts/{number}/seal.png", seal_drafted, right=Right.SEE, file=True),
)
