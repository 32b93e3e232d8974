"""What counted when a document was issued, by the number on the paper: one entry of the ledger, seen for a purpose."""

from certserver.console.pages.settings.unread import told_unread
from certserver.console.pages.settings.words import kind_name, tell_content
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.rights import Right
from certserver.office.settings.difference import Area
from certserver.office.settings.timeline import then
from certserver.rules.unread import Stored
from koufu.evidence.numbers import printed

_OF_KIND = (Area.CHOICES, Area.FEES, Area.HOURS, Area.TAX_YEARS)
_OF_ALL = (Area.MAYOR, Area.SEAL, Area.CLAUSES, Area.LAYOUTS, Area.CHECKING)


def show(visit: Visit) -> Answer:
    """The question, and the answer to it. Raises `ConfigurationError` for a number of no document."""
    number = visit.query.get("number", "")[:40].strip()
    if not number:
        return Shown("settings/then", {"number": "", "then": None})
    was, t = then(visit.desk, number, visit.purpose), visit.texts
    of_kind = was.content.model_copy(
        update={
            "kinds": tuple(part for part in was.content.kinds if part.kind.value == was.kind),
            "tax_years": tuple(
                part for part in was.content.tax_years if was.kind in {kind.value for kind in part.kinds}
            ),
        }
    )
    told = {
        "number": printed(was.document_no),
        "then": was,
        "kind": kind_name(t, was.kind),
        "unread": told_unread(t, (each for each in was.unread if each.name == was.kind or each.of is Stored.PROFILE)),
        "told": tell_content(t, of_kind, (*_OF_KIND, *_OF_ALL), was.spans),
    }
    return Shown("settings/then", told)


PAGES = (PageRoute("/settings/then", show, right=Right.SEARCH_LEDGER, personal=True),)
