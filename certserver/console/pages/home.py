"""The first page: what waits for whoever is signed in, and how the service stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.alarms import alarms
from certserver.office.applications.inbox import waiting as applications_waiting
from certserver.office.enrolments import enrolments
from certserver.office.proposals import waiting
from certserver.office.rights import OfficeRole, Right
from certserver.office.settings.drafts import not_read, to_be_approved
from certserver.office.signing_in.by_passkey import passkeys_of
from certserver.office.standing import standing
from certserver.office.terminals.reading import to_look_after
from certserver.ports import in_japan
from certserver.rules.unread import OF_ALL


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person, and where it is done."""

    path: str
    text: str


def show(visit: Visit) -> Answer:
    """What waits, and how it stands."""
    stands, unread = standing(visit.desk), not_read(visit.desk)
    roles = visit.who.officer.roles
    told = {
        "waiting": [each for look in LOOKS for each in look(visit)],
        "open_alarms": stands.open_alarms,
        "halted": any(each.of in OF_ALL for each in unread),
        "unread": len(unread),
        "issued": stands.issued,
        "roles": [role.value for role in OfficeRole if role in roles],
        "code": visit.parts.doors.municipality,
    }
    return Shown("home", told)


def _passkey(visit: Visit) -> Sequence[Waiting]:
    if passkeys_of(visit.parts.doors, visit.mark):
        return ()
    return (Waiting("/account", visit.texts("home.lacks-passkey")),)


def _proposals(visit: Visit) -> Sequence[Waiting]:
    if not visit.who.officer.may(Right.APPROVE):
        return ()
    asked = [each for each in waiting(visit.desk) if each.asked_by != visit.mark]
    return (Waiting("/proposals", visit.texts("home.proposals", n=len(asked))),) if asked else ()


def _alarms(visit: Visit) -> Sequence[Waiting]:
    if not visit.who.officer.may(Right.CLOSE_ALARMS):
        return ()
    open_ones = sum(each.closed_at is None for each in alarms(visit.desk))
    return (Waiting("/alarms", visit.texts("home.alarms", n=open_ones)),) if open_ones else ()


def _drafts(visit: Visit) -> Sequence[Waiting]:
    proposed = to_be_approved(visit.desk)
    return (Waiting("/settings/drafts", visit.texts("home.drafts", n=proposed)),) if proposed else ()


def _settings(visit: Visit) -> Sequence[Waiting]:
    lost = len(not_read(visit.desk)) if visit.who.officer.may(Right.DRAFT_SETTINGS) else 0
    return (Waiting("/settings", visit.texts("home.settings", n=lost)),) if lost else ()


def _enrolments(visit: Visit) -> Sequence[Waiting]:
    if not visit.who.officer.may(Right.KEEP_REGISTERS):
        return ()
    waits = len(enrolments(visit.desk))
    return (Waiting("/enrolments", visit.texts("home.enrolments", n=waits)),) if waits else ()


def _applications(visit: Visit) -> Sequence[Waiting]:
    if not visit.who.officer.may(Right.DECIDE_APPLICATIONS):
        return ()
    waits = applications_waiting(visit.desk)
    if not waits.all:
        return ()
    text = visit.texts("home.applications", n=waits.all, express=waits.express, over=waits.over)
    return (Waiting("/applications", text),)


def _terminals(visit: Visit) -> Sequence[Waiting]:
    if not visit.who.officer.may(Right.KEEP_TERMINALS):
        return ()
    silent, ending = to_look_after(visit.desk)
    found = (("home.terminals-silent", silent), ("home.terminals-x509", ending))
    ends = (visit.texts(f"home.{what}-ends", day=in_japan(at).date()) for what, at in visit.parts.tls_ends())
    texts = (*ends, *(visit.texts(text, n=n) for text, n in found if n))
    return tuple(Waiting("/terminals", text) for text in texts)


LOOKS: tuple[Callable[[Visit], Sequence[Waiting]], ...] = (
    _alarms,
    _settings,
    _proposals,
    _drafts,
    _enrolments,
    _applications,
    _terminals,
    _passkey,
)
"""What tells of something that waits for whoever is signed in."""

PAGES = (PageRoute("/", show, menu="menu.home"),)
