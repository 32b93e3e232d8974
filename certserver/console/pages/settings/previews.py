"""What a document would look like under a draft: its sides as pictures, and a file to print."""

from certserver.console.pages.settings.forms import number_in
from certserver.console.pages.settings.words import kind_name
from certserver.console.routes import Answer, PageRoute, Sent, Shown
from certserver.console.visit import Visit
from certserver.documents.forms import forms_of
from certserver.errors import NoSuchEntry
from certserver.objections import Objected, Objection
from certserver.office.rights import Right
from certserver.office.settings.preview import Preview
from certserver.stages import Refused
from koufu.evidence.words import CertificateKind

_KINDS = tuple(kind for kind in CertificateKind if forms_of(kind))


def show(visit: Visit) -> Answer:
    """The sides."""
    number, kind, whole = _asked(visit)
    made = visit.parts.previews.of(visit.desk, number, kind, whole=whole)
    told = {
        "number": number,
        "kind": kind.value,
        "title": kind_name(visit.texts, kind.value),
        "which": visit.named["which"],
        "kinds": [(each.value, kind_name(visit.texts, each.value)) for each in _KINDS],
        "sides": len(made.sides) if isinstance(made, Preview) else 0,
        "refused": made if isinstance(made, Refused) else None,
    }
    return Shown("settings/preview", told)


def side(visit: Visit) -> Answer:
    """One side."""
    made = _made(visit)
    at = number_in(visit.named["side"])
    if at >= len(made.sides):
        raise NoSuchEntry("the sample has no such side")
    return Sent(f"sample-{at}.png", "image/png", made.sides[at])


def file(visit: Visit) -> Answer:
    """All sides in one file."""
    return Sent("sample.pdf", "application/pdf", _made(visit).pdf)


def _made(visit: Visit) -> Preview:
    number, kind, whole = _asked(visit)
    made = visit.parts.previews.of(visit.desk, number, kind, whole=whole)
    if isinstance(made, Refused):
        raise Objected(Objection.NO_SAMPLE, reason=made.reason)
    return made


def _asked(visit: Visit) -> tuple[int, CertificateKind, bool]:
    which = visit.named["which"]
    if which not in ("whole", "part"):
        raise NoSuchEntry("there is no such sample")
    try:
        kind = CertificateKind(visit.named["kind"])
    except ValueError as error:
        raise NoSuchEntry("there is no such kind") from error
    return number_in(visit.named["number"]), kind, which == "whole"


_PATH = "/settings/drafts/{number}/samples/{kind}/{which}"

PAGES = (
    PageRoute(_PATH, show, right=Right.SEE),
    PageRoute(f"{_PATH}/{{side}}.png", side, right=Right.SEE, file=True),
    PageRoute(f"{_PATH}/sample.pdf", file, right=Right.SEE, file=True),
)
