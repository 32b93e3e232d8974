"""Names, mayor and deputy, clauses, layouts, what the back says about checking, the window; and the official seal,
which comes as a file."""

from dataclasses import fields

from certserver.console.pages.settings.forms import (
    Base,
    base_of,
    number_in,
    require_profile,
    sent,
)
from certserver.console.pages.settings.reading import Mistake, Reading
from certserver.console.pages.settings.words import SPLIT_CLAUSES
from certserver.console.routes import Answer, PageRoute, Sent, Shown
from certserver.console.visit import Visit
from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.errors import NoSuchEntry
from certserver.municipality import CheckInstructions, Window
from certserver.objections import Objected, Objection
from certserver.office.rights import Right
from certserver.office.settings.content import Content
from certserver.office.settings.draft_rows import Draft
from certserver.office.settings.drafts import look, stands
from certserver.office.settings.part import is_line
from certserver.office.settings.parts import ProfilePart
from koufu.evidence.words import CertificateKind

_TEMPLATE = "settings/profile"
_OFFICIAL_SEAL = "settings/seal"
LARGEST_SEAL = 128 * 1024
_LONGEST = 200
_LONGEST_CLAUSE = 400
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
    return sent(visit, _TEMPLATE, _told, lambda base: Content(profile=_typed(visit, _shown(base))))


def official_seal(visit: Visit) -> Answer:
    """The form for a new official seal."""
    base = base_of(visit)
    require_profile(base)
    return Shown(_OFFICIAL_SEAL, dict(base.around()))


def new_official_seal(visit: Visit) -> Answer:
    """Puts an official seal into a draft."""
    return sent(visit, _OFFICIAL_SEAL, lambda _, base: base.around(), lambda _: Content(), lambda: _picture(visit))


def _picture(visit: Visit) -> bytes:
    """The file that came. Raises `Wrong`."""
    reading = Reading(visit)
    content = visit.files.get("seal", b"")
    if not content:
        reading.fault("seal", Mistake.EMPTY)
        reading.done()
    try:
        return visit.parts.read_official_seal(content)
    except Objected:
        reading.fault("seal", Mistake.NO_OFFICIAL_SEAL)
    reading.done()
    return b""


def official_seal_in_force(visit: Visit) -> Answer:
    """The official seal as it prints now."""
    profile = stands(visit.desk).profile(visit.desk.now())
    if profile is None:
        raise NoSuchEntry("there is no profile yet")
    return Sent("official-seal.png", "image/png", profile.official_seal)


def official_seal_drafted(visit: Visit) -> Answer:
    """The official seal that a draft has."""
    draft: Draft = look(visit.desk, number_in(visit.named["number"])).draft
    if draft.official_seal is None:
        raise NoSuchEntry("this draft has no official seal")
    return Sent(f"official-seal-{draft.number}.png", "image/png", draft.official_seal)


def _shown(base: Base) -> ProfilePart:
    """The profile that the form begins with. Raises `ConfigurationError` while a municipality has none."""
    if base.profile is None:
        raise Objected(Objection.NO_PROFILE)
    return base.profile


def _told(_visit: Visit, base: Base) -> dict[str, object]:
    profile = _shown(base)
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
    reading = Reading(visit)
    clauses = []
    for kind, whole in _clause_fields(profile):
        text = _text(visit, reading, "clauses", f"clause-{kind.value}-{'whole' if whole else 'part'}", _LONGEST_CLAUSE)
        if text:
            clauses.append({"kind": kind, "whole": whole, "text": text})
    ticked = set(visit.form.getlist("layout"))
    names = {name: visit.typed(name, _LONGEST + 1) for name in (*_NAMES, *_MAYOR)}
    made = reading.made(
        ProfilePart,
        {
            **names,
            "deputy_title": names["deputy_title"] or None,
            "clauses": clauses,
            "individual_forms": tuple(kind for kind in CertificateKind if kind.value in ticked),
            "checking": {name: _needed(visit, reading, "checking", name) for name in _CHECKING},
            "window": {name: _needed(visit, reading, "window", name) for name in _WINDOW},
        },
        # Their mistakes were told at each of their fields.
        places={"checking": "", "window": "", "clauses": ""},
    )
    reading.done()
    assert made is not None, "what can't be made is a mistake"
    return made


def _needed(visit: Visit, reading: Reading, part: str, name: str) -> str:
    text = _text(visit, reading, part, f"{part}-{name}", _LONGEST)
    if not text:
        reading.fault(part, Mistake.EMPTY, f"{part}-{name}")
    return text


def _text(visit: Visit, reading: Reading, field: str, place: str, longest: int) -> str:
    """One line of a part that has several; empty where nothing was typed."""
    text = visit.typed(place, longest + 1)
    if not is_line(text):
        reading.fault(field, Mistake.NOT_PRINTABLE, place)
    elif len(text) > longest:
        reading.fault(field, Mistake.TOO_LONG, place)
    return text


PAGES = (
    PageRoute("/settings/profile", show, do, right=Right.DRAFT_SETTINGS, largest=LARGEST_FORM),
    PageRoute("/settings/seal", official_seal, new_official_seal, right=Right.DRAFT_SETTINGS, uploads=LARGEST_SEAL),
    PageRoute("/settings/seal/in-force.png", official_seal_in_force, right=Right.SEE, file=True),
    PageRoute("/settings/drafts/{number}/seal.png", official_seal_drafted, right=Right.SEE, file=True),
)
