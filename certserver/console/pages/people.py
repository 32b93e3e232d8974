"""People and roles: who there is, how they come in, and what is asked for them; another person decides that on the page
of what waits."""

from datetime import date, timedelta
from http import HTTPStatus

from certserver.console.objections import told
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.objections import Objected, Objection
from certserver.office import people
from certserver.office.rights import RIGHTS, HeldRole, OfficeRole, Right
from certserver.ports import in_japan


def show(visit: Visit) -> Answer:
    """Everybody."""
    return _people(visit)


def add(visit: Visit) -> Answer:
    """Enters somebody, and shows their way in, once."""
    mark = visit.typed("mark", 40)
    try:
        code = people.add_person(visit.desk, mark, visit.typed("name", people.LONGEST_NAME + 1))
    except Objected as met:
        return _people(visit, met)
    return Shown("way-in", {"mark": mark, "code": code})


def show_one(visit: Visit) -> Answer:
    """Somebody, and what can be asked for them."""
    return _person(visit)


def _person(visit: Visit, met: Objected | None = None) -> Shown:
    """With what was typed, and what stands against it."""
    today = in_japan(visit.now).date()
    person = people.person(visit.desk, visit.named["mark"])
    shown = {
        "person": person,
        "roles": [(role.value, [right.value for right in Right if right in RIGHTS[role]]) for role in OfficeRole],
        "today": today,
        "yesterday": today - timedelta(days=1),
        "endable": any(held.until is None or held.until >= today for held in person.roles),
        "asked": {"role": "", "since": today.isoformat(), "until": ""},
        "wrong": "" if met is None else told(visit.texts, met),
    }
    if met is not None and visit.path.endswith("/role"):
        shown["asked"] = {name: visit.typed(name, 32) for name in ("role", "since", "until")}
    return Shown("person", shown, HTTPStatus.OK if met is None else HTTPStatus.CONFLICT)


def open_again(visit: Visit) -> Answer:
    """Another way in for somebody who never came in."""
    mark = visit.named["mark"]
    return Shown("way-in", {"mark": mark, "code": people.open_again(visit.desk, mark)})


def ask_reset(visit: Visit) -> Answer:
    """Asks that somebody comes in anew."""
    people.ask_reset(visit.desk, visit.named["mark"])
    return _back(visit)


def ask_role(visit: Visit) -> Answer:
    """Asks for a role."""
    try:
        until = visit.typed("until")
        held = HeldRole(
            visit.named["mark"],
            OfficeRole(visit.typed("role")),
            date.fromisoformat(visit.typed("since")),
            date.fromisoformat(until) if until else None,
        )
        people.ask_role(visit.desk, held)
    except ValueError:
        return _person(visit, Objected(Objection.NO_ROLE))
    except Objected as met:
        return _person(visit, met)
    return _back(visit)


def ask_end(visit: Visit) -> Answer:
    """Asks that a role ends."""
    try:
        role, since = OfficeRole(visit.typed("role")), date.fromisoformat(visit.typed("since"))
    except ValueError as error:
        raise NoSuchEntry("this role is not held") from error
    try:
        last = date.fromisoformat(visit.typed("last"))
        people.ask_end(visit.desk, visit.named["mark"], role, since, last)
    except ValueError:
        return _person(visit, Objected(Objection.NO_DAY))
    except Objected as met:
        return _person(visit, met)
    return _back(visit)


def end_sessions(visit: Visit) -> Answer:
    """Ends what somebody has open."""
    people.end_sessions(visit.desk, visit.named["mark"])
    return Gone(f"/people/{visit.named['mark']}", Said.SESSIONS_OF_ANOTHER_ENDED)


def _people(visit: Visit, met: Objected | None = None) -> Shown:
    """Everybody, with what was typed for a newcomer and what is wrong with it."""
    shown = {
        "people": people.people(visit.desk),
        "today": in_japan(visit.now).date(),
        "mark": visit.typed("mark", 40),
        "name": visit.typed("name", people.LONGEST_NAME + 1),
        "faults": {},
        "wrong": (),
    }
    if met is None:
        return Shown("people", shown)
    place = "name" if met.why is Objection.NO_NAME else "mark"
    text = told(visit.texts, met)
    shown |= {"faults": {place: text}, "wrong": [(place, visit.texts(f"people.{place}"), text)]}
    return Shown("people", shown, HTTPStatus.UNPROCESSABLE_ENTITY)


def _back(visit: Visit) -> Gone:
    return Gone(f"/people/{visit.named['mark']}", Said.ASKED)


PAGES = (
    PageRoute("/people", show, add, right=Right.KEEP_PEOPLE, menu="menu.people"),
    PageRoute("/people/{mark}", show_one, right=Right.KEEP_PEOPLE),
    PageRoute("/people/{mark}/way-in", None, open_again, right=Right.KEEP_PEOPLE),
    PageRoute("/people/{mark}/reset", None, ask_reset, right=Right.KEEP_PEOPLE),
    PageRoute("/people/{mark}/role", None, ask_role, right=Right.KEEP_PEOPLE),
    PageRoute("/people/{mark}/role-end", None, ask_end, right=Right.KEEP_PEOPLE),
    PageRoute("/people/{mark}/sessions-end", None, end_sessions, right=Right.KEEP_PEOPLE),
)
