"""One card application as an officer looks at it, for a purpose: all of it, a picture or scan that is attached, or a
paper that says what it says. Each view is noted before anything is shown (I12); nothing is ever written to a file."""

from dataclasses import dataclass, field

from certserver.applications.deadlines import deadline_row
from certserver.applications.identity import IdentityPolicy
from certserver.applications.states import State
from certserver.errors import NoSuchEntry
from certserver.office.applications.acting import known, raise_declined
from certserver.office.applications.checks import Check, checks_of
from certserver.office.applications.deciding import Possible, possible
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose
from certserver.office.rights import Right
from certserver.papers.kinds import PAPERS, PaperKind, may_be_filled
from certserver.papers.press import DrawnPaper
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.papers import PaperParts, filled_paper
from certserver.pipeline.card_applications.rows import read_application
from certserver.pipeline.card_applications.viewing import Content, Shown, Standing, read_attachment, show
from certserver.ports import in_japan, unix
from certserver.registers.resident_now import ResidentNow, read_resident_now


@dataclass(frozen=True, slots=True)
class Looked:
    """An application, what is looked at in it by the rules of today, what may be done, and which papers can be had.
    `over`: it should have left its state before today; `sure` is how sure the rule of that is, empty without one."""

    shown: Shown = field(repr=False)
    over: bool
    sure: str
    checks: tuple[Check, ...]
    possible: tuple[Possible, ...]
    papers: tuple[PaperKind, ...]


def look(desk: Desk, application_id: str, purpose: Purpose | None) -> Looked:
    """All of it. Raises `NoSuchEntry`."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    who = known(desk, purpose)
    shown = show(desk.applications, who, desk.municipality, application_id)
    if isinstance(shown, Declined):
        raise_declined(shown)
    if isinstance(shown, Standing):
        raise NoSuchEntry("of this application an officer here sees the state alone")
    application = shown.application
    day = in_japan(desk.now()).date()
    checks: tuple[Check, ...] = ()
    if shown.personal is not None:
        policy, record = _beside(desk, shown.personal.resident_id)
        checks = checks_of(shown, record, policy, day)
    papers = tuple(
        kind for kind in PAPERS if shown.personal is not None and may_be_filled(kind, who.actor.role, application.state)
    )
    came = in_japan(unix(application.moved_at)).date()
    rule = deadline_row(application.state, came, express=application.express) if shown.due_on else None
    return Looked(
        shown=shown,
        over=shown.due_on is not None and shown.due_on < day,
        sure="" if rule is None else rule.confirmed.value,
        checks=checks,
        possible=possible(application.state, application.route),
        papers=papers,
    )


def state_of(desk: Desk, application_id: str) -> State:
    """Where it stands, and nothing else. Raises `NoSuchEntry`."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    with desk.database.reading() as connection:
        stored = read_application(connection, desk.municipality, application_id)
    if stored is None:
        raise NoSuchEntry("there is no such application")
    return stored.application.state


def attached(desk: Desk, application_id: str, number: int, purpose: Purpose | None) -> Content:
    """A picture or scan. Raises `NoSuchEntry` and `NotDone`."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    content = read_attachment(desk.applications, known(desk, purpose), desk.municipality, application_id, number)
    if isinstance(content, Declined):
        raise_declined(content)
    return content


def paper(desk: Desk, papers: PaperParts, application_id: str, kind: PaperKind, purpose: Purpose | None) -> DrawnPaper:
    """A paper with what the application says. Raises `NoSuchEntry` and `NotDone`."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    drawn = filled_paper(desk.applications, papers, known(desk, purpose), desk.municipality, application_id, kind)
    if isinstance(drawn, Declined):
        raise_declined(drawn)
    return drawn


def _beside(desk: Desk, resident_id: str) -> tuple[IdentityPolicy, ResidentNow | None]:
    with desk.database.reading() as connection:
        policy = read_counter_settings(connection, desk.municipality).policy(desk.now())
        return policy, read_resident_now(connection, desk.municipality, resident_id)
