"""Terminals that told something, for pages and tests that show them."""

from certserver.office.debts import pay
from certserver.office.desk import Desk
from certserver.office.terminals.changing import offer_enrolment, want_log
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.debts import keep_debt
from certserver.pipeline.heartbeat import Beat, heartbeat
from certserver.pipeline.terminals.logs import LogLine
from certserver.pipeline.terminals.told import Owed, Told
from koufu.release import BUILD, WIRE_SCHEMA
from tests.support.server import ServerForTests

WELL = {"printer": "ready", "paper": "ready", "cash": "ready", "card": "ready"}
OWED = Owed(yen=300, unclear=True, debts=2, debt_yen=450, outcomes_untold=1, calls_untold=3, documents_on_the_way=1)


def beats(
    server: ServerForTests, terminal: str, told: Told, *, build: str = BUILD, log: tuple[LogLine, ...] | None = None
) -> bool:
    """A heartbeat of a terminal; whether its log is wanted."""
    beat = Beat(build, WIRE_SCHEMA, told, log)
    caller = server.caller(terminal)
    return heartbeat(server.node.parts, caller, server.node.settings.municipality, beat).wants_log


def told_terminals(server: ServerForTests, desk: Desk) -> None:
    """kiosk-1 is out of paper, owes something (on slips too) and has sent a log; kiosk-2 is silent; kiosk-3 awaited."""
    now = desk.now()
    server.clock.advance(-3600)
    beats(server, "kiosk-2", Told(WELL, (), 480, Owed()))
    server.clock.advance(3600)
    want_log(desk, "kiosk-1")
    lines = (
        LogLine(
            now - 90, "error", "action broke", effect="PrintDocument", fault="PrinterError", place="printers.ipp:88"
        ),
        LogLine(now - 60, "warning", "staff called", occasion="debt", reference="4Q7-K2M", yen=300),
    )
    beats(server, "kiosk-1", Told({**WELL, "paper": "empty"}, ("paper", "unsettled"), 0, OWED), log=lines)
    told_debts(server, desk)
    offer_enrolment(desk, "kiosk-3", Outlet("mihon-ekimae", OutletKind.CONVENIENCE_STORE))


def told_debts(server: ServerForTests, desk: Desk) -> None:
    """Slips of kiosk-1: one that is due, one in cash to compare of which some came out, one of a cashless payment that
    the terminal goes on asking for, one that came out, one that was paid
    back, and one that was paid twice."""

    def told(occasion: str, reference: str, yen: int) -> None:
        keep_debt(server.node.parts, server.node.settings.municipality, "kiosk-1", occasion, reference, yen)

    told("debt", "4q7-k2m", 300)
    told("unconfirmed-debt", "3px-7rw", 900)
    told("paid-after-all", "3px-7rw", 300)
    told("unconfirmed-cashless-debt", "7lk-4td", 450)
    told("unconfirmed-debt", "2cw-n8f", 800)
    told("paid-after-all", "2cw-n8f", 800)
    for reference in ("9xr-h2a", "5bb-77a"):
        told("debt", reference, 1_200)
        pay(desk, reference, 1_200)
    told("paid-after-all", "5bb-77a", 700)
