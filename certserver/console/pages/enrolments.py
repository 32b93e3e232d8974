"""Enrolments for a koseki (利用登録申請): what waits, what an applicant said beside what the register records, and the
decision."""

from http import HTTPStatus

from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.identity.enrolments import DeclineReason, EnrolmentState
from certserver.office import enrolments
from certserver.office.enrolments import NotDecided, Recorded
from certserver.office.rights import Right
from koufu.evidence.numbers import printed

_LONGEST_KEY = 40
DECLINING = tuple(each for each in DeclineReason if each is not DeclineReason.LAPSED)
"""The reasons that a person gives."""


def index(visit: Visit) -> Answer:
    """Those that wait, and those that were decided lately."""
    everyone = enrolments.enrolments(visit.desk, decided=True)
    told = {
        "waiting": [each for each in everyone if each.state is EnrolmentState.APPLIED],
        "decided": [each for each in reversed(everyone) if each.state is not EnrolmentState.APPLIED][:_SHOWN],
        "printed": printed,
    }
    return Shown("enrolments/index", told)


def show(visit: Visit) -> Answer:
    """One of them."""
    return _shown(visit)


def compare(visit: Visit) -> Answer:
    """The same, beside somebody of the register."""
    try:
        return _shown(visit, enrolments.held_against(visit.desk, _number(visit), _person(visit), visit.purpose))
    except NotDecided as refused:
        return _shown(visit, wrong=refused.why.value)


def approve(visit: Visit) -> Answer:
    """Approves it for somebody of the register."""
    try:
        enrolments.approve(visit.desk, _number(visit), _person(visit))
    except NotDecided as refused:
        return _shown(visit, wrong=refused.why.value)
    return Gone("/enrolments", Said.ENROLMENT_APPROVED)


def decline(visit: Visit) -> Answer:
    """Declines it."""
    try:
        enrolments.decline(visit.desk, _number(visit), DeclineReason(visit.typed("reason")))
    except ValueError:
        return _shown(visit, wrong="no-reason")
    except NotDecided as refused:
        return _shown(visit, wrong=refused.why.value)
    return Gone("/enrolments", Said.ENROLMENT_DECLINED)


def withdraw(visit: Visit) -> Answer:
    """Ends it, as its holder wishes, once that is meant: they would have to apply anew."""
    try:
        if visit.typed("although") != "yes" and enrolments.one_enrolment(visit.desk, _number(visit)).state in _ENDS:
            return _shown(visit, withdrawing=True)
        enrolments.withdraw(visit.desk, _number(visit))
    except NotDecided as refused:
        return _shown(visit, wrong=refused.why.value)
    return Gone("/enrolments", Said.ENROLMENT_WITHDRAWN)


def _shown(visit: Visit, recorded: Recorded | None = None, *, wrong: str = "", withdrawing: bool = False) -> Shown:
    enrolment = enrolments.one_enrolment(visit.desk, _number(visit))
    said = None
    if enrolment.state is EnrolmentState.APPLIED:
        said = enrolments.said_of(visit.desk, enrolment.number, visit.purpose).said
    told = {
        "number": printed(enrolment.number),
        "enrolment": enrolment,
        "former": printed(said.former) if said is not None and said.former else "",
        "applied": said,
        "recorded": recorded,
        "koseki": visit.typed("koseki", _LONGEST_KEY),
        "person": visit.typed("person", _LONGEST_KEY),
        "reasons": [each.value for each in DECLINING],
        "ends": enrolment.state in _ENDS,
        "withdrawing": withdrawing,
        "wrong": wrong,
    }
    return Shown("enrolments/one", told, HTTPStatus.UNPROCESSABLE_ENTITY if wrong or withdrawing else HTTPStatus.OK)


def _number(visit: Visit) -> str:
    return visit.named["enrolment"]


def _person(visit: Visit) -> tuple[str, str]:
    return visit.typed("koseki", _LONGEST_KEY), visit.typed("person", _LONGEST_KEY)


_ENDS = (EnrolmentState.APPLIED, EnrolmentState.APPROVED)
"""What its holder may have ended."""

_SHOWN = 50
"""Of those that were decided."""

_ONE = "/enrolments/{enrolment}"

PAGES = (
    PageRoute("/enrolments", index, right=Right.KEEP_REGISTERS, menu="menu.enrolments"),
    PageRoute(_ONE, show, compare, right=Right.KEEP_REGISTERS, personal=True),
    PageRoute(f"{_ONE}/approve", None, approve, right=Right.KEEP_REGISTERS, personal=True),
    PageRoute(f"{_ONE}/decline", None, decline, right=Right.KEEP_REGISTERS, personal=True),
    PageRoute(f"{_ONE}/withdraw", None, withdraw, right=Right.KEEP_REGISTERS, personal=True),
)
