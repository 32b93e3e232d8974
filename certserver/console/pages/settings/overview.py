"""What is in force now, and where each of it is changed."""

from certserver.console.pages.settings.forms import own_draft, query
from certserver.console.pages.settings.post_offices import missing
from certserver.console.pages.settings.unread import told_unread
from certserver.console.pages.settings.words import tell_content
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.office.outlet_names import outlet_names
from certserver.office.rights import Right
from certserver.office.settings import approving
from certserver.office.settings.difference import Area
from certserver.office.settings.draft_rows import UNDECIDED
from certserver.office.settings.drafts import drafts, stands
from certserver.office.settings.timeline import spans
from certserver.ports import in_japan
from koufu.evidence.words import CertificateKind

_AS_THEY_ARE = (
    *(Area.NAMES, Area.MAYOR, Area.LAYOUTS, Area.CHECKING, Area.WINDOW),
    *(Area.RETENTION, Area.IDENTITY, Area.CARD_MAKER),
)


def show(visit: Visit) -> Answer:
    """All of it."""
    desk, t = visit.desk, visit.texts
    at, stood = desk.now(), stands(desk)
    content = stood.content(at)
    lasting = spans(stood, at)
    today = in_japan(at).date()
    offices = [each for each in content.commissions or () if each.until is None or each.until >= today]
    set_kinds = {part.kind: part for part in content.kinds}
    told = {
        "content": content,
        "called": outlet_names(desk),
        "kinds": [(kind, set_kinds.get(kind)) for kind in CertificateKind],
        "rest": tell_content(t, content, _AS_THEY_ARE, lasting),
        "seal": tell_content(t, content, [Area.SEAL], lasting),
        "clauses": tell_content(t, content, [Area.CLAUSES], lasting),
        "refusals": tell_content(t, content, [Area.REFUSALS], lasting) if content.refusal_texts else (),
        "offices": len(offices),
        "lacking": sum(bool(missing(each, desk.municipality, today)) for each in offices),
        "revision": stood.revision,
        "unread": told_unread(t, stood.unread(at)),
        "undecided": drafts(desk, UNDECIDED),
        "may_search": visit.who.officer.may(Right.SEARCH_LEDGER),
        "may_draft": visit.who.officer.may(Right.DRAFT_SETTINGS),
    }
    return Shown("settings/overview", told)


def put_back(visit: Visit) -> Answer:
    """Begins a draft with what can't be read now, as it last could be."""
    return Gone(f"/settings/drafts/{approving.put_back(visit.desk).number}", Said.DRAFT_KEPT)


def choose(visit: Visit) -> Answer:
    """Which form a draft goes on with."""
    number = own_draft(visit, visit.named["number"]).number
    return Shown("settings/choose", {"number": number, "query": query(number), "kinds": list(CertificateKind)})


PAGES = (
    PageRoute("/settings", show, right=Right.SEE, menu="settings.title"),
    PageRoute("/settings/put-back", do=put_back, right=Right.DRAFT_SETTINGS),
    PageRoute("/settings/drafts/{number}/more", choose, right=Right.DRAFT_SETTINGS),
)
