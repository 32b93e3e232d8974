"""Pages of the clerk's window to look at, beside a resident's screen, with the data of a municipality that does not
exist. For the gallery and the tests; nothing of it is ever served."""

from collections.abc import Mapping
from dataclasses import replace

from kiosk.counter import scenes as at
from kiosk.counter.day import entries as on
from kiosk.counter.day.counts import NOTHING, Counts, counts, one_each
from kiosk.counter.day.day import Day
from kiosk.counter.day.record import record
from kiosk.counter.desk import Desk, DeskCase
from kiosk.counter.form import filled
from kiosk.counter.kinds import CaseKind
from kiosk.counter.papers import case as papers
from kiosk.counter.papers.values import Procedure, Question, Sheet, Why
from kiosk.counter.resident import seen
from kiosk.counter.staff import Role, Staff
from kiosk.flow.state import Terminal
from kiosk.screens import samples

CLERK = Staff("K0127", Role.CLERK)
FLOAT = counts({1000: 10, 500: 10, 100: 30, 50: 10, 10: 50})
DOCUMENT = "7K2MQX4D9RTBC1AW"
DAY = "2026-11-30"
CLOCK = f"{DAY}T17:40"


def _day(*entries: on.Entry, before: Day | None = None) -> Day:
    day = before if before is not None else Day()
    for entry in entries:
        after = record(day, entry)
        if not isinstance(after, Day):
            raise ValueError(f"{entry} does not add up: {after.why}")
        day = after
    return day


def _less(pieces: Counts, taken: Counts) -> Counts:
    left = pieces.minus(taken)
    if left is None:
        raise ValueError("there are not so many pieces")
    return left


_TESTED = _day(on.Opened(DAY, FLOAT, 200), on.PrintBegun(on.SAMPLE, 1), on.PrintSettled(on.SAMPLE, whole=True))
_OWING = _day(
    on.TestLooked(good=True),
    on.Ticketed(1, on.Service.CERTIFICATE),
    on.Called(1, "09:05"),
    on.Served(1),
    on.Appointed(on.Appointment(1, DAY, "10:30", on.Service.X509_PIN)),
    on.Appointed(on.Appointment(2, DAY, "17:30", on.Service.CARD_APPLICATION)),
    on.Appointed(on.Appointment(3, "2026-12-02", "09:30", on.Service.CERTIFICATE)),
    on.Ticketed(2, on.Service.X509_PIN, appointment=1),
    on.Ticketed(3, on.Service.CARD_APPLICATION),
    on.Called(2, "10:30"),
    on.TakenIn(on.Kept(1, on.CustodyKind.SEALED_PIN_FORM, "A-0007")),
    on.TakenIn(on.Kept(2, on.CustodyKind.RETURNED_CARD, "X-0011")),
    on.MoneyTaken(one_each([1000])),
    on.FeeKept(400),
    on.PayoutOrdered(600),
    before=_TESTED,
)
OPEN = _day(on.PaidOut(counts({500: 1, 100: 1})), before=_OWING)
_OUT = _day(on.PrintBegun(DOCUMENT, 2, ordered=True), on.PrintSettled(DOCUMENT, whole=True), before=OPEN)
_RIGHT = _day(on.FoundRight((DOCUMENT,)), before=_OUT)
_OWED = _day(
    on.MoneyTaken(one_each([500])),
    on.PayoutOrdered(500),
    on.Unclaimed(1),
    before=OPEN,
)
_JAMMED = _day(on.PrintBegun(DOCUMENT, 2), on.PrintSettled(DOCUMENT, whole=False), before=OPEN)
_WAITING = _day(
    on.Served(2),
    on.Ticketed(4, on.Service.CERTIFICATE),
    on.Ticketed(5, on.Service.OTHER),
    before=OPEN,
)
_LAST = _day(on.Served(2), before=OPEN)
_STOPPED = _day(
    on.CaseAside(1, CaseKind.CARD_APPLICATION, "7C1E-93F0"),
    on.CaseAside(2, CaseKind.X509_PIN, "4Q7-K2M"),
    on.CaseAside(3, CaseKind.HAND_OVER, "#3"),
    before=OPEN,
)
_SHORT = _less(_LAST.drawer, counts({100: 1}))
_COUNTED = _day(on.CountedCash(_SHORT, "数え直しても同じ", "K0130"), on.CountedThings(199, 2), before=_LAST)
_CLOSED = _day(
    on.CountedCash(FLOAT, "数え直しても同じ", "K0130"),
    on.CountedThings(200, 0),
    on.Closed(FLOAT, NOTHING),
    before=_day(on.Opened(DAY, FLOAT, 200)),
)
_STAYS = _less(FLOAT, counts({500: 1, 100: 2}))


def _at(scene: at.DeskScene, beside: str = "01-start", **more: object) -> tuple[Desk, Terminal]:
    terminal = samples.ALL[beside]
    desk = replace(Desk(scene=scene, staff=CLERK, day=OPEN, clock=CLOCK, resident=seen(terminal)), **more)  # type: ignore[arg-type]
    return desk, terminal


def _papers(scene: papers.Scene, *, officer: bool = False) -> tuple[Desk, Terminal]:
    case = DeskCase(CaseKind.PAPERS, papers.PapersCase(1, scene, officer=officer), CLERK.mark)
    return _at(at.InCase(), "at-counter", case=case)


PAGES: Mapping[str, tuple[Desk, Terminal]] = {
    "desk-sign-in": _at(at.SignIn(mark="K0127", characters=9, code="123456"), staff=None, day=Day()),
    "desk-sign-in-card": _at(
        at.SignIn(at.SignInWay.CARD, characters=2, problem=at.SignInProblem.PIN), staff=None, day=Day()
    ),
    "desk-locked": _at(at.SignIn(problem=at.SignInProblem.WAIT, wait_s=60)),
    "desk-opening": _at(at.Home(), day=Day(), form=(*filled(FLOAT), ("sheets", "200"))),
    "desk-opening-next": _at(at.Home(), day=_CLOSED, notice="reason", form=(*filled(_SHORT), ("sheets", "200"))),
    "desk-opening-differs": _at(
        at.BeforeTwo(at.CountDiffers(on.Opened("", _SHORT, 200, _CLOSED.overnight, "数え直しても同じ"))), day=_CLOSED
    ),
    "desk-day": _at(at.Home(), "06-confirm"),
    "desk-test-print": _at(at.Home(), day=_TESTED),
    "desk-queue": _at(at.Home(at.Tab.QUEUE), form=(("service", "certificate"),)),
    "desk-queue-turn": _at(at.Home(at.Tab.QUEUE), day=_WAITING, form=(("ticket", "5"), ("turn", "cannot-wait"))),
    "desk-queue-appointment": _at(at.Home(at.Tab.QUEUE), day=_WAITING, form=(("appointment", "2"),)),
    "desk-order": _at(at.Home(at.Tab.ORDER)),
    "desk-guiding": _at(at.Guiding(), "03-pin"),
    "desk-money": _at(at.Guiding(), "08-pay-insert", asked=400, form=filled(one_each([1000]))),
    "desk-change": _at(at.Guiding(), "09-printing", day=_OWING),
    "desk-sheets": _at(at.Guiding(), "look-wait", day=_OUT),
    "desk-sheets-asking": _at(at.Guiding(), "look-ask", day=_OUT),
    "desk-sheets-right": _at(at.Guiding(), "10-take-sheets", day=_RIGHT),
    "desk-sheets-wrong": _at(at.Guiding(), "declined-sheets-not-right", day=_OUT),
    "desk-cases": _at(at.Home(at.Tab.CASES)),
    "desk-cases-lost": _at(at.Home(at.Tab.CASES), day=_STOPPED),
    "desk-custody": _at(at.Home(at.Tab.CUSTODY)),
    "desk-supplies": _at(at.Home(at.Tab.SUPPLIES), "12-fault", day=_JAMMED),
    "desk-supplies-owed": _at(at.Home(at.Tab.SUPPLIES), day=_OWED),
    "desk-pay-owed": _at(at.BeforeTwo(at.PayOwed(1)), day=_OWED, form=filled(counts({500: 1}))),
    "desk-destroy": _at(at.BeforeTwo(at.DestroySheets(DOCUMENT, 2)), day=_JAMMED, form=(("sheets", "1"),)),
    "desk-destroy-not-taken": _at(at.BeforeTwo(at.DestroyNotTaken((DOCUMENT,), 2)), day=_OUT),
    "desk-give-out": _at(at.BeforeTwo(at.GiveOut(1)), form=(("whither", "municipality"),)),
    "desk-differs": _at(
        at.BeforeTwo(at.CountDiffers(on.CountedCash(_SHORT, "数え直しても同じ"))), day=_LAST, form=filled(_SHORT)
    ),
    "desk-differs-things": _at(at.BeforeTwo(at.CountDiffers(on.CountedThings(198, 2, "1枚たりない"))), day=_COUNTED),
    "desk-count-cash": _at(at.Closing(), day=_LAST, notice="reason", form=filled(_SHORT)),
    "desk-count-things": _at(at.Closing(at.ClosingStep.THINGS), day=_COUNTED),
    "desk-deposit": _at(at.Closing(at.ClosingStep.DEPOSIT), day=_COUNTED, form=filled(_STAYS)),
    "desk-await": _at(at.AwaitTerminal(1), "08-pay"),
    "desk-papers": _papers(papers.Choosing()),
    "desk-papers-asking": _papers(papers.Asking(Question(Procedure.EXPRESS))),
    "desk-papers-officer": _papers(papers.Choosing(), officer=True),
    "desk-papers-naming": _papers(papers.Naming(Sheet.DELIVERY_NOTICE, "7c1e 93f0"), officer=True),
    "desk-papers-notice": _papers(papers.CameOut(Sheet.DELIVERY_NOTICE, 2), officer=True),
    "desk-papers-making": _papers(papers.Making(Sheet.WHERE_TO_GO, printing=True)),
    "desk-papers-none": _papers(papers.NoPaper(Sheet.FACE_CARE, Why.PRINTER)),
    "desk-papers-out": _papers(papers.CameOut(Sheet.INTENT_EXPLAINED, 1)),
}
"""Page → the desk, and the resident's flow beside it."""
